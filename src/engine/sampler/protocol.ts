import type { ModelConfig } from '../model/config.ts';
import type { Sample, SampleRequest } from './sampler.ts';

/** Weights as they travel: the buffer is shared, not copied. */
export interface SentWeights {
  readonly config: ModelConfig;
  readonly valueHead: boolean;
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

export type ToWorker =
  | { readonly kind: 'sample'; readonly id: number; readonly request: SampleRequest }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'load'; readonly id: number; readonly weights: SentWeights };

/** An error as it travels: the fields of a SubterfugeError, where it was one. */
export interface SentError {
  readonly exitCode: 2 | 3 | null;
  readonly code: string;
  readonly what: string;
  readonly given: string | null;
  readonly allowed: string | null;
  readonly todo: string | null;
}

export type FromWorker =
  | { readonly kind: 'sampled'; readonly id: number; readonly sample: Sample }
  /** The weights of this request are in use. The first is for id 0: the worker is ready. */
  | { readonly kind: 'loaded'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SentError };
