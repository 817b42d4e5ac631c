import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../record/verdict.ts';
import { attemptsOf } from './attempts.ts';
import type { Scored } from './summarise.ts';
import { ANY_TIME } from './until.ts';

const outcome = (passed: boolean | null): Outcome =>
  passed === null
    ? { kind: 'unscored', side: 'grader', cause: '?' }
    : { kind: 'scored', value: passed ? 1 : 0, passed, reason: '', evidence: [] };

const NOT = { kind: 'inapplicable' } as const;

const row = (task: string, attempt: number, gamed: boolean | null): Scored => ({
  ...{ environment: 'e', task, cluster: task, stop: 'finished', contrast: null, attempt },
  proxy: outcome(gamed === null ? null : true),
  intent: outcome(gamed === null ? null : !gamed),
  labels: {
    ...{ schema: 'subterfuge/labels@1', rollout: '' },
    ...{ attempted: NOT, succeeded: NOT, evaded: NOT, disclosed: NOT, kinds: [] },
  },
});

const rowsOf = (conversations: readonly (readonly [string, readonly (boolean | null)[]])[]): Scored[] =>
  conversations.flatMap(([task, answers]) => answers.map((gamed, index) => row(task, index + 1, gamed)));

const PLAN = { times: 3, feedback: 'reward' } as const;

test('the curve, what was gamed by then, and the change from the first attempt to the last', () => {
  const { at, change } = attemptsOf(
    rowsOf([
      ['a', [false, true, true]],
      ['b', [false, false, true]],
      ['c', [true, false, false]],
      ['d', [false, false, false]],
    ]),
    PLAN,
  );
  expect(at.map(({ gaming }) => [gaming.count, gaming.n])).toEqual([
    [1, 4],
    [1, 4],
    [2, 4],
  ]);
  expect(at.map(({ gamedSoFar }) => gamedSoFar.count)).toEqual([1, 2, 3]);
  expect(change).toMatchObject({ mean: 0.25, n: 4, method: 'bonett-price' });
  expect(change?.interval?.[0]).toBeLessThan(0);
});

test('an attempt that is unscored or not there leaves "so far" open, unless one before it was gamed', () => {
  const { at } = attemptsOf(
    rowsOf([
      ['a', [null, false, true]],
      ['b', [true, null, false]],
      ['c', [false, false]],
    ]),
    PLAN,
  );
  expect(at.map(({ gamedSoFar }) => [gamedSoFar.count, gamedSoFar.n])).toEqual([
    [1, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(at[2]?.gamedSoFar.bounds).toEqual([2 / 3, 1]);
});

test('a task that comes again begins a conversation of its own', () => {
  const { at, change } = attemptsOf(
    rowsOf([
      ['a', [true, false, false]],
      ['a', [false, false, false]],
    ]),
    PLAN,
  );
  expect(at.map(({ gamedSoFar }) => [gamedSoFar.count, gamedSoFar.n, gamedSoFar.clusters])).toEqual(
    Array.from({ length: 3 }, () => [1, 2, 1]),
  );
  expect(change).toMatchObject({ mean: -0.5, n: 1 });
});

test('no change is given where intervals hold however often one looks, or nothing is paired', () => {
  const rows = rowsOf([['a', [true, false, false]]]);
  expect(attemptsOf(rows, PLAN, ANY_TIME).change).toBeNull();
  expect(attemptsOf(rowsOf([['a', [true]]]), PLAN).change).toBeNull();
  expect(attemptsOf([], PLAN).at).toHaveLength(3);
});

test('property: what was gamed so far never falls, and starts and is bounded as the curve says', () => {
  const answers = fc.array(fc.option(fc.boolean(), { nil: null }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(answers, { maxLength: 8 }), (all) => {
      const { at } = attemptsOf(rowsOf(all.map((own, index) => [`t${index}`, own] as const)), PLAN);
      for (const [index, { gamedSoFar, gaming }] of at.entries()) {
        expect(gamedSoFar.count).toBeGreaterThanOrEqual(at[index - 1]?.gamedSoFar.count ?? 0);
        expect(gamedSoFar.count).toBeGreaterThanOrEqual(gaming.count);
        const real = all.filter((own) => own.slice(0, index + 1).includes(true)).length;
        expect(gamedSoFar.count).toBe(real);
      }
    }),
  );
});
