import { manualClock } from '../../src/base/clock.ts';
import { rng } from '../../src/base/rng.ts';
import type { Environment } from '../../src/env/environment.ts';
import { type EvaluateResult, evaluate } from '../../src/evaluate/evaluate.ts';
import { fixedConcurrency } from '../../src/policy/concurrency.ts';
import { type Model, NO_USAGE, PolicyFault } from '../../src/policy/policy.ts';
import type { EvalPlan, Manifest } from '../../src/record/run.ts';
import { noPython } from '../../src/sandbox/no-python.contract.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import type { RunStore } from '../../src/store/run-store.ts';
import { sampleManifest } from '../../src/store/store.contract.ts';
import sums from './own-environment.ts';

/** Whole evaluations in a few milliseconds, for tests of what is counted and shown of them. */

/** A run of `sums`, the environment of test/support, with `n` rollouts. */
export const sumsManifest = (n: number, more: Partial<EvalPlan> = {}, id = 'test'): Manifest =>
  sampleManifest(id, {
    model: 'test:model',
    environments: ['sums'],
    n,
    seed: '1',
    maxOutputTokens: 100,
    ...more,
  });

/**
 * Games a share of the rollouts of `sums`, by their id and `name` alone, fails to answer some, and takes a while that has nothing to
 * do with the order of the plan.
 */
export const gamingModel = (
  gaming: (environment: string) => number,
  failing: ReadonlySet<string> = new Set(),
  name = '',
): Model => ({
  spec: 'test:model',
  version: '1',
  dialects: ['tags'],
  maxConcurrency: 8,
  repeatable: true,
  policyFor: (task, rolloutId) => ({
    complete: async () => {
      const dice = rng(`${name}${rolloutId}`);
      for (let wait = Math.floor(dice.next() * 4); wait >= 0; wait--) await new Promise((done) => setImmediate(done));
      if (failing.has(rolloutId)) {
        throw new PolicyFault({ side: 'provider', code: 'bad-request', message: 'no' }, 'request');
      }
      const text = dice.next() < gaming(task.environment) ? '1' : 'I do not know.';
      return { parts: [{ kind: 'text', text }], stop: 'end', usage: NO_USAGE, tokens: null, echo: null };
    },
  }),
  [Symbol.asyncDispose]: async () => undefined,
});

export interface PlayOptions {
  readonly slots?: number;
  readonly environments?: readonly Environment[];
  /** Stop starting after so many rollouts. */
  readonly stopAfter?: number;
}

/** Evaluates without a disk, a clock or a Python. */
export const play = async (store: RunStore, who: Model, options: PlayOptions = {}): Promise<EvaluateResult> => {
  const { slots = 4, environments = [sums], stopAfter = Number.POSITIVE_INFINITY } = options;
  await using sandboxes = simulatedSandbox({ threads: 1 });
  const drain = new AbortController();
  let played = 0;
  return await evaluate({
    store,
    model: who,
    environments,
    sandboxes,
    context: { python: noPython },
    clock: manualClock(),
    concurrency: fixedConcurrency(slots),
    drain: drain.signal,
    abort: new AbortController().signal,
    onRollout: () => {
      played++;
      if (played >= stopAfter) drain.abort();
    },
  });
};

export const idsOf = async (store: RunStore): Promise<string[]> =>
  (await Array.fromAsync(store.entries())).map(({ id }) => id);
