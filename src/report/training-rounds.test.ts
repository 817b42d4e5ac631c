import { expect, test } from 'vitest';
import type { Update } from '../record/training.ts';
import { updates } from './training-fixture.contract.ts';
import { leftOutSentences, roundsTable } from './training-rounds.ts';

const [first] = updates;
if (first === undefined) throw new Error('no update');

const round = (index: number, trained: number, leftOut: Record<string, number>): Update => ({
  ...first,
  round: index,
  rollouts: { sampled: 1000, leftOut, trained },
});

test('a round that trained on nothing, or on much less than it sampled, is told', () => {
  const told = leftOutSentences([round(0, 990, { unscored: 5 }), round(1, 0, { screened: 950, unscored: 50 })]);
  expect(told).toEqual([
    'Nothing was trained on in 1 round (nudged-rubric 1).',
    'Left out of training in 1 round: screened 950, unscored 50, of 1,000 rollouts sampled there.',
  ]);
  expect(leftOutSentences([round(0, 990, { unscored: 5 })])).toEqual([]);
});

test('one row a round, however many updates it had', () => {
  const table = roundsTable([round(0, 900, { screened: 100 }), round(0, 900, { screened: 100 })]).toString();
  expect(table.match(/<tr>/gu)).toHaveLength(2);
  expect(table).toContain('left out: screened');
});
