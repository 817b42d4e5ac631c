/**
 * What `eval` and `resume` share: opens model, sandboxes and graders, drives the evaluation with a live display, and
 * writes the report. Everything opened here is closed when it ends, however it ends.
 */
import { availableParallelism } from 'node:os';
import { inputError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import type { Environment } from '../env/environment.ts';
import { type EvaluateResult, evaluate } from '../evaluate/evaluate.ts';
import { plannedRollouts } from '../evaluate/plan.ts';
import { adaptiveConcurrency, type Concurrency, fixedConcurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import type { Price } from '../policy/price.ts';
import { isProviderSpec } from '../policy/provider-spec.ts';
import { capCost } from '../rollout/cost-cap.ts';
import { openModel } from '../rollout/models.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import type { RunDirectory } from '../store/run-directory.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { watchProgress } from './progress.ts';
import { recordedRollouts } from './recorded.ts';

export interface SessionOptions {
  readonly concurrency: number | 'auto';
  readonly maxUsd: number | null;
  readonly price: Price | null;
  /** No display of progress. */
  readonly quiet: boolean;
}

/** Calls to a provider at once, at most; `auto` finds what it bears. */
const MOST_CALLS = 128;
/** Episodes of a script are bound by the sandbox's threads; more of them in flight only hold more memory. */
const EPISODES_PER_CORE = 8;

const callsFor = (io: Io, asked: number | 'auto'): Concurrency =>
  asked === 'auto' ? adaptiveConcurrency({ clock: io.clock, max: MOST_CALLS }) : fixedConcurrency(asked);

const episodesFor = (model: Model, asked: number | 'auto'): Concurrency => {
  if (asked !== 'auto') return fixedConcurrency(asked);
  const most = isProviderSpec(model.spec) ? MOST_CALLS : EPISODES_PER_CORE * availableParallelism();
  return fixedConcurrency(Math.min(model.maxConcurrency, most));
};

/** Opens the model that a spec names, with keys from the environment. Warnings go to standard error. */
export const openNamedModel = async (
  io: Io,
  spec: string,
  environments: readonly Environment[],
  options: {
    readonly seed: string;
    readonly price: Price | null;
    readonly calls: Concurrency;
    readonly sequences: number;
  },
): Promise<Model> =>
  await openModel(spec, {
    environments,
    keys: io.env,
    clock: io.clock,
    rng: rng(options.seed).fork('model'),
    price: options.price,
    calls: options.calls,
    sequences: options.sequences,
    onWarning: (message) => io.err(`warning: ${visible(message)}\n`),
    rolloutsOf: recordedRollouts,
  });

export const runSession = async (
  io: Io,
  store: RunDirectory,
  environments: readonly Environment[],
  options: SessionOptions,
): Promise<EvaluateResult> => {
  const { plan } = store.manifest;
  const calls = callsFor(io, options.concurrency);
  await using bare = await openNamedModel(io, plan.model, environments, {
    seed: plan.seed,
    price: options.price,
    calls,
    // Alone by default: only then do equal seeds give equal text.
    sequences: options.concurrency === 'auto' ? 1 : options.concurrency,
  });
  if (!bare.dialects.includes(plan.dialect)) {
    throw inputError({
      code: 'no-such-dialect',
      what: `${plan.model} cannot play the ${plan.dialect} dialect.`,
      given: `--dialect ${plan.dialect}`,
      allowed: bare.dialects.join(', '),
    });
  }
  const model = await capped(bare, store, options);
  const concurrency = episodesFor(model, options.concurrency);
  await using sandboxes = simulatedSandbox();
  await using python = wasmPython();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  using progress = await watchProgress(io, store, plannedRollouts(plan, environments), concurrency, options.quiet);
  return await evaluate({
    store,
    model,
    environments,
    sandboxes,
    context: { python },
    clock: io.clock,
    concurrency,
    drain: interrupt.drain,
    abort: interrupt.abort,
    onRollout: progress.onRollout,
  });
};

/** A cap needs a price: without one it could not hold, and it is better to say so before anything is paid. */
const capped = async (model: Model, store: RunDirectory, { maxUsd, price }: SessionOptions): Promise<Model> => {
  if (maxUsd === null || isFree(model.spec)) return model;
  if (price === null) {
    throw inputError({
      code: 'unpriced-model',
      what: 'A cap on cost needs the price of the model.',
      given: `--max-cost ${maxUsd} for ${model.spec}`,
      todo: 'Add --price IN,OUT: USD per million input and output tokens, from the price list of the provider.',
    });
  }
  let spentUsd = 0;
  for await (const rollout of store.rollouts()) spentUsd += rollout.usage.usd ?? 0;
  return capCost(model, { maxUsd, spentUsd, price });
};

const isFree = (spec: string): boolean => /^(scripted|gguf|replay|ollama):/.test(spec);
