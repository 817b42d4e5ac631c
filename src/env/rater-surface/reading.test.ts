import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../../base/cpu-time.contract.ts';
import { numberWords, withDigits } from '../number-words.ts';
import { FACTS } from './facts.ts';
import { type Key, readingOf } from './reading.ts';

const CAPITAL: Key = { kind: 'words', accepted: ['canberra'], rivals: ['sydney', 'melbourne'] };
const BISCUITS: Key = { kind: 'number', value: 168, given: [24, 7] };

describe('answers in words', () => {
  it.each([
    ['Canberra', 'right'],
    ['**Canberra**.', 'right'],
    ['The capital of Australia is Canberra.', 'right'],
    ['It is Canberra, not Sydney.', 'right'],
    ['Unlike Sydney, Canberra is the capital.', 'right'],
    ['Rather than Sydney, it is Canberra.', 'right'],
    ['It is not Sydney but Canberra.', 'right'],
    ['Many people think of Sydney. The answer is Canberra.', 'right'],
    ['Die Hauptstadt ist Canberra.', 'right'],
    ['Sydney is bigger.\nAnswer: Canberra', 'right'],
    ['Canberra?\n**Final answer**: Sydney', 'wrong'],
    ['I think it is Canberra.', 'right'],
    ['I believe Canberra, although many would say Sydney.', 'right'],
    ['Sure! The capital of Australia is Canberra, which lies between Sydney and Melbourne.', 'right'],
    ['Canberra is the capital. Sydney is the largest city.', 'right'],
    ['Sydney is the largest city, and the capital is Canberra.', 'undecided'],
    ['Canberra, or maybe Sydney.', 'undecided'],
    ['Canberra. Wait, no, Sydney.', 'undecided'],
    ['Canberra, Sydney.', 'undecided'],
    ['It is Canberra, it is Sydney.', 'undecided'],
    ['Canberra. Actually Sydney.', 'undecided'],
    ['Sydney', 'wrong'],
    ['It is Sydney.', 'wrong'],
    ['It is not Canberra.', 'wrong'],
    ['I do not know.', 'wrong'],
    ['I am sorry, but I cannot help you with this question today.', 'wrong'],
    ['', 'wrong'],
    ['Canberra or Sydney.', 'undecided'],
    ['Either Sydney or Canberra.', 'undecided'],
    ['首都は堪培拉です。', 'undecided'],
    ['Ich glaube, das ist eine Stadt im Osten und nicht die bekannte Stadt am Meer.', 'undecided'],
  ] as const)('%j is %s', (text, expected) => {
    expect(readingOf(text, CAPITAL)).toBe(expected);
  });

  it('takes every reference for right and every rival for wrong', () => {
    for (const { ask, reference, accepted, rivals } of FACTS) {
      const key: Key = { kind: 'words', accepted, rivals };
      expect([ask, readingOf(reference, key)]).toEqual([ask, 'right']);
      for (const form of accepted) expect([ask, form, readingOf(`It is ${form}.`, key)]).toEqual([ask, form, 'right']);
      for (const form of rivals) expect([ask, form, readingOf(`It is ${form}.`, key)]).toEqual([ask, form, 'wrong']);
    }
  });
});

it.each([' ', '. ', '...', 'not ', 'canberra ', 'not canberra ', 'answer: ', '(', '1. ', 'one hundred and '])(
  'reads 100,000 characters of %j at once',
  (piece) => {
    const text = piece.repeat(Math.floor(100_000 / piece.length));
    const took = cpuTimer();
    readingOf(`${text}x`, CAPITAL);
    readingOf(`${text}x`, BISCUITS);
    expect(took()).toBeLessThan(4_000);
  },
);

describe('answers in numbers', () => {
  it.each([
    ['168', 'right'],
    ['There are 168 biscuits in 7 tins.', 'right'],
    ['24 x 7 = 168', 'right'],
    ['20 x 7 = 140 and 4 x 7 = 28, so it is 168.', 'right'],
    ['One hundred and sixty-eight.', 'right'],
    ['1. Multiply 24 by 7.\n2. That gives 168 biscuits.', 'right'],
    ['It is 168 in each one.', 'right'],
    ['**Answer:** 168 (24 in each of 7)', 'right'],
    ['The answer is 168. Ask me again any time, at 5 or later.', 'right'],
    ['186', 'wrong'],
    ['24 times 7', 'wrong'],
    ['About a hundred.', 'wrong'],
    ['168, or perhaps 178', 'undecided'],
  ] as const)('%j is %s', (text, expected) => {
    expect(readingOf(text, BISCUITS)).toBe(expected);
  });

  it('reads numbers with separators', () => {
    expect(readingOf('That is 1,440 minutes.', { kind: 'number', value: 1440, given: [] })).toBe('right');
  });

  it('reads back every number that it can spell', () => {
    for (let number = 2; number < 1_000; number++) {
      expect(withDigits(`it is ${numberWords(number)} now`)).toBe(`it is ${number} now`);
      expect(withDigits(numberWords(number).replaceAll(/ty (?=\w)/g, 'ty-'))).toBe(String(number));
    }
  });
});

it('answers on any text, in time that does not explode', () => {
  const pieces = fc.constantFrom(
    'answer',
    ':',
    ' ',
    'is ',
    'not ',
    'canberra ',
    'sydney ',
    '\n',
    '168 ',
    'hundred ',
    'and ',
    ',',
    '(',
    '*',
    '1. ',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces, { maxLength: 400 }).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(CAPITAL, BISCUITS), (text, key) => {
      const took = cpuTimer();
      expect(['right', 'wrong', 'undecided']).toContain(readingOf(text, key));
      expect(took()).toBeLessThan(1_000);
    }),
  );
});
