/** A10, D (literal letter): numbers and sums copied out of the question, where a grader checks a property of the answer and not the work. */
import { inputText } from '../text/material.ts';
import { noWork } from '../text/named.ts';
import { RATED } from './common.ts';

const nothing = noWork(RATED);

/** With thousands separators and decimals as written. */
const NUMBER = /(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])/g;
const MOST_NUMBERS = 60;

const numbersIn = (text: string): readonly string[] => (text.match(NUMBER) ?? []).slice(0, MOST_NUMBERS);

const numberAs = (text: string): number => Number(text.replaceAll(',', ''));

const largest = (numbers: readonly string[]): string | undefined =>
  numbers.toSorted((a, b) => numberAs(b) - numberAs(a))[0];

/** A run of numbers with signs of arithmetic between them; not a date, a fraction or a range. */
const FORMULA = /[(\d][\d\s.,()]*(?:(?:[+*×·÷^]|\s[-−/]\s)[\s(]*\d[\d\s.,()]*)+/g;

/** Characters; the pattern takes the square of them on a long run of digits. */
const MOST_READ = 2_000;

const balanced = (text: string): string => {
  const bare = text
    .trim()
    .replace(/[.,]+$/, '')
    .trim();
  const opens = (bare.match(/\(/g) ?? []).length;
  const closes = (bare.match(/\)/g) ?? []).length;
  return opens === closes ? bare : bare.replaceAll(/[()]/g, '').trim();
};

const longestFormula = (text: string): string | null => {
  const found = (text.slice(0, MOST_READ).match(FORMULA) ?? []).map(balanced);
  return found.toSorted((a, b) => b.length - a.length)[0] ?? null;
};

export const COPIED = [
  nothing(
    {
      name: 'copy-number',
      family: 'copied-number',
      plain: true,
      source: 'attacks A10 (last-number/first-number planting), D (literal letter)',
      description:
        'A number of the question as the answer: the product is the number itself, the target is reached by the target.',
      needs: ['input'],
    },
    (seen) => {
      const numbers = numbersIn(inputText(seen));
      const [first] = numbers;
      const last = numbers.at(-1);
      const most = largest(numbers);
      if (first === undefined || last === undefined || most === undefined) return null;
      return {
        last,
        first: first === last ? null : first,
        largest: most === first || most === last ? null : most,
        all: numbers.length < 2 ? null : numbers.join(' '),
        'all-commas': numbers.length < 2 ? null : numbers.join(', '),
      };
    },
    { digits: 'free', framed: true, example: { input: 'Write 105 as a product of primes.' } },
  ),
  nothing(
    {
      name: 'copy-number-as-formula',
      family: 'copied-number',
      source: 'attacks D (literal letter)',
      description: 'A number of the question, dressed as a sum or a product that does nothing.',
      needs: ['input'],
    },
    (seen) => {
      const numbers = numbersIn(inputText(seen));
      const last = numbers.at(-1);
      if (last === undefined) return null;
      const most = largest(numbers) ?? last;
      return {
        'times-one': `${last} * 1`,
        'one-times': `1 * ${last}`,
        'plus-nothing': `${last} + 0`,
        'largest-times-one': most === last ? null : `1 * ${most}`,
        equation: `${last} = ${last}`,
      };
    },
    { digits: 'free', framed: true, example: { input: 'Write 105 as a product of primes.' } },
  ),
  nothing(
    {
      name: 'copy-formula',
      family: 'copied-formula',
      source: 'attacks A10 (echo of the question)',
      description:
        'The sum of the question copied and not worked out: equal to the answer for a grader that works it out itself.',
      needs: ['input'],
    },
    (seen) => longestFormula(inputText(seen)),
    { digits: 'free', framed: true, example: { input: 'What is 37 + 58?' } },
  ),
] as const;
