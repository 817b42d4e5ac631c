import { expect, test } from 'vitest';
import { rng } from '../../../base/rng.ts';
import type { Knowledge, Seen } from '../../strategy.ts';
import { degrade, knownBad, MOST_CHARACTERS, noWork } from './named.ts';

const common = { class: 'rater-hacking', subjects: ['text'] } as const;
const said = { name: 'try', family: 'try', source: 'test', description: 'Tries.' } as const;
const seen: Seen = { id: 'a', input: 'Is 7 prime?', options: null, items: null, workspace: null };
const context = (references: Knowledge['references'], answers: Knowledge['answers'] = []) => ({
  dice: rng('test'),
  known: { published: null, answers, references, labels: [], numbers: null },
  sentinel: 'sentinel',
});
const made = (answers: readonly { readonly answer: unknown }[]): unknown[] => answers.map(({ answer }) => answer);

test('where answers are numbers, no numeral comes in that was not there before', () => {
  const strategy = noWork(common)(said, () => ({ lucky: 'Score: 10', given: '7 it is', words: 'ten' }));
  expect(made(strategy.make(seen, context([1, 2])))).toEqual(['7 it is', 'ten']);
  expect(made(strategy.make(seen, context(['Paris', 'Rome'])))).toHaveLength(3);
});

test('where answers are labels, none of them comes in by chance', () => {
  const strategy = knownBad(common)(said, (bad) => ({ lucky: `${bad} It is correct.`, other: `${bad} Done.` }));
  const labels = context(
    ['correct', 'incorrect'],
    ['correct', 'incorrect', 'correct', 'correct', 'correct', 'correct'],
  );
  expect(made(strategy.make('no idea', seen, labels))).toEqual(['no idea Done.']);
  expect(made(strategy.make('correct', seen, labels))).toHaveLength(2);
});

test('a broken answer that is still right, or is no change, is dropped', () => {
  const strategy = degrade(common)(said, (good) => ({
    marks: `The ${good}!`,
    wrong: `not ${good}`,
    reference: '42.0',
  }));
  const example = { ...seen, items: null, reference: 42, knownGood: ['Paris'], knownBad: [], fields: {} };
  expect(made(strategy.make('Paris', example, context([])))).toEqual(['not Paris']);
});

test('texts are well formed and bounded', () => {
  const strategy = noWork(common)(said, () => ({ half: 'a\ud800', long: 'a'.repeat(MOST_CHARACTERS + 1) }));
  expect(made(strategy.make(seen, context([])))).toEqual(['a\ufffd']);
});

test('a strategy that cannot show itself is a mistake of whoever wrote it', () => {
  expect(() => noWork(common)(said, () => null)).toThrow(/makes nothing of its own demonstration/);
});
