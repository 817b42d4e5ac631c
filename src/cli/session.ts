/** What `eval` and `resume` share: opening the model, driving the evaluation with a live display, closing everything. */
import { availableParallelism } from 'node:os';
import { inputError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import type { Environment } from '../env/environment.ts';
import { type EvaluateResult, evaluate } from '../evaluate/evaluate.ts';
import { plannedRollouts } from '../evaluate/plan.ts';
import { spentUsd, withRecordedCalls } from '../evaluate/recorded-calls.ts';
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

/** A model with what its calls need, opened before a run directory is made, so that a mistake leaves nothing behind. */
export interface OpenedModel extends AsyncDisposable {
  readonly model: Model;
}

/** Calls to a model at once, at most; with a provider, `auto` finds what it bears. */
const MOST_CALLS = 128;
/** Episodes of a script are bound by the sandbox's workers; more of them in flight only hold more memory. */
const EPISODES_PER_CORE = 8;

/** Opens the model that a spec names, with keys from the environment. Warnings go to standard error. */
export const openNamedModel = async (
  io: Io,
  spec: string,
  environments: readonly Environment[],
  options: SessionOptions & { readonly seed: string },
): Promise<OpenedModel> => {
  const closing = new AbortController();
  const { concurrency, price, maxUsd } = options;
  if (maxUsd !== null && price === null && isProviderSpec(spec)) {
    throw inputError({
      code: 'unpriced-model',
      what: 'A cap on cost needs the price of the model.',
      given: `--max-cost ${maxUsd} for ${spec}`,
      todo: 'Add --price IN,OUT: USD per million input and output tokens, from the price list of the provider.',
    });
  }
  const model = await openModel(spec, {
    environments,
    keys: io.env,
    clock: io.clock,
    rng: rng(options.seed).fork('model'),
    price,
    calls:
      concurrency === 'auto'
        ? adaptiveConcurrency({ clock: io.clock, max: MOST_CALLS, closed: closing.signal })
        : fixedConcurrency(concurrency),
    // Alone by default: only then do equal seeds give equal text.
    sequences: concurrency === 'auto' ? 1 : concurrency,
    onWarning: (message) => io.err(`warning: ${visible(message)}\n`),
    rolloutsOf: recordedRollouts,
  });
  return {
    model,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await model[Symbol.asyncDispose]();
    },
  };
};

const episodesFor = (model: Model, asked: number | 'auto'): Concurrency => {
  if (asked !== 'auto') return fixedConcurrency(asked);
  const most = isRecorded(model.spec) ? EPISODES_PER_CORE * availableParallelism() : MOST_CALLS;
  return fixedConcurrency(Math.min(model.maxConcurrency, most));
};

/** Scripts and replays only read out what is written down. */
const isRecorded = (spec: string): boolean => /^(scripted|replay):/.test(spec);

export const runSession = async (
  io: Io,
  store: RunDirectory,
  environments: readonly Environment[],
  { model: bare }: OpenedModel,
  options: SessionOptions,
): Promise<EvaluateResult> => {
  const { maxUsd, price } = options;
  const spent = await spentUsd(store);
  const capped = maxUsd === null || price === null ? bare : capCost(bare, { maxUsd, spentUsd: spent, price });
  // A cap on cost would change nothing about a model that costs nothing.
  const model = bare.repeatable === true ? bare : withRecordedCalls(capped, store);
  const concurrency = episodesFor(model, options.concurrency);
  await using sandboxes = simulatedSandbox();
  await using python = wasmPython();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  const planned = plannedRollouts(store.manifest.plan, environments);
  using progress = await watchProgress(io, store, {
    planned,
    concurrency,
    maxUsd,
    spentUsd: spent,
    quiet: options.quiet,
  });
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
