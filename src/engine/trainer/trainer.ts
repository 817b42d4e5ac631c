import type { Reach } from '../model/model-graph.ts';
import type { Weights } from '../model/weights.ts';

export type { Reach } from '../model/model-graph.ts';

/** What the model says of one sequence of T token ids. NaN where a credit asked for no score. */
export interface TokenScores {
  /** [T - 1]: log p(ids[t + 1] | ids[0..t]), natural logarithm, temperature 1. */
  readonly logprobs: Float32Array;
  /** [T - 1]: entropy in nats of the distribution that ids[t + 1] was drawn from. */
  readonly entropies: Float32Array;
  /** [T]: the value head after reading ids[0..t]; null where the model has none. */
  readonly values: Float32Array | null;
}

/**
 * A sequence and the derivative of the loss by what the model says of it. Every loss in `src/train` is written as
 * these numbers: cross-entropy is -1/n at each trained token, PPO the clipped ratio times the advantage, a preference
 * loss a pair of derivatives by `values` at the last tokens. 0 where a token is context.
 */
export interface Credit {
  /** [T] token ids; T is at most the context length. */
  readonly ids: Int32Array;
  /** [T - 1]: d loss / d logprobs. */
  readonly logprobs: Float32Array;
  /** [T - 1]: d loss / d entropies. Absent: 0. */
  readonly entropies?: Float32Array;
  /** [T]: d loss / d values. Absent: 0. */
  readonly values?: Float32Array;
  /**
   * [T - 1]: not 0 where log-probability and entropy are wanted back although both derivatives are 0. Absent: everywhere.
   * Naming only the policy's own tokens saves their share of the output projection.
   */
  readonly scored?: ArrayLike<number>;
}

/** Muon's momentum where a step names none. */
export const MUON_MOMENTUM = 0.95;

/**
 * AdamW (Loshchilov & Hutter, 2019). Weight decay is decoupled and spares norms, biases, embeddings and heads: it pulls
 * the matrices of the blocks.
 */
export interface OptimiserStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  /** The whole gradient is scaled down to this Euclidean norm; Infinity for no clipping. */
  readonly maxGradientNorm: number;
  /**
   * For the matrices of the blocks in a trainer made with `optimiser: 'muon'` (Jordan et al., 2024); the numbers above
   * are then for all else. Default: the same learning rate, momentum `MUON_MOMENTUM`.
   */
  readonly muon?: { readonly learningRate?: number; readonly momentum?: number };
  /** For the value head, which begins at 0 and has more way to go than the trunk. Default: the same learning rate. */
  readonly valueHead?: { readonly learningRate: number };
}

export interface StepReport {
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Euclidean norm, behind the update, of the weights that it was for. NaN or huge: nothing can be computed with them. */
  readonly weightNorm: number;
  /** How many updates these weights have had. */
  readonly step: number;
}

/** Owns weights and optimiser state. Calls are run one after another, in the order in which they were made. */
export interface Trainer extends AsyncDisposable {
  /**
   * Forward only, of the current weights or of others of the same shape (a reference model; null: the current ones).
   * `scored`: as in `Credit`, one for each sequence; values are given everywhere. Absent: every token is scored.
   * Other weights are known again by their object: write to their numbers, and the old ones are scored with.
   */
  score(
    sequences: readonly Int32Array[],
    weights?: Weights | null,
    scored?: readonly ArrayLike<number>[],
  ): Promise<readonly TokenScores[]>;
  /**
   * Forward and backward: adds to the gradient that waits, and gives the scores of the same pass. Bad input (exit code 2)
   * and derivatives that are no numbers (`not-finite`) add nothing and leave what waits. A computation that fails drops
   * all that waits: part of it may have been added. `reach` (default `all`): where only the value head was reached since
   * the last update, the next one changes nothing else, moments and decay included; derivatives by log-probabilities or
   * entropies are then bad input.
   */
  accumulate(credits: readonly Credit[], reach?: Reach): Promise<readonly TokenScores[]>;
  /**
   * One update from the accumulated gradient, which is then cleared. Throws `no-gradient` (exit code 2) where nothing was
   * accumulated since the last update, `bad-step` where the step cannot be taken (the gradient stays), and `not-finite`
   * (exit code 3), changing nothing but to drop the gradient, where that holds NaN or Infinity.
   */
  apply(step: OptimiserStep): Promise<StepReport>;
  /** Drops the gradient that waits, as if nothing had been accumulated since the last update. */
  drop(): Promise<void>;
  /**
   * A copy of the weights as they are, LoRA merged. `into`: weights of the same shape that are overwritten and given back;
   * no trainer but this one may have been given them. Shared memory is collected late: who takes one snapshot after
   * another should use the same one again.
   */
  snapshot(into?: Weights): Promise<Weights>;
  /**
   * Everything that training goes on from: weights, moments, step; not a gradient that waits for `apply`. Writes
   * `<directory>` atomically, as a checkpoint that `loadCheckpoint` and `openTrainer` read. Throws what `saveCheckpoint` throws.
   */
  save(directory: string): Promise<void>;
}
