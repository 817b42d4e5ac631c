import { inputError, runError } from '../../base/errors.ts';
import { sameModel } from '../model/config.ts';
import { giveBack, sharedFloats } from '../model/shared-memory.ts';
import { hasValueHead, type Weights } from '../model/weights.ts';
import { onnxRuntime } from '../onnx/session.ts';
import { clipScale } from './adamw.ts';
import { checkCredits, checkIds, checkScored, checkStep } from './check.ts';
import { headShare, planRun, planUpdate, stretches } from './plan.ts';
import type { OtherWeights } from './protocol.ts';
import { saveTrainer } from './save.ts';
import { modelOfState, type TrainerState } from './state.ts';
import {
  type Credit,
  MUON_MOMENTUM,
  type OptimiserStep,
  type Reach,
  type StepReport,
  type TokenScores,
  type Trainer,
} from './trainer.ts';
import { startWorker, type TrainerWorker } from './worker-pool.ts';

export interface StartOptions {
  /** Threads. Results are equal to the bit for equal numbers of them. Default 2. */
  readonly workers?: number;
  /** About how many positions are computed at once; memory grows with it. Default 640. */
  readonly tokensPerBatch?: number;
  /** A `tokenizer.json` that every saved checkpoint gets a copy of, with the files beside it. */
  readonly tokenizerPath?: string | null;
  /** Further keys for a saved `config.json`. */
  readonly hfConfig?: Readonly<Record<string, unknown>>;
}

const DEFAULT_WORKERS = 2;
/** As quick as 1024 for a model of 3 M parameters, in less memory. */
const DEFAULT_TOKENS = 640;
const MAX_WORKERS = 64;

const notFinite = (step: number, gradientNorm: number): Error =>
  runError({
    code: 'not-finite',
    what: `The gradient of update ${step} holds NaN or Infinity; nothing was changed by it.`,
    given: `a gradient norm of ${gradientNorm} after ${step - 1} updates`,
    todo: 'Go on from the last checkpoint with a lower learning rate or a smaller maxGradientNorm.',
  });

/** Waits for every one, also where one fails: nobody writes to shared memory once this is done. */
const everyOne = async <T>(promises: readonly Promise<T>[]): Promise<T[]> => {
  const settled = await Promise.allSettled(promises);
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};

const normOf = (squares: readonly number[]): number => Math.sqrt(squares.reduce((sum, part) => sum + part, 0));

/** Gives weights of the same shape a number each, by which a worker knows them again. */
const numbering = (state: TrainerState) => {
  const numbers = new WeakMap<Weights, number>();
  let next = 0;
  return {
    of: (weights: Weights): OtherWeights => {
      if (!sameModel(weights.config, state.config)) {
        throw inputError({
          code: 'other-model',
          what: 'The weights to score with are of a model of another shape.',
          given: JSON.stringify(weights.config),
          allowed: JSON.stringify(state.config),
        });
      }
      const id = numbers.get(weights) ?? next++;
      numbers.set(weights, id);
      return { id, flat: weights.flat, valueHead: hasValueHead(weights) };
    },
    /** They hold other numbers now. */
    forget: (weights: Weights): void => {
      numbers.delete(weights);
    },
  };
};

/** Throws `bad-trainer-options`. */
const checkOptions = (workers: number, tokensPerBatch: number): void => {
  const bad = (what: string, given: number, allowed: string): Error =>
    inputError({ code: 'bad-trainer-options', what, given: `${given}`, allowed });
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS)) {
    throw bad('A trainer cannot have that many threads.', workers, `1 to ${MAX_WORKERS}`);
  }
  if (!(Number.isInteger(tokensPerBatch) && tokensPerBatch >= 1)) {
    throw bad('tokensPerBatch is a whole number of at least 1.', tokensPerBatch, '1, 2, ...');
  }
};

/** Starts the threads over a state, which the trainer owns from then on. */
export const startTrainer = async (state: TrainerState, options: StartOptions): Promise<Trainer> => {
  const { workers: count = DEFAULT_WORKERS, tokensPerBatch = DEFAULT_TOKENS } = options;
  checkOptions(count, tokensPerBatch);
  // Here too, so that a missing package is told as such and not as a thread that ended.
  await onnxRuntime();
  const { config, lora, valueHead, optimiser, specs, weights, base, first, second } = state;
  const gradients = Array.from({ length: count }, () => sharedFloats(weights.length));
  const workers = gradients.map((_, index) =>
    startWorker({ config, valueHead, lora, index, weights, base: base?.flat ?? null, gradients, first, second }),
  );
  const parts = stretches(weights.length, count);
  const shares = planUpdate(specs, optimiser, weights.length, count);
  const others = numbering(state);
  let { step } = state;
  /** What was reached by all that was accumulated since the last update; null: nothing was. */
  let waits: Reach | null = null;
  /** Set once weights may be half updated. */
  let broken: unknown = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One call after another; one that failed does not keep the next from its turn. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      if (broken !== null) throw broken;
      return await work();
    });
    // The failure is the caller's, who holds the same promise.
    last = mine.catch(() => null);
    return mine;
  };
  const onEach = <P, T>(shared: readonly P[], work: (worker: TrainerWorker, part: P) => Promise<T>): Promise<T[]> =>
    everyOne(
      workers.flatMap((worker, index) => {
        const part = shared[index];
        return part === undefined ? [] : [work(worker, part)];
      }),
    );
  const dropGradient = (): void => {
    for (const gradient of gradients) gradient.fill(0);
    waits = null;
  };

  const score = async (
    sequences: readonly Int32Array[],
    given: Weights | null = null,
    scored: readonly ArrayLike<number>[] | null = null,
  ): Promise<readonly TokenScores[]> => {
    checkIds(sequences, config);
    checkScored(sequences, scored);
    const other = given === null ? null : others.of(given);
    const rows = sequences.map((ids, index) => ({ ids, credit: null, scored: scored?.[index] ?? null }));
    const plan = planRun(rows, config, tokensPerBatch, count);
    const run = (worker: TrainerWorker, batches: (typeof plan.jobs)[number]) =>
      worker.run({ kind: 'score', version: step, other, batches });
    return plan.gather(await onEach(plan.jobs, run));
  };

  const accumulate = async (credits: readonly Credit[], reach: Reach = 'all'): Promise<readonly TokenScores[]> => {
    checkCredits(credits, config, { valueHead, reach });
    const rows = credits.map(({ ids, logprobs, entropies = null, values = null, scored = null }) => ({
      ids,
      credit: { logprobs, entropies, values },
      scored,
    }));
    const plan = planRun(rows, config, tokensPerBatch, count);
    try {
      const run = (worker: TrainerWorker, batches: (typeof plan.jobs)[number]) =>
        worker.run({ kind: 'accumulate', version: step, reach, batches });
      const scores = plan.gather(await onEach(plan.jobs, run));
      waits = waits === 'all' ? 'all' : reach;
      return scores;
    } catch (thrown) {
      // Part of it may have been added, and no update may come of that.
      dropGradient();
      throw thrown;
    }
  };

  const apply = async (given: OptimiserStep): Promise<StepReport> => {
    checkStep(given);
    if (waits === null) {
      throw inputError({
        code: 'no-gradient',
        what: 'There is no gradient to make an update from.',
        given: `${step} updates so far`,
        todo: 'Call accumulate first, and again where a failure or drop() took away what waited.',
      });
    }
    const squares = await onEach(parts, (worker, stretch) => worker.run({ kind: 'reduce', stretch }));
    const gradientNorm = normOf(squares);
    if (!Number.isFinite(gradientNorm)) {
      dropGradient();
      throw notFinite(step + 1, gradientNorm);
    }
    const { learningRate } = given;
    const muon = { learningRate, momentum: MUON_MOMENTUM, ...given.muon };
    const gradientScale = clipScale(gradientNorm, given.maxGradientNorm);
    const headLearningRate = given.valueHead?.learningRate ?? learningRate;
    const update = { ...given, step: step + 1, headLearningRate, gradientScale, muon };
    let weightNorm: number;
    const reached = waits === 'all' ? shares : shares.map(headShare);
    try {
      weightNorm = normOf(
        await onEach(reached, (worker, share) => worker.run({ kind: 'update', update: { ...update, ...share } })),
      );
    } catch (thrown) {
      broken = thrown;
      throw thrown;
    }
    step++;
    waits = null;
    return { gradientNorm, weightNorm, step };
  };

  const snapshot = (into: Weights | undefined): Weights => {
    if (into === undefined) return modelOfState(state);
    if (!sameModel(into.config, config) || hasValueHead(into) !== valueHead) {
      throw inputError({
        code: 'other-model',
        what: 'A snapshot does not fit into weights of another shape.',
        given: JSON.stringify({ ...into.config, valueHead: hasValueHead(into) }),
        allowed: JSON.stringify({ ...config, valueHead }),
      });
    }
    others.forget(into);
    return modelOfState(state, into);
  };

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    broken ??= runError({ code: 'trainer-closed', what: 'The trainer was closed.', todo: 'Open another.' });
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    // What was called before reads these buffers until it has its refusal.
    await last;
    for (const buffer of [weights, first, second, ...gradients]) giveBack(buffer);
    if (base !== null) giveBack(base.flat);
  };

  return {
    score: (sequences, given, scored) => inTurn(() => score(sequences, given, scored)),
    accumulate: (credits, reach) => inTurn(() => accumulate(credits, reach)),
    apply: (given) => inTurn(() => apply(given)),
    drop: () => inTurn(async () => dropGradient()),
    snapshot: (into) => inTurn(async () => snapshot(into)),
    save: (directory) => inTurn(() => saveTrainer(directory, { ...state, step }, options)),
    [Symbol.asyncDispose]: async () => {
      closing ??= close();
      await closing;
    },
  };
};
