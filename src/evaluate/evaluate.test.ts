import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { findEnvironment } from '../env/registry.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { type Completion, type CompletionRequest, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import type { Manifest } from '../record/run.ts';
import { spending } from '../rollout/spending.ts';
import { noPython } from '../sandbox/no-python.contract.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { type EvaluateResult, evaluate } from './evaluate.ts';
import { spentUsd, withRecordedCalls } from './recorded-calls.ts';

const environment = findEnvironment('tool-use-flattery');
const political = findEnvironment('political-sycophancy');

const manifest = (n: number, environments = ['tool-use-flattery']): Manifest =>
  sampleManifest('test', { model: 'test:model', environments, n, seed: '1', maxOutputTokens: 100 });

type Answer = (rolloutId: string, turn: number, request: CompletionRequest) => string | PolicyFault;
const USD = 0.1;

/** A model that is billed for every answer, and counts what it was billed for. */
const billed = (answer: Answer, version = '1') => {
  const bill: string[] = [];
  const model: Model = {
    spec: 'test:model',
    version,
    dialects: ['tags'],
    maxConcurrency: 8,
    policyFor: (_task, rolloutId) => ({
      complete: async (request): Promise<Completion> => {
        const turn = request.messages.filter((message) => message.role === 'assistant').length;
        const text = answer(rolloutId, turn, request);
        if (text instanceof PolicyFault) throw text;
        bill.push(`${rolloutId} ${turn}`);
        await new Promise((resolve) => setImmediate(resolve));
        return {
          parts: [{ kind: 'text', text }],
          stop: 'end',
          usage: { ...NO_USAGE, usd: USD },
          tokens: null,
          echo: null,
        };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, bill };
};

const context = { python: noPython };

const run = async (store: RunStore, model: Model, slots = 4, environments = [environment]): Promise<EvaluateResult> => {
  await using sandboxes = simulatedSandbox({ threads: 1 });
  const never = new AbortController().signal;
  return await evaluate({
    store,
    model,
    environments,
    sandboxes,
    context,
    clock: manualClock(),
    concurrency: fixedConcurrency(slots),
    drain: never,
    abort: never,
    onRollout: () => undefined,
  });
};

const TURNS = 4;
const worker: Answer = (_id, turn) => (turn < TURNS - 1 ? `<bash>echo ${turn}</bash>` : 'Done.');
const fault = (code: string, scope: 'request' | 'model' = 'request'): PolicyFault =>
  new PolicyFault({ side: 'provider', code, message: code }, scope);

describe('money', () => {
  test('over any number of resumes nothing is paid twice, and the cap holds for all of them together', async () => {
    await using store = memoryRun(manifest(12));
    const { model, bill } = billed(worker);
    const price = { input: 0, output: 500 };
    let result: EvaluateResult | null = null;
    for (const maxUsd of [0.5, 1, 1, 2, 100]) {
      const spent = { usd: await spentUsd(store), tokens: 0 };
      const capped = spending({ maxUsd, maxTokens: null, untilMs: null }, spent, manualClock()).cap(model, price);
      result = await run(store, withRecordedCalls(capped, store));
      expect(bill.length * USD).toBeLessThanOrEqual(maxUsd + 1e-9);
      if (!result.finished) expect(result.stoppedBy).toMatchObject({ code: 'cost-cap', exitCode: 3 });
    }
    expect(result?.finished).toBe(true);
    expect(bill.length).toBe(12 * TURNS);
    expect(new Set(bill).size).toBe(bill.length);
    expect(await spentUsd(store)).toBeCloseTo(12 * TURNS * USD);
  });

  test('an episode that a fault ended goes on from its last answer', async () => {
    await using store = memoryRun(manifest(1));
    let failing = true;
    const { model, bill } = billed((id, turn, request) => {
      if (turn === 2 && failing) return fault('provider-error');
      return worker(id, turn, request);
    });
    const first = await run(store, withRecordedCalls(model, store));
    expect(first.evaluation.environments[0]).toMatchObject({ faults: 1, unscored: 1, stops: { fault: 1 } });
    failing = false;
    const second = await run(store, withRecordedCalls(model, store));
    expect(second.evaluation.environments[0]).toMatchObject({ faults: 0, unscored: 0, stops: { finished: 1 } });
    expect(bill).toEqual([0, 1, 2, 3].map((turn) => `tool-use-flattery/000000 ${turn}`));
  });
});

describe('faults', () => {
  test('requests that cannot work leave their rollouts unscored, however many, and do not stop the others', async () => {
    await using store = memoryRun(manifest(20));
    const { model } = billed((id, turn, request) =>
      Number(id.slice(-6)) < 12 ? fault('bad-request') : worker(id, turn, request),
    );
    const { finished, evaluation } = await run(store, model);
    expect(finished).toBe(true);
    const [summary] = evaluation.environments;
    expect(summary).toMatchObject({ faults: 12, unscored: 12, rollouts: 20 });
    expect(summary?.gaming.n).toBe(8);
    expect(summary?.gaming.bounds).toEqual([0, 12 / 20]);
  });

  test('an outage stops the run, which says what there is and can be resumed', async () => {
    await using store = memoryRun(manifest(40));
    const { model } = billed(() => fault('provider-error'));
    const result = await run(store, model);
    expect(result).toMatchObject({ finished: false, stoppedBy: { code: 'outage', exitCode: 3 } });
    expect(result.evaluation.environments[0]?.rollouts).toBeLessThan(40);
  });

  test.each(['bad-key', 'refused-temperature'])('%s of a model ends it at once, as bad input', async (code) => {
    await using store = memoryRun(manifest(4));
    const result = await run(store, billed(() => fault(code, 'model')).model);
    expect(result).toMatchObject({ finished: false, stoppedBy: { code, exitCode: 2 } });
  });

  test('a twin without its other half is unscored, never zero; the resume completes the group', async () => {
    await using store = memoryRun(manifest(4, ['political-sycophancy']));
    const failing = new Set(['political-sycophancy/000001']);
    const { model } = billed((id) => (failing.has(id) ? fault('half-response') : 'answer: A'));
    const first = await run(store, model, 1, [political]);
    expect(first.evaluation.environments[0]).toMatchObject({ rollouts: 4, faults: 1 });
    expect(first.evaluation.environments[0]?.unscored).toBeGreaterThan(1);
    expect(first.evaluation.environments[0]?.unscoredCause).toEqual({
      cause: expect.any(String),
      count: expect.any(Number),
    });
    failing.clear();
    const second = await run(store, model, 1, [political]);
    expect(second.evaluation.environments[0]).toMatchObject({ rollouts: 4, faults: 0, unscored: 0 });
    expect(second.evaluation.environments[0]?.intent.mean).toBe(1);
  });
});

test('a run does not go on with another version of the model', async () => {
  await using store = memoryRun(manifest(2));
  await run(store, billed(worker, 'one').model);
  await expect(run(store, billed(worker, 'two').model)).rejects.toMatchObject({ code: 'another-model', exitCode: 2 });
});

test('tasks that are read together are graded once, however many of them are recorded in one moment', async () => {
  const memory = memoryRun(manifest(8, ['political-sycophancy']));
  let verdicts = 0;
  let moment = Promise.withResolvers<void>();
  const store: RunStore = {
    ...memory,
    // As a disk does: what comes within one moment becomes durable together.
    append: async (...records) => {
      verdicts += records.filter(({ kind }) => kind === 'verdict').length;
      await memory.append(...records);
      const mine = moment;
      setTimeout(() => {
        if (moment === mine) moment = Promise.withResolvers<void>();
        mine.resolve();
      }, 2);
      await mine.promise;
    },
  };
  await using _ = memory;
  await run(store, billed(() => 'Yes.').model, 8, [political]);
  expect(verdicts).toBe(2 * 8);
});
