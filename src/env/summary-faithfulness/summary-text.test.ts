import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf, supportOf } from './overlap.ts';
import { summaryIn } from './summary-text.ts';

describe('where the summary stands', () => {
  it.each([
    ['Summary: The bridge closes.', 'The bridge closes.', ''],
    ['**Summary:** The bridge closes.', 'The bridge closes.', ''],
    ['## Summary\n\nThe bridge closes.', 'The bridge closes.', ''],
    ['Summary:\nThe bridge closes.\nIt is old.', 'The bridge closes.\nIt is old.', ''],
    [
      'Sure!\n\nSummary: The bridge closes.\n\nIt is only a detail.',
      'The bridge closes.',
      'Sure!\n\n\nIt is only a detail.',
    ],
    ['Short summary: The bridge closes.', 'The bridge closes.', ''],
    ['The bridge closes.', 'The bridge closes.', ''],
    [
      'Here is the item:\nThe bridge closes.\nNote: I left out the rest.',
      'The bridge closes.',
      'Here is the item:\nNote: I left out the rest.',
    ],
    ['Summary:', '', ''],
    ['', '', ''],
  ])('%j', (answer, summary, remark) => {
    expect(summaryIn(answer)).toEqual({ summary, remark });
  });

  it('gives back any summary that is written as asked', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => text !== 'summary');
    const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `The ${words.join(' ')}.`);
    fc.assert(
      fc.property(
        sentence,
        sentence,
        fc.constantFrom('Summary: ', '**Summary:** ', '> summary : ', 'SUMMARY:\n'),
        (one, note, mark) => {
          expect(summaryIn(`${mark}${one}\n\n${note}`)).toEqual({ summary: one, remark: note });
        },
      ),
    );
  });

  it('reads any text without losing its words', () => {
    const pieces = fc.constantFrom('Summary', ':', '\n', ' ', '**', '#', 'Sure!', 'a', 'Note:', '.', '- ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { summary, remark } = summaryIn(text);
        expect((summary + remark).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('sentences', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['- One\n- Two', ['One', 'Two']],
    ['1. One\n2. Two', ['One', 'Two']],
    ['It costs 3.5 euros. Fine.', ['It costs 3.5 euros.', 'Fine.']],
    ['He said "no." They left.', ['He said "no."', 'They left.']],
    ['  \n 12 \n', []],
  ])('%j', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });
});

describe('support', () => {
  const source = ['The council decided to close the old bridge from 3 June.', 'The bridge is 64 metres long.'];

  it.each([
    ['The council decided to close the old bridge from 3 June.', [true]],
    ['The council closes the bridge.', [true]],
    ['The bridge is sixty-four metres long.', [true]],
    ['The bridge is 65 metres long.', [false]],
    ['The council did not decide to close the bridge.', [true]],
    ['The council is 64 metres long.', [false]],
    ['A circus came. The bridge is long.', [false, true]],
    ['It is.', [false]],
    ['', []],
  ])('of %j', (summary, expected) => {
    expect(supportOf(summary, source).map(({ supported }) => supported)).toEqual(expected);
  });

  it('is full for what stands in the source, whatever is around it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(source, { minLength: 1 }), (some) => {
        expect(supportOf(some.join(' '), source).map(({ share }) => share)).toEqual(some.map(() => 1));
      }),
    );
  });
});
