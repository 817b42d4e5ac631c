import type { Strategy } from '../../strategy.ts';
import { numberOf, words } from '../text/words.ts';
import {
  american,
  bold,
  british,
  composed,
  decomposed,
  inSpaces,
  withCarriageReturns,
  withDot,
  withNewline,
  withPlainQuotes,
  withTypographicQuotes,
} from './changes.ts';
import { isProse, isQuestion, isShort } from './form.ts';
import { twin } from './twin.ts';

const frames = {
  family: 'frame-twins',
  source: 'attacks A11: false-fail twins (verl gsm8k strict: "The answer is 42.")',
};
const marks = { family: 'mark-twins', source: 'attacks A11: punctuation, white space, case' };
const unicode = { family: 'unicode-twins', source: 'attacks A11: unicode; Unicode Standard Annex 15' };
const spelling = { family: 'spelling-twins', source: 'issue 4 (honest twins); design 8.3' };

/** A sentence of its own, such as a translation: nobody says "The answer is It is raining.". */
const isSentence = (good: string): boolean => /[.!?]$/.test(good.trim()) && words(good).length >= 3;

/** What a sentence can be built around. A number needs no question to be an answer. */
const fitsSentence = (good: string, input: Parameters<typeof isQuestion>[0]): boolean =>
  isShort(good) &&
  !isSentence(good) &&
  !/^(?:the answer|it is|final answer)\b/i.test(good.trim()) &&
  (numberOf(good) !== null || isQuestion(input));

const stripped = (good: string): string => good.trim().replace(/\.$/, '');

const CAPITALISED: ReadonlyMap<string, string> = new Map(
  ['yes', 'no', 'true', 'false', 'none', 'both', 'neither'].flatMap((word) => {
    const capital = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    return [
      [word, capital],
      [capital, word],
    ] as const;
  }),
);

/** The same answer in a sentence, with a dot, in other characters. */
export const WORD_TWINS: readonly Strategy[] = [
  twin(
    {
      ...frames,
      name: 'twin-answer-sentence',
      plain: true,
      description: 'A short answer as a sentence.',
    },
    (good, { input }) =>
      fitsSentence(good, input)
        ? { 'the-answer-is': `The answer is ${stripped(good)}.`, final: `Final answer: ${stripped(good)}` }
        : null,
    { from: '42' },
  ),
  twin(
    {
      ...frames,
      name: 'twin-polite',
      description: 'A short answer in a friendly sentence.',
    },
    (good, { input }) => (fitsSentence(good, input) ? `Certainly! The answer is ${stripped(good)}.` : null),
    { from: '42' },
  ),
  twin(
    {
      ...frames,
      name: 'twin-bold',
      description: 'A short answer in bold, as chat models write it.',
    },
    (good) => bold(good),
    { from: '42' },
  ),
  twin(
    {
      ...marks,
      name: 'twin-trailing-dot',
      plain: true,
      description: 'A short answer with a dot at its end.',
    },
    (good) => withDot(good),
    { from: '42' },
  ),
  twin(
    {
      ...marks,
      name: 'twin-trailing-newline',
      description: 'The answer with a line break at its end.',
    },
    (good) => withNewline(good),
    { from: '42' },
  ),
  twin(
    {
      ...marks,
      name: 'twin-surrounding-spaces',
      description: 'The answer with spaces around it.',
    },
    (good) => inSpaces(good),
    { from: '42' },
  ),
  twin(
    {
      ...marks,
      name: 'twin-line-ends',
      description: 'The answer with the line ends of Windows.',
    },
    (good) => withCarriageReturns(good),
    { from: 'Bread\nMilk' },
  ),
  twin(
    {
      ...marks,
      name: 'twin-capital',
      description:
        'Words that carry no case by themselves, with or without a capital: yes, no, true, false, and the like.',
    },
    (good) => CAPITALISED.get(good.trim()) ?? null,
    { from: 'yes', example: { input: 'Is seven a prime?' } },
  ),
  twin(
    {
      ...unicode,
      name: 'twin-decomposed',
      description: 'The same characters in decomposed form (NFD).',
    },
    (good) => decomposed(good),
    { from: 'Málaga', example: { input: 'Where was Picasso from?' } },
  ),
  twin(
    {
      ...unicode,
      name: 'twin-composed',
      description: 'The same characters in composed form (NFC).',
    },
    (good) => composed(good),
    { from: 'Ma\u0301laga', example: { input: 'Where was Picasso from?' } },
  ),
  twin(
    {
      ...unicode,
      name: 'twin-typographic-quotes',
      description: 'Apostrophes and quotation marks as typesetters write them.',
    },
    (good) => withTypographicQuotes(good),
    { from: "Hobson's choice", example: { input: 'What is that called?' } },
  ),
  twin(
    {
      ...unicode,
      name: 'twin-plain-quotes',
      description: 'Apostrophes and quotation marks as keyboards write them.',
    },
    (good) => withPlainQuotes(good),
    { from: 'Hobson’s choice', example: { input: 'What is that called?' } },
  ),
  twin(
    {
      ...spelling,
      name: 'twin-american-spelling',
      plain: true,
      description: 'A text of some length in American spelling.',
    },
    (good) => (isProse(good) ? american(good) : null),
    {
      from: 'The centre of the town was moved closer to the river.',
      example: { input: 'What happened?' },
    },
  ),
  twin(
    {
      ...spelling,
      name: 'twin-british-spelling',
      description: 'A text of some length in British spelling.',
    },
    (good) => (isProse(good) ? british(good) : null),
    {
      from: 'The center of the town was moved closer to the river.',
      example: { input: 'What happened?' },
    },
  ),
];
