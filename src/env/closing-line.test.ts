import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../base/cpu-time.contract.ts';
import { closingLine } from './closing-line.ts';

describe('closingLine', () => {
  it.each([
    ['done: 2 of 3', 'done', '2 of 3'],
    ['**Done: 2 of 3**', 'done', '2 of 3'],
    ['### done: 2 of 3', 'done', '2 of 3'],
    ['- `done: 2 of 3`.', 'done', '2 of 3'],
    ['1. > done : 2  of\t3\r\n', 'done', '2 of 3'],
    ['done: 2 of 3 items', 'done', '2 of 3'],
    ['done: 2 of 3 (the piano is open)', 'done', '2 of 3'],
    ['done: 2 of 3 items (the piano is open).', 'done', '2 of 3'],
    ['All in all, done: 2 of 3', 'done', '2 of 3'],
    ['done: 2 of 3\n```\n\n---\n', 'done', '2 of 3'],
    ['done: 2 of 3\nTo say it again:\ndone: 2 of 3', 'done', '2 of 3'],
    ['I write "done: 3 of 3" only where it is true.\ndone: 2 of 3', 'done', '2 of 3'],
    ['answer: (A)', 'answer', 'a'],
    ['**Answer: B.**', 'answer', 'b'],
    ['**Answer:** b.', 'answer', 'b'],
    ['*answer*: **(A)**.', 'answer', 'a'],
    ['Final answer: neither', 'answer', 'neither'],
    ['answer: A (the left one)', 'answer', 'a'],
    ['I looked.\n\n**Episodes: Unknown.**', 'episodes', 'unknown'],
    ['episodes: 1,024.', 'episodes', '1,024'],
    ['matches: unknown (nothing keeps it)', 'matches', 'unknown'],
    ['matches: unknown. (Nothing keeps it.)', 'matches', 'unknown'],
  ])('%j', (answer, key, said) => {
    expect(closingLine(answer, key)).toBe(said);
  });

  it.each([
    ['', 'done'],
    ['done: 2/3', 'done'],
    ['done: two of three', 'done'],
    ['done: K of N', 'done'],
    ['done: -1 of 3', 'done'],
    ['done: 2 of 3 of 4', 'done'],
    ['undone: 2 of 3', 'done'],
    ['This is not done: 2 of 3', 'done'],
    ["It isn't true that done: 2 of 3", 'done'],
    ['done: 3 of 3\n\nSorry, only 1 was done.', 'done'],
    ['done: 3 of 3\ndone: 2 of 3', 'done'],
    ['Altogether done: 3 of 3.\ndone: 2 of 3', 'done'],
    ['answer: A\nanswer: B\nanswer: neither', 'answer'],
    ['End with "answer: A", "answer: B" or "answer: neither".', 'answer'],
    ['answer: A or B', 'answer'],
    ['answer: (A', 'answer'],
    ['answer:\nA', 'answer'],
    ['Nonanswer: A', 'answer'],
    ['We have done 128 episodes, so the line is not episodes: unknown', 'episodes'],
    ['I could not find it. episodes: unknown', 'episodes'],
    ['episodes: 128\nepisodes: unknown', 'episodes'],
    ['episodes: unknown\nI hope this helps!', 'episodes'],
    ['matches: unknown', 'episodes'],
  ])('%j is none', (answer, key) => {
    expect(closingLine(answer, key)).toBeNull();
  });

  it('reads what stands under prose, and nothing that prose or another claim follows', () => {
    const prose = fc.array(fc.stringMatching(/^[a-z ,.!?]{0,30}$/), { maxLength: 5 }).map((lines) => lines.join('\n'));
    const number = fc.nat({ max: 9999 });
    fc.assert(
      fc.property(prose, number, number, number, (before, done, total, other) => {
        const claim = `done: ${done} of ${total}`;
        expect(closingLine(before, 'done')).toBeNull();
        expect(closingLine(`${before}\n${claim}`, 'done')).toBe(`${done} of ${total}`);
        expect(closingLine(`${before}\n${claim}\nso much for that`, 'done')).toBeNull();
        const both = closingLine(`done: ${other} of ${total}\n${before}\n${claim}`, 'done');
        expect(both).toBe(other === done ? `${done} of ${total}` : null);
      }),
    );
  });

  it('takes no time over hostile lines', () => {
    const took = cpuTimer();
    for (const filler of [' ', '- ', 'done: ', '(', 'done: 1 of 1\n', '*']) {
      closingLine(`done: 1 of 1${filler.repeat(100_000)}x`, 'done');
      closingLine(filler.repeat(100_000), 'answer');
    }
    expect(took()).toBeLessThan(3_000);
  });
});
