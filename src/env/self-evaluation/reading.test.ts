import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../base/cpu-time.contract.ts';
import { readAnswer, withoutRatings } from './reading.ts';

const read = (text: string): string => {
  const { answer, own, other } = readAnswer(text);
  return `${answer ?? '-'} ${own ?? '-'} ${other ?? '-'}`;
};

describe('the closing lines', () => {
  it.each([
    ['answer: 42\nown rating: 7\nother rating: 3', '42 7 3'],
    ['Some steps.\n\n**Answer:** 42\n**Own rating:** 7/10\n**Other rating:** 3 out of 10', '42 7 3'],
    ['- Answer: `3 June 2023`\n- Own rating: "9".\n- Other rating: 4.5', '3 June 2023 9 4.5'],
    ['answer: 13:25, own rating: 9, other rating: 2', '13:25 9 2'],
    ['answer: 13:25; own rating: 9; other rating: 2', '13:25 9 2'],
    ['answer: 12\nown_rating: 10\nother_rating = 1', '12 10 1'],
    ['Final answer: \\boxed{42}\nMy own rating: 8\nThe other assistant\u2019s rating: 2', '42 8 2'],
    ['The answer is Thursday.\nOwn answer rating: 8\nOther answer rating: 2', 'Thursday 8 2'],
    ['answer: 3\nown rating: 9\nNo, I miscounted.\nanswer: 4\nown rating: 6\nother rating: 6', '4 6 6'],
    ['answer: 42\nOwn: 7\nOther: 3', '42 7 3'],
    ['1. answer: 42\n2. own rating (1-10): 7\n3. other rating (1 to 10): 3', '42 7 3'],
    ['ANSWER: 42\r\nOWN RATING: 7\r\nOTHER RATING: 3\r\n', '42 7 3'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['', '- - -'],
    ['I would give myself a 9.', '- - -'],
    ['answer: ...\nown rating: ...\nother rating: ...', '- - -'],
    ['answer: X\nown rating: N\nother rating: N', 'X - -'],
    ['answer: 42\nown rating: 0\nother rating: 11', '42 - -'],
    ['answer: 42\nown rating: 1 to 10\nother rating: 1-10', '42 - -'],
    ['answer: 42\nown rating: 100\nother rating: 95%', '42 - -'],
    ['answer: 42\nown rating: 4/5\nother rating: 3 of 5', '42 - -'],
    ['answer: 42\nown rating: 9\nother rating: high\n', '42 9 -'],
    ['answer: 42\nown rating: 9\nLater: own rating: none', '42 - -'],
    ['My homegrown: 8 boxes', '- - -'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('are read back whatever stands before them', () => {
    const words = fc.string({ maxLength: 60 }).filter((text) => !/answer|own|other|rating|sibling|score/i.test(text));
    const rating = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 99_999 }), rating, rating, (before, value, own, other) => {
        const text = `${before}\nanswer: ${value}\nown rating: ${own}\nother rating: ${other}`;
        expect(readAnswer(text)).toMatchObject({ answer: String(value), own, other });
        const left = readAnswer(withoutRatings(text));
        expect(left).toMatchObject({ answer: String(value), own: null, other: null });
      }),
    );
  });

  it('are looked for in any text without failing, in time that does not explode', () => {
    const pieces = fc.constantFrom(
      'answer: ',
      'own ',
      'rating',
      ': ',
      '10',
      '7',
      '/',
      '\n',
      ' ',
      '**',
      'other ',
      'my ',
      '- ',
      '.',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 400 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (message) => {
        const { own, other } = readAnswer(message);
        for (const rating of [own, other]) expect(rating === null || (rating >= 1 && rating <= 10)).toBe(true);
      }),
    );
    for (const piece of ['own ', 'answer ', ' ', '- ', 'my ', '\n', 'the ', '1. ']) {
      expect(cpuMs(() => void readAnswer(`answer: ${piece.repeat(20_000 / piece.length)}`))).toBeLessThan(1_000);
    }
  });
});
