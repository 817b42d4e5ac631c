import { expect, test } from 'vitest';
import { roundSummaries, roundsText, roundWarnings } from './round-summary.ts';
import type { PhaseEnd } from './training-record.ts';

const end = (phase: string, counts: PhaseEnd['counts'], updates = 1): PhaseEnd => ({
  schema: 'subterfuge/phase@1',
  phase,
  seconds: 1,
  tokens: { sampled: 0, prompt: 0, trained: 0 },
  weights: '',
  // Of an update only that there is one.
  updates: Array.from({ length: updates }, () => ({}) as PhaseEnd['updates'][number]),
  counts,
});

test('phases that are no rounds are passed over, and causes that did not occur are not named', () => {
  const summaries = roundSummaries([
    end('evaluate/base', null, 0),
    end('round/a-0', { sampled: 100, leftOut: { fault: 1, screened: 0 }, zeroVarianceGroups: null, trained: 40 }),
    end('round/b-0', { sampled: 100, leftOut: { fault: 0, screened: 3 }, zeroVarianceGroups: null, trained: 50 }),
  ]);
  expect(summaries.map(({ leftOut }) => [...leftOut])).toEqual([[['fault', 1]], [['screened', 3]]]);
  expect(roundsText(summaries)).toBe('200 sampled; left out: 1 fault, 3 screened; 90 trained on');
  expect(roundWarnings(summaries)).toEqual([]);
  expect(roundsText([])).toBeNull();
});

test('a round that taught nothing, lost its rewards or lost its samples says so', () => {
  const [idle] = roundWarnings(
    roundSummaries([end('round/a-0', { sampled: 9, leftOut: {}, zeroVarianceGroups: null, trained: 0 }, 0)]),
  );
  expect(idle).toMatch(/round\/a-0 trained on nothing/);
  const leftOut = { 'oversight-unscored': 2, screened: 60 };
  const warnings = roundWarnings(
    roundSummaries([end('round/a-0', { sampled: 100, leftOut, zeroVarianceGroups: null, trained: 5 })]),
  );
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toMatch(/2\.0 % of 100 rollouts had no reward.*2 oversight-unscored/);
  expect(warnings[1]).toMatch(/60\.0 % of 100 rollouts were screened out, 5 were trained on/);
});

test('a run of an earlier build, which did not note how many were sampled, is no reason for a figure', () => {
  const summaries = roundSummaries([end('round/a-0', { leftOut: { fault: 5 }, zeroVarianceGroups: null, trained: 5 })]);
  expect(roundsText(summaries)).toBe('left out: 5 fault; 5 trained on');
  expect(roundWarnings(summaries)).toEqual([]);
});
