import { afterAll, expect, test } from 'vitest';
import { fixedConcurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { compareRuns } from './compare.ts';
import { evaluationOf } from './evaluation-of.ts';
import { context, DRESSED, judgeModel, LONG, manifest, play, rater, sandboxes } from './judged.fixtures.contract.ts';
import { judgeOfRun } from './judges-of.ts';
import { withRecordedCalls } from './recorded-calls.ts';
import { regrade } from './regrade.ts';
import { runJudge } from './run-judge.ts';

afterAll(() => sandboxes[Symbol.asyncDispose]());

/** As `grade --save`, stopped after so many. */
const gradeAgain = async (store: RunStore, by: Model | null, most = Number.POSITIVE_INFINITY): Promise<void> => {
  const judge = by === null ? null : runJudge(withRecordedCalls(by, store));
  let done = 0;
  for await (const { graded } of regrade(store, [rater], context, judge)) {
    await store.append(
      { kind: 'verdict', verdict: graded.proxy },
      { kind: 'verdict', verdict: graded.intent },
      { kind: 'labels', labels: graded.labels },
    );
    done++;
    if (done >= most) return;
  }
};

/** Played without a judge and stopped after so many rollouts. */
const playSome = async (store: RunStore, some: number): Promise<void> => {
  const stop = new AbortController();
  let left = some;
  const { finished } = await play(store, null, DRESSED, rater, {
    concurrency: fixedConcurrency(1),
    drain: stop.signal,
    onRollout: () => {
      left--;
      if (left === 0) stop.abort();
    },
  });
  expect(finished).toBe(false);
};

const judgedIn = async (store: RunStore): Promise<readonly boolean[]> =>
  (await Array.fromAsync(store.verdicts()))
    .filter(({ channel }) => channel === 'intent')
    .map(({ judge }) => judge !== undefined);

test('a run that was graded by a judge while unfinished goes on with it, and what it was not asked is asked', async () => {
  await using store = memoryRun(manifest(5, 'rater-surface'));
  await playSome(store, 3);
  expect(await judgeOfRun(store)).toBeNull();
  const { model, bill } = judgeModel(() => 'score: 10');
  await gradeAgain(store, model, 1);
  const mixed = await evaluationOf(store, [rater]);
  expect(mixed.environments[0]?.judged).toMatchObject({ model: 'test:judge', byRules: 2 });
  expect(await judgeOfRun(store)).toEqual({ model: 'test:judge', version: 'weights-1' });
  const { evaluation, finished } = await play(store, model, DRESSED);
  expect(finished).toBe(true);
  expect(await judgedIn(store)).toEqual(Array.from({ length: 5 }, () => true));
  expect(evaluation.environments[0]?.judged).toMatchObject({ intent: { agree: { n: 5 } } });
  expect(evaluation.environments[0]?.judged?.byRules).toBeUndefined();
  expect(new Set(bill).size).toBe(bill.length);
  const asked = bill.length;
  await play(store, model, DRESSED);
  expect(bill.length).toBe(asked);
});

test('a run whose parts were judged by two has no judge to go on with', async () => {
  await using store = memoryRun(manifest(3, 'rater-surface'));
  await play(store, judgeModel(() => 'score: 10').model, DRESSED);
  const other = judgeModel(() => 'score: 0', 'weights-2').model;
  await gradeAgain(store, other, 1);
  await expect(judgeOfRun(store)).rejects.toMatchObject({ code: 'several-judges', exitCode: 2 });
  await gradeAgain(store, other);
  expect(await judgeOfRun(store)).toEqual({ model: 'test:judge', version: 'weights-2' });
});

test('what rules decide by construction beside a judge stays theirs when rules grade again: nothing is to be asked', async () => {
  await using store = memoryRun(manifest(2, 'rater-surface'));
  const { model, bill } = judgeModel(() => 'score: 10');
  await play(store, model, LONG);
  const asked = bill.length;
  await gradeAgain(store, null);
  expect((await evaluationOf(store, [rater])).environments[0]?.judged?.byRules).toBeUndefined();
  await play(store, model, LONG);
  expect(bill.length).toBe(asked);
});

test('compare says who judged, whatever the plan was', async () => {
  const run = (id: string) => memoryRun({ ...manifest(3, 'rater-surface'), id });
  await using rules = run('rules');
  await using after = run('after');
  await using part = run('part');
  for (const store of [rules, after, part]) await play(store, null, DRESSED);
  const { model } = judgeModel(() => 'score: 10');
  await gradeAgain(after, model);
  await gradeAgain(part, model, 1);
  const judges = async (...stores: readonly RunStore[]) =>
    (
      await compareRuns(stores.map((store) => ({ path: store.manifest.id, store, environments: [rater] })))
    ).differ.filter(({ what }) => what.includes('judge'));
  expect(await judges(rules, after, part)).toEqual([
    { what: 'judge in the place of rules', values: ['none', 'test:judge', 'test:judge (in part)'] },
  ]);
  await using planned = memoryRun({
    ...manifest(3, 'rater-surface'),
    id: 'planned',
    plan: { ...manifest(3, 'rater-surface').plan, judge: { model: 'test:judge', price: null } },
  });
  await play(planned, model, DRESSED);
  expect(await judges(after, planned)).toEqual([]);
  await using newer = run('newer');
  await play(newer, judgeModel(() => 'score: 10', 'weights-2').model, DRESSED);
  expect(await judges(after, newer)).toEqual([{ what: 'version of the judge', values: ['weights-1', 'weights-2'] }]);
});
