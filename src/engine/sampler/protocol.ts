import type { ModelConfig } from '../model/config.ts';
import type { Sample, SampleRequest } from './sampler.ts';

/** Weights as they travel, without a value head: the buffer is shared, not copied. */
export interface SentWeights {
  readonly config: ModelConfig;
  readonly flat: Float32Array<SharedArrayBuffer>;
}

/** What a worker is started with. */
export interface WorkerSetup {
  readonly weights: SentWeights;
  readonly maxRows: number;
  readonly contextLength: number;
  readonly parkedNumbers: number;
  readonly endId: number;
  /** The bytes of all ids, one after another, and where each begins; one place more than there are ids. */
  readonly tokenBytes: Uint8Array<SharedArrayBuffer>;
  readonly tokenStarts: Int32Array<SharedArrayBuffer>;
}

export type Job =
  /** Answered once the weights of the setup are in use. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'sample'; readonly request: SampleRequest }
  /** Answered once these weights are in use, and none before them any more. */
  | { readonly kind: 'load'; readonly weights: SentWeights };

/** Null but for a sample. */
export type Answer = Sample | null;
