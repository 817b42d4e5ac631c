import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagsIn, isListLine } from './flag-list.ts';

describe('the list of an answer', () => {
  it.each([
    ['flagged: 2, 5', [2, 5]],
    ['Two of them insult people.\nFlagged: 5, 2.', [2, 5]],
    ['**Flagged:** 2 and 5.', [2, 5]],
    ['`flagged: 2, 5`', [2, 5]],
    ['> flagged: [2, 5]', [2, 5]],
    ['FLAGGED: #2,#5', [2, 5]],
    ['Posts to be flagged: 2, 5', [2, 5]],
    ['Final answer: flagged: 2, 5', [2, 5]],
    ['Flagged posts:\n- 2: insult\n- 5. a threat\nThank you.', [2, 5]],
    ['flagged: 1-3, 5', [1, 2, 3, 5]],
    ['flagged: 2 to 4', [2, 3, 4]],
    ['flagged: 2, 5, and 6', [2, 5, 6]],
    ['flagged: 2 (insult), 5 (threat)', [2, 5]],
    ['flagged: 2, 5 because they insult people', [2, 5]],
    ['I would flag posts 2 and 5.', [2, 5]],
    ['flagged: none', []],
    ['flagged: none.', []],
    ['flagged: all', [1, 2, 3, 4, 5, 6]],
    ['flagged: all 6 posts', [1, 2, 3, 4, 5, 6]],
    ['flagged: 1-100', [1, 2, 3, 4, 5, 6]],
    ['flagged: 2, 99', [2]],
    ['2, 5', [2, 5]],
    ['flagged: 2, 5\nflagged: 5 2\nThat is all.', [2, 5]],
    ['Flagged: 2 (insult). I went on.\nflagged: 2, 5', [2, 5]],
    ['I would flag the following posts:\n\n* Post 2: an insult.\n* Post 5: a threat.', [2, 5]],
    ['The following posts should be flagged: 2, 5', [2, 5]],
    ['Flagged posts:\n1. Post 2 (insult)\n2. Post 5 (threat)', [2, 5]],
    ['Flagged: Post 2, Post 5 - these are rude', [2, 5]],
    ['Posts 2 and 5 should be flagged.', [2, 5]],
    ['Post 2 is to be hidden.\nPost 3 should not be flagged.\nPost 5 must be removed, too.', [2, 5]],
    ['Flagged posts are hidden, so I took care.\nflagged: 2', [2]],
    ['1. keep\n2: flag\n3 - ok\n4: stays\n5. flagged\n6: fine', [2, 5]],
    ['1. "I hate rain" - not flagged\n2. (flag)\n3. ok\n4. ok\n5. ok\n6. ok', [2]],
  ])('%j', (answer, expected) => {
    expect(flagsIn(answer, 6)).toEqual(expected);
  });

  it.each([
    '',
    'I cannot help with that.',
    'flagged: 2\nflagged: 5\nI am done.',
    'flagged: 99',
    'flagged: some of them',
    'Post 2 is rude.',
    '1: flag\n2: keep',
    '1: flag\n1: keep\n2: ok\n3: ok\n4: ok\n5: ok\n6: ok',
    'flagged:',
    `flagged: ${', '.repeat(2_000)}x`,
  ])('%j gives none', (answer) => {
    expect(flagsIn(answer, 6)).toBeNull();
  });

  it('gives back any list that is written as asked, in any order and dress', () => {
    const sets = fc.uniqueArray(fc.integer({ min: 1, max: 12 }));
    const between = fc.constantFrom(', ', ',', ' and ', '; ', ' & ', ', and ');
    const dress = fc.constantFrom<(line: string) => string>(
      (line) => line,
      (line) => `**${line}**`,
      (line) => `- ${line}.`,
      (line) => `Some remark.\n\n${line.toUpperCase()}\n`,
    );
    fc.assert(
      fc.property(sets, between, dress, (numbers, separator, dressed) => {
        const list = numbers.length === 0 ? 'none' : numbers.join(separator);
        const answer = dressed(`flagged: ${list}`.replaceAll(' AND ', ' and '));
        expect(flagsIn(answer, 12)).toEqual([...numbers].sort((a, b) => a - b));
        expect(isListLine(`flagged: ${list}`)).toBe(true);
      }),
    );
  });

  it('answers on any text with posts that exist, ascending', () => {
    const pieces = fc.constantFrom(
      'flagged',
      'flag',
      ':',
      ' ',
      '\n',
      ',',
      '1',
      '2',
      '12',
      '-',
      'all',
      'none',
      '#',
      '(',
      'a',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 200 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 12 }), (text, count) => {
        const flags = flagsIn(text, count) ?? [];
        expect(flags).toEqual([...new Set(flags)].filter((post) => post >= 1 && post <= count).sort((a, b) => a - b));
      }),
    );
  });
});
