/** What `eval` and `resume` share: opening the model, driving the evaluation with a live display, closing everything. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { inputError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import { visible } from '../base/terminal.ts';
import type { Environment } from '../env/environment.ts';
import { type EvaluateResult, evaluate } from '../evaluate/evaluate.ts';
import { plannedRollouts } from '../evaluate/plan.ts';
import { spentSoFar, withRecordedCalls } from '../evaluate/recorded-calls.ts';
import { runJudge } from '../evaluate/run-judge.ts';
import { adaptiveConcurrency, type Concurrency, fixedConcurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import type { Price } from '../policy/price.ts';
import { isProviderSpec } from '../policy/provider-spec.ts';
import type { EvalPlan } from '../record/run.ts';
import { withCotPrefix } from '../rollout/cot-prefix.ts';
import { openModel } from '../rollout/models.ts';
import { type Spending, type Spent, spending } from '../rollout/spending.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import type { RunDirectory } from '../store/run-directory.ts';
import type { RunStore } from '../store/run-store.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { type Meter, meterFrom } from './meter.ts';
import { onRollout, recordedIn, watchProgress } from './progress.ts';
import { recordedRollouts } from './recorded.ts';

export interface SessionOptions {
  readonly concurrency: number | 'auto';
  readonly maxUsd: number | null;
  readonly price: Price | null;
  /** Of the whole run, input and output. Left out: no cap. */
  readonly maxTokensTotal?: number | undefined;
  /** From when the session begins. Left out: no cap. */
  readonly maxSeconds?: number | undefined;
  /** Of every model in this process. Left out: as each kind has it by default. */
  readonly threads?: number | undefined;
  /** No display of progress. */
  readonly quiet: boolean;
}

/** A model with what its calls need, opened before a run directory is made, so that a mistake leaves nothing behind. */
export interface OpenedModel extends AsyncDisposable {
  readonly model: Model;
}

/** A judge with its price; null: not known. */
export interface OpenedJudge extends OpenedModel {
  readonly price: Price | null;
}

/** Calls to a model at once, at most; with a provider, `auto` finds what it bears. */
const MOST_CALLS = 128;
/** Episodes of a script wait for the disk more than for a core; beyond this many they only hold more memory. */
const EPISODES_PER_CORE = 32;

/** Opens the model that a spec names, with keys from the environment. Warnings go to standard error. */
export const openNamedModel = async (
  io: Io,
  spec: string,
  environments: readonly Environment[],
  options: Pick<SessionOptions, 'concurrency' | 'price' | 'maxUsd' | 'threads'> & {
    readonly seed: string;
    readonly local?: Pick<EvalPlan, 'context' | 'chatTemplate'>;
  },
  priceOption: 'price' | 'judge-price' = 'price',
): Promise<OpenedModel> => {
  const closing = new AbortController();
  const { concurrency, price, maxUsd, threads, local } = options;
  if (maxUsd !== null && price === null && isProviderSpec(spec)) {
    throw inputError({
      code: 'unpriced-model',
      what: 'A cap on cost needs the price of the model.',
      given: `--max-cost ${maxUsd} for ${spec}`,
      todo: `Add --${priceOption} IN,OUT: USD per million input and output tokens, from the price list of the provider; or --prices FILE.`,
    });
  }
  if (price === null && isProviderSpec(spec)) {
    io.err(
      `warning: ${visible(spec)} is unpriced: what this costs will not be known. Add --${priceOption} IN,OUT or --prices FILE.\n`,
    );
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
    local: { threads, context: local?.context, chatTemplate: local?.chatTemplate },
    onWarning: (message) => io.err(`warning: ${visible(message)}\n`),
    rolloutsOf: (run) => recordedRollouts(resolve(io.cwd, run)),
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

/** The purse of the run: all models that are asked in it draw on it. Null where nothing is capped. */
export const purseOf = (
  io: Io,
  { maxUsd, maxTokensTotal, maxSeconds }: Pick<SessionOptions, 'maxUsd' | 'maxTokensTotal' | 'maxSeconds'>,
  spent: Spent,
): Spending | null => {
  const caps = {
    maxUsd,
    maxTokens: maxTokensTotal ?? null,
    untilMs: maxSeconds === undefined ? null : io.clock.nowMs() + maxSeconds * 1_000,
  };
  return Object.values(caps).every((cap) => cap === null) ? null : spending(caps, spent, io.clock);
};

/** A model under the caps of the run, whose answers are written down. One that costs nothing is only counted. */
export const paidModel = (
  model: Model,
  price: Price | null,
  purse: Spending | null,
  /** Null: they are not written down. */
  store: RunStore | null,
  meter: Meter,
): Model => {
  const counted = meter.count(model);
  if (model.repeatable === true) return counted;
  const capped = purse?.cap(counted, price) ?? counted;
  return store === null ? capped : withRecordedCalls(capped, store);
};

export const runSession = async (
  io: Io,
  store: RunDirectory,
  environments: readonly Environment[],
  { model: bare }: OpenedModel,
  sandboxes: SandboxProvider,
  options: SessionOptions,
  judge: OpenedJudge | null = null,
): Promise<EvaluateResult> => {
  const { maxUsd } = options;
  const spent = await spentSoFar(store);
  const purse = purseOf(io, options, spent);
  const meter = meterFrom(spent.usd);
  const recorded = paidModel(bare, options.price, purse, store, meter);
  const { cotPrefix } = store.manifest.plan;
  const model = cotPrefix === undefined ? recorded : withCotPrefix(recorded, cotPrefix);
  const concurrency = episodesFor(model, options.concurrency);
  await using python = wasmPython();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  const planned = plannedRollouts(store.manifest.plan, environments);
  const done = await recordedIn(store);
  using progress = watchProgress(io, { planned, done, concurrency, maxUsd, meter, quiet: options.quiet });
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
    onRollout: onRollout(progress),
    judge: judge === null ? undefined : runJudge(paidModel(judge.model, judge.price, purse, store, meter)),
  });
};
