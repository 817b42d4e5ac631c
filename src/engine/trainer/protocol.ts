import type { ModelConfig } from '../model/config.ts';
import type { Lora } from '../model/lora.ts';
import type { BatchShape } from '../model/model-graph.ts';
import type { RowJob } from './layout.ts';
import type { Reach, TokenScores } from './trainer.ts';

/** What the trainer and its worker threads say to each other. Buffers are shared memory; one thread writes at a time. */

/** Given to a worker when it starts. */
export interface WorkerSetup {
  readonly config: ModelConfig;
  readonly valueHead: boolean;
  readonly lora: Lora | null;
  readonly index: number;
  /** All trained parameters: the model's, or adapters and value head. */
  readonly weights: Float32Array<SharedArrayBuffer>;
  /** The frozen model under adapters, without value head. */
  readonly base: Float32Array<SharedArrayBuffer> | null;
  /** One for each worker; this worker's own is `gradients[index]`. */
  readonly gradients: readonly Float32Array<SharedArrayBuffer>[];
  readonly first: Float32Array<SharedArrayBuffer>;
  readonly second: Float32Array<SharedArrayBuffer>;
}

export interface BatchJob {
  readonly shape: BatchShape;
  readonly rows: readonly RowJob[];
}

/** Other weights than the trained ones, to score with. */
export interface OtherWeights {
  /** Equal numbers: equal weights, which need not be copied again. */
  readonly id: number;
  readonly flat: Float32Array<SharedArrayBuffer>;
  readonly valueHead: boolean;
}

/** A stretch of the flat buffers that one worker updates. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

export interface AdamWStretch extends Stretch {
  readonly decayed: boolean;
  /** It belongs to the value head. */
  readonly head: boolean;
}

/** One matrix that Muon updates. */
export interface MuonMatrix {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

export interface UpdateJob {
  readonly step: number;
  readonly learningRate: number;
  /** Of the value head. */
  readonly headLearningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly gradientScale: number;
  readonly muon: { readonly learningRate: number; readonly momentum: number };
  readonly adamw: readonly AdamWStretch[];
  readonly matrices: readonly MuonMatrix[];
}

export type Job =
  | {
      readonly kind: 'score';
      readonly version: number;
      readonly other: OtherWeights | null;
      readonly batches: readonly BatchJob[];
    }
  | {
      readonly kind: 'accumulate';
      readonly version: number;
      readonly reach: Reach;
      readonly batches: readonly BatchJob[];
    }
  /** Adds all workers' gradients of a stretch into the first worker's, in order. */
  | { readonly kind: 'reduce'; readonly stretch: Stretch }
  | { readonly kind: 'update'; readonly update: UpdateJob };

/** Scores by batch and row, in the order of the job. */
export type RunScores = readonly (readonly TokenScores[])[];

export interface Replies {
  readonly score: RunScores;
  readonly accumulate: RunScores;
  /** Sum of squares of the stretch. */
  readonly reduce: number;
  /** Sum of squares of the weights that it was for, behind it. */
  readonly update: number;
}
