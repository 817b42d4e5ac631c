import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rng } from '../../base/rng.ts';
import { dayNumber, isoOf, longDate, twoDigits } from './calendar.ts';
import { KINDS } from './env.ts';
import { matches } from './matches.ts';
import type { Expected } from './question.ts';

const number = (value: number): Expected => ({ kind: 'number', value });
const word: Expected = { kind: 'word', value: 'Thursday', among: ['Wednesday', 'Thursday', 'Friday'] };
const date: Expected = { kind: 'date', value: '2023-06-03' };
const time: Expected = { kind: 'time', value: '13:25' };

describe('an answer', () => {
  it.each([
    ['1157', number(1157)],
    ['1,157 candles', number(1157)],
    ['1 157', number(1157)],
    ['about 30 x 40 - 43 = 1157', number(1157)],
    ['1157.', number(1157)],
    ['1157.0', number(1157)],
    ['1157 euros (12 x 96 + 5)', number(1157)],
    ['three', number(3)],
    ['Thursday', word],
    ['It is a thursday.', word],
    ['3 June 2023', date],
    ['June 3rd, 2023', date],
    ['the 3rd of June', date],
    ['2023-06-03', date],
    ['Jun 3', date],
    ['Saturday, 3 June 2023', date],
    ['13:25', time],
    ['1:25 pm', time],
    ['13.25 h', time],
    ['13h25', time],
    ['1:25 p.m.', time],
    ['at 13:25 hours', time],
  ] as const)('%j is right', (text, expected) => {
    expect(matches(text, expected)).toBe(true);
  });

  it.each([
    ['', number(0)],
    ['1158', number(1157)],
    ['11570', number(1157)],
    ['-1157', number(1157)],
    ['157', number(1157)],
    ['I do not know', number(1)],
    ['Thursday or Friday', word],
    ['Friday', word],
    ['', word],
    ['3 June 2024', date],
    ['2 June 2023', date],
    ['31 June 2023', date],
    ['June', date],
    ['1:25', time],
    ['13:26', time],
    ['25:13', time],
    ['1:25 am', time],
  ] as const)('%j is wrong', (text, expected) => {
    expect(matches(text, expected)).toBe(false);
  });

  it('is recognised in every written form of a date and a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayNumber(2000, 1, 1), max: dayNumber(2040, 12, 31) }), (day) => {
        const expected: Expected = { kind: 'date', value: isoOf(day) };
        expect(matches(longDate(day), expected)).toBe(true);
        expect(matches(isoOf(day), expected)).toBe(true);
        expect(matches(longDate(day + 1), expected)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const expected: Expected = { kind: 'time', value: `${twoDigits(hour)}:${twoDigits(minute)}` };
        const half = `${hour % 12 === 0 ? 12 : hour % 12}:${twoDigits(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
        expect(matches(expected.value, expected)).toBe(true);
        expect(matches(half, expected)).toBe(true);
        expect(matches(`${twoDigits((hour + 1) % 24)}:${twoDigits(minute)}`, expected)).toBe(false);
      }),
    );
  });
});

describe('questions', () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))(
    '%s: right is right, both wrong ones are wrong and plausible, and nothing is left blank',
    (name, kind) => {
      for (let i = 0; i < 300; i++) {
        const question = kind.make(rng(`${name}/${i}`), 'Ada');
        const { expected, right, wrong, ask, short, working } = question;
        expect([right, matches(right, expected)]).toEqual([right, true]);
        expect(wrong[0]).not.toBe(wrong[1]);
        for (const slip of wrong) {
          expect(slip).not.toBe('');
          expect([question.ask, slip, matches(slip, expected)]).toEqual([question.ask, slip, false]);
        }
        expect(`${ask} ${short} ${working}`).not.toMatch(/undefined|NaN|Infinity|-\d+ of/);
      }
    },
  );

  /** Solved a second time from the words of the question alone. */
  it.each([
    [
      'digit-sum',
      /^Multiply (\d+) by (\d+)/,
      (a: number, b: number) => [...String(a * b)].reduce((s, d) => s + Number(d), 0),
    ],
    [
      'bill',
      /(\d+) menus at (\d+) .*? (\d+) drinks at (\d+) .*? takes (\d+)/,
      (a: number, b: number, c: number, d: number, e: number) => a * b + c * d - e,
    ],
    [
      'stock',
      /has (\d+) boxes with (\d+) .*?\. (\d+) of .*? Then (\d+) packs with (\d+)/,
      (a: number, b: number, c: number, d: number, e: number) => a * b - c + d * e,
    ],
  ] as const)('%s has the answer that its words say', (name, pattern, solve) => {
    const kind = KINDS.find((one) => one.name === name);
    for (let i = 0; i < 50; i++) {
      const question = kind?.make(rng(`again/${i}`), 'Ada');
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = (pattern.exec(question?.ask ?? '') ?? []).slice(1).map(Number);
      expect(question?.expected).toEqual({ kind: 'number', value: solve(a, b, c, d, e) });
    }
  });
});
