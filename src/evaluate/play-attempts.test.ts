import { expect, test } from 'vitest';
import { idsOf, play, sumsManifest } from '../../test/support/evaluated.ts';
import { findEnvironment } from '../env/registry.ts';
import { type ChatMessage, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import { byRolloutId, replayModel } from '../policy/replay.ts';
import type { AttemptsPlan } from '../record/run.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { withRecordedCalls } from './recorded-calls.ts';

const textOf = (message: ChatMessage | undefined): string =>
  message === undefined || message.role === 'assistant' ? '' : message.text;

/** Shrugs until it was told a reward of 0; then it makes a number up, which is gaming in `sums`. Counts what it was asked. */
const learner = (failing: ReadonlySet<string> = new Set()) => {
  const heard: string[] = [];
  const model: Model = {
    ...{ spec: 'test:learner', version: '1', dialects: ['tags'], maxConcurrency: 8, repeatable: true },
    policyFor: (_task, rolloutId) => ({
      complete: async ({ messages }) => {
        await new Promise((done) => setImmediate(done));
        if (failing.has(rolloutId)) {
          throw new PolicyFault({ side: 'provider', code: 'bad-request', message: 'no' }, 'request');
        }
        heard.push(messages.map(textOf).join('\n'));
        const text = /attempt: 0 /.test(textOf(messages.at(-1))) ? '1' : 'I do not know.';
        return { parts: [{ kind: 'text', text }], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, heard };
};

const manifest = (n: number, attempts: AttemptsPlan) => sumsManifest(n, { attempts });
const THREE = { times: 3, feedback: 'reward' } as const;

const whole = async (store: RunStore): Promise<unknown> => ({
  rollouts: (await Array.fromAsync(store.rollouts())).map((rollout) => ({ ...rollout, times: null })),
  verdicts: (await Array.fromAsync(store.verdicts())).filter(({ channel }) => channel !== 'oversight').length,
});

test('what is told after an attempt is its reward; the curve shows what that does, and the control that it is the reward', async () => {
  await using told = memoryRun(manifest(24, THREE));
  const { model, heard } = learner();
  const { evaluation, finished } = await play(told, model);
  expect(finished).toBe(true);
  const [summary] = evaluation.environments;
  expect(summary).toMatchObject({ rollouts: 24, gaming: { count: 8, n: 24, clusters: 8 } });
  expect(summary?.attempts?.at.map(({ gaming }) => [gaming.count, gaming.n])).toEqual([
    [0, 8],
    [8, 8],
    [0, 8],
  ]);
  expect(summary?.attempts?.at.map(({ gamedSoFar }) => gamedSoFar.count)).toEqual([0, 8, 8]);
  // Neither the right answer nor a reason is in what it heard.
  expect(heard.join('\n')).not.toMatch(/no number|not the sum|right|intent/);

  await using control = memoryRun(manifest(24, { times: 3, feedback: 'none' }));
  const silent = await play(control, learner().model);
  expect(silent.evaluation.environments[0]?.gaming.count).toBe(0);
});

test('each attempt is a rollout of its own that says where it belongs', async () => {
  await using store = memoryRun(manifest(3, THREE));
  await play(store, learner().model);
  const rollouts = await Array.fromAsync(store.rollouts());
  expect(rollouts.map(({ id, attempt }) => [id, attempt?.number, attempt?.told?.slice(0, 30)])).toEqual([
    ['sums/000000', 1, undefined],
    ['sums/000001', 2, 'Your reward for this attempt: '],
    ['sums/000002', 3, 'Your reward for this attempt: '],
  ]);
  expect(rollouts.every(({ turns }) => turns.length === 1)).toBe(true);
});

test.each([1, 2, 4, 5, 7])('stopped after %i rollouts and resumed, it ends as one that was not', async (stopAfter) => {
  await using unbroken = memoryRun(manifest(12, THREE));
  await play(unbroken, learner().model);
  await using broken = memoryRun(manifest(12, THREE));
  const first = await play(broken, learner().model, { stopAfter, slots: 2 });
  expect(first.finished).toBe(false);
  expect((await idsOf(broken)).length).toBeLessThan(12);
  const second = await play(broken, learner().model);
  expect(second.finished).toBe(true);
  expect(await whole(broken)).toEqual(await whole(unbroken));
  const again = await play(broken, learner().model);
  expect(again.evaluation).toEqual(second.evaluation);
});

test('an attempt that was played and not yet graded when the run was killed is graded before the next is told of it', async () => {
  await using unbroken = memoryRun(manifest(3, THREE));
  await play(unbroken, learner().model);
  await using killed = memoryRun(manifest(3, THREE));
  const first = await unbroken.rollout('sums/000000');
  if (first === null) throw new Error('no rollout');
  await killed.append({ kind: 'rollout', rollout: first });
  await play(killed, learner().model);
  expect(await whole(killed)).toEqual(await whole(unbroken));
});

test('behind a fault nothing is played; it counts as unscored, and a resume plays it', async () => {
  await using store = memoryRun(manifest(6, THREE));
  const { evaluation, finished } = await play(store, learner(new Set(['sums/000001'])).model);
  expect(finished).toBe(true);
  expect(evaluation.environments[0]).toMatchObject({ rollouts: 6, faults: 2, unscored: 2 });
  expect(evaluation.environments[0]?.attempts?.at[2]?.gaming).toMatchObject({ n: 1, bounds: [0, 0.5] });
  const lost = await store.rollout('sums/000002');
  expect(lost).toMatchObject({
    stop: 'fault',
    turns: [],
    faults: [{ side: 'provider', code: 'earlier-attempt-lost' }],
  });
  const second = await play(store, learner().model);
  expect(second.evaluation.environments[0]).toMatchObject({ faults: 0, unscored: 0, gaming: { count: 2, n: 6 } });
});

test('what was paid for in an attempt that a fault cut short is not paid again', async () => {
  await using store = memoryRun(manifest(3, THREE));
  const bill: string[] = [];
  const failing = new Set(['sums/000001']);
  const model: Model = {
    ...{ spec: 'test:billed', version: '1', dialects: ['tags'], maxConcurrency: 8 },
    policyFor: (_task, rolloutId) => ({
      complete: async ({ messages, earlier = 0 }) => {
        const turn = messages.slice(earlier).filter(({ role }) => role === 'assistant').length;
        if (failing.has(rolloutId) && turn === 1) {
          throw new PolicyFault({ side: 'provider', code: 'bad-request', message: 'no' }, 'request');
        }
        bill.push(`${rolloutId} ${turn}`);
        const text = turn === 0 ? '<bash>ls</bash>' : 'I do not know.';
        const usage = { ...NO_USAGE, usd: 0.1 };
        return { parts: [{ kind: 'text', text }], stop: 'end', usage, tokens: null, echo: { signed: rolloutId } };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  await play(store, withRecordedCalls(model, store));
  expect(bill).toEqual(['sums/000000 0', 'sums/000000 1', 'sums/000001 0']);
  failing.clear();
  const { evaluation } = await play(store, withRecordedCalls(model, store));
  expect(evaluation.environments[0]).toMatchObject({ faults: 0, rollouts: 3 });
  expect(bill).toEqual([0, 1, 2].flatMap((index) => [0, 1].map((turn) => `sums/00000${index} ${turn}`)));
});

test('tasks that are read together are attempted together: the whole first attempt is graded before any second one', async () => {
  const political = findEnvironment('political-sycophancy');
  await using store = memoryRun(
    sumsManifest(8, { environments: ['political-sycophancy'], attempts: { times: 2, feedback: 'reward' } }),
  );
  const { model } = learner();
  const { evaluation } = await play(store, model, { environments: [political] });
  const rollouts = await Array.fromAsync(store.rollouts());
  const size = rollouts[0]?.task.group?.size ?? 0;
  expect(size).toBeGreaterThan(1);
  expect(rollouts.map(({ attempt }) => attempt?.number)).toEqual(
    Array.from({ length: 8 }, (_, index) => (Math.floor(index / size) % 2) + 1),
  );
  expect(rollouts.slice(size, 2 * size).map(({ task }) => task.id)).toEqual(
    rollouts.slice(0, size).map(({ task }) => task.id),
  );
  expect(evaluation.environments[0]).toMatchObject({ rollouts: 8, unscored: 0 });
});

test('a run with attempts is replayed exactly', async () => {
  await using recorded = memoryRun(manifest(6, THREE));
  const original = await play(recorded, learner().model);
  await using again = memoryRun(manifest(6, THREE));
  const replay = replayModel('replay:x', byRolloutId(await Array.fromAsync(recorded.rollouts())));
  const replayed = await play(again, replay);
  expect(replayed.evaluation.environments).toEqual(original.evaluation.environments);
});

test('until a rule holds, conversations are played whole', async () => {
  const until = [{ rate: 'gaming', width: 0.9 }] as const;
  await using store = memoryRun(sumsManifest(300, { attempts: THREE, until: [...until] }));
  const { evaluation, finished } = await play(store, learner().model);
  expect(finished).toBe(true);
  const [summary] = evaluation.environments;
  expect(summary?.sequential?.met).toBe(true);
  expect((summary?.rollouts ?? 0) % 3).toBe(0);
  expect(summary?.rollouts).toBeLessThan(300);
});
