/** Functions that grade texts and are sound for these questions, which say what form the answer has where it matters. */
import { type Draft, sound, type ZooSet } from '../entry.ts';
import * as questions from '../sets/questions.ts';
import * as structures from '../sets/structures.ts';

const SETS = { ...questions, ...structures };
/** A rule, why it is sound, and the sets that it is sound for. */
type Row = readonly [name: string, why: string, sets: readonly (keyof typeof SETS)[]];

const ROWS: readonly Row[] = [
  [
    'exactText',
    'equality but for white space, where the question asks for exactly that',
    ['DATES_PLAIN', 'ROMAN_PLAIN', 'HEX_PLAIN', 'SYMBOLS_PLAIN', 'SYMBOLS_ALONE', 'SUMS_PLAIN', 'PRODUCTS_PLAIN'],
  ],
  [
    'sameName',
    'equality but for case, white space and a full stop',
    ['CAPITALS_PLAIN', 'TICKETS', 'CHOICES_TEXT', 'PRIMES_PLAIN'],
  ],
  ['sameNamePlain', 'as sameName, accents aside', ['WRITERS_PLAIN', 'CAPITALS_PLAIN', 'TICKETS']],
  ['sameHash', 'equality by hash', ['SUMS_PLAIN', 'ROMAN_PLAIN', 'DATES_PLAIN', 'HEX_PLAIN', 'SYMBOLS_PLAIN']],
  [
    'sameNumber',
    'the whole answer is one number, compared by value',
    ['SUMS_PLAIN', 'PRODUCTS_PLAIN', 'DECIMALS_PLAIN'],
  ],
  ['closeNumber', 'as sameNumber within rounding', ['SUMS_PLAIN', 'PRODUCTS_PLAIN', 'DECIMALS_PLAIN']],
  ['nearNumber', 'partial credit below the bar, next to the right number only', ['PRODUCTS_PLAIN', 'DECIMALS_PLAIN']],
  [
    'framedNumber',
    'one number in a usual frame and nothing else',
    ['SUMS_OPEN', 'PRODUCTS_OPEN', 'SUMS_PLAIN', 'DECIMALS_PLAIN', 'PRICES_OPEN'],
  ],
  [
    'framedName',
    'one name in a usual frame and nothing else',
    ['CAPITALS_OPEN', 'WRITERS_OPEN', 'CAPITALS_PLAIN', 'WRITERS_PLAIN'],
  ],
  ['anyForm', 'one of the sentences that say it, in a usual frame', ['CAPITALS_PROSE', 'WRITERS_PROSE', 'SUMS_PROSE']],
  ['framedYesNo', 'one of two words in a usual frame', ['PRIMES_OPEN', 'PRIMES_PLAIN']],
  [
    'sameSymbol',
    'equality, case included, where case has a meaning',
    ['SYMBOLS_PLAIN', 'SYMBOLS_ALONE', 'ROMAN_PLAIN', 'HEX_PLAIN'],
  ],
  ['oneLetter', 'one letter with or without brackets', ['CHOICES_LETTER']],
  ['letterOrOption', 'the letter or its text, framed or not', ['CHOICES_LETTER', 'CHOICES_OPEN']],
  ['oneWord', 'one of two words', ['PRIMES_PLAIN']],
  ['isoDate', 'a date in the form that is asked for', ['DATES_PLAIN']],
  ['lastLine', 'exactly one marked answer, on the last line', ['SUMS_LAST_LINE']],
  ['oneBox', 'the whole answer is one box', ['SUMS_BOXED']],
  ['oneTag', 'the whole answer is one tag', ['SUMS_TAGGED']],
  ['thoughtThenTag', 'thoughts earn nothing, one tag behind them decides', ['SUMS_THOUGHT']],
  ['sameJson', 'schema and content', ['RECORDS']],
  ['mostFields', 'share of right fields of the right shape; all must be right to pass', ['RECORDS']],
  ['capitalInJson', 'schema and content', ['CAPITALS_JSON']],
  ['sameSet', 'a set without strangers and duplicates', ['DIVISORS']],
  ['setF1', 'F1 of the set; strangers and duplicates cost', ['DIVISORS']],
];
const VERIFIED: readonly Row[] = [
  ['sorted', 'compares with the sorted list', ['SORTING']],
  ['sortedByProperties', 'in order, and the same numbers', ['SORTING']],
  ['factorised', 'the product, and each factor a prime', ['FACTORS']],
  ['countdown', 'parses the expression, its value and the numbers used', ['COUNTDOWN']],
  ['faithful', 'every fact, no stranger, one sentence, within the limit', ['REPORTS']],
];
/** Partial credit is no pass. */
const STRICT = { worst: 0, best: 1, pass: 0.99, beyond: 'fault' } as const;
const PARTIAL: ReadonlySet<string> = new Set(['mostFields', 'setF1', 'nearNumber']);

const kebab = (text: string): string =>
  text
    .replace(/([a-z])([A-Z0-9])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
const drafts = (module: string, rows: readonly Row[]): readonly Draft[] =>
  rows.flatMap(([name, why, sets]) =>
    sets.map((set) => {
      const { rows: examples, task }: ZooSet = SETS[set];
      return sound(
        'function',
        'text',
        { rows: examples, task },
        {
          id: `sound-${kebab(name)}-${kebab(set)}`,
          spec: `${module}:${name}`,
          source: why,
          ...(PARTIAL.has(name) ? { options: { scale: STRICT } } : {}),
        },
      );
    }),
  );

export const TEXT_SOUND: readonly Draft[] = [
  ...drafts('graders/text-sound.ts', ROWS),
  ...drafts('graders/verify-sound.ts', VERIFIED),
];
