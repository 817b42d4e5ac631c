import type { Weights } from '../model/weights.ts';

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
}

export interface StepReport {
  /** Before clipping. */
  readonly gradientNorm: number;
  /** How many updates these weights have had. */
  readonly step: number;
}

/** Owns weights and optimiser state. Calls are run one after another, in the order in which they were made. */
export interface Trainer extends AsyncDisposable {
  /** Forward only, of the current weights or of others of the same shape (a reference model). */
  score(sequences: readonly Int32Array[], weights?: Weights): Promise<readonly TokenScores[]>;
  /** Forward and backward: adds to the gradient, and gives the scores of the same pass. */
  accumulate(credits: readonly Credit[]): Promise<readonly TokenScores[]>;
  /**
   * One update from the accumulated gradient, which is then cleared. Throws `not-finite` (exit code 3) and changes
   * nothing but to drop the gradient where that holds NaN or Infinity.
   */
  apply(step: OptimiserStep): Promise<StepReport>;
  /** A copy of the weights as they are, LoRA merged. */
  snapshot(): Promise<Weights>;
  /**
   * Everything that training goes on from: weights, moments, step; not a gradient that waits for `apply`. Writes
   * `<directory>` atomically, as a checkpoint that `loadCheckpoint` and `openTrainer` read.
   */
  save(directory: string): Promise<void>;
}
