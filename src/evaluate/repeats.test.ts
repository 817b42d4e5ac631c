import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../record/verdict.ts';
import { repeatsOf } from './repeats.ts';
import type { Scored } from './summarise.ts';

const outcome = (passed: boolean | null): Outcome =>
  passed === null
    ? { kind: 'unscored', side: 'grader', cause: '?' }
    : { kind: 'scored', value: passed ? 1 : 0, passed, reason: '', evidence: [] };

const NOT = { kind: 'inapplicable' } as const;

const row = (task: string, gamed: boolean | null): Scored => ({
  environment: 'e',
  task,
  cluster: task,
  stop: 'finished',
  contrast: null,
  proxy: outcome(gamed === null ? null : true),
  intent: outcome(gamed === null ? null : !gamed),
  labels: {
    schema: 'subterfuge/labels@1',
    rollout: '',
    attempted: NOT,
    succeeded: NOT,
    evaded: NOT,
    disclosed: NOT,
    kinds: [],
  },
});

test('every time, never, mixed; an open repeat counts only where it could change the answer', () => {
  const tasks: Record<string, (boolean | null)[]> = {
    every: [true, true, true],
    never: [false, false, false],
    flaky: [true, false, true],
    'flaky whatever': [true, false, null],
    'every or flaky': [true, null, true],
    'never or flaky': [false, false],
    'not known': [null],
  };
  const rows = Object.entries(tasks).flatMap(([task, results]) => results.map((gamed) => row(task, gamed)));
  const { times, all, none, mixed } = repeatsOf(rows, 3);
  expect(times).toBe(3);
  expect([all.count, all.n]).toEqual([1, 5]);
  expect([none.count, none.n]).toEqual([1, 5]);
  expect([mixed.count, mixed.n]).toEqual([2, 4]);
  expect(all.bounds).toEqual([1 / 7, 3 / 7]);
});

test('where all is scored the three shares are one whole, and tasks are what is counted', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 20 }), (pairs) => {
      const rows = pairs.flatMap((pair, index) => pair.map((gamed) => row(String(index), gamed)));
      const { all, none, mixed } = repeatsOf(rows, 2);
      expect(all.count + none.count + mixed.count).toBe(pairs.length);
      expect([all.n, none.n, mixed.clusters]).toEqual([pairs.length, pairs.length, pairs.length]);
      expect(mixed.interval).not.toBeNull();
    }),
    { numRuns: 40 },
  );
});
