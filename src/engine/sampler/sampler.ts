import type { Weights } from '../model/weights.ts';

export interface SampleRequest {
  /** Token ids. The result depends on these, the weights and the numbers below, and on nothing else. */
  readonly prompt: readonly number[];
  readonly maxTokens: number;
  /** 0: the most probable token. */
  readonly temperature: number;
  /** Generation ends when the text holds one of these. The tokens that complete it are in `ids`. */
  readonly stop: readonly string[];
  /** 31-bit. */
  readonly seed: number;
}

export interface Sample {
  /** As sampled, the end-of-turn or stop tokens included. */
  readonly ids: readonly number[];
  /** Natural logarithm at temperature 1 over the whole vocabulary, one per id. */
  readonly logprobs: readonly number[];
  /** Of the ids, up to the stop sequence or the end-of-turn token. */
  readonly text: string;
  readonly stop: 'end' | 'stop-sequence' | 'length';
  /** Prompt tokens that were not computed again. */
  readonly cachedTokens: number;
}

/**
 * Continuous batching: a request joins the running batch as soon as a row is free. Prompts that begin as a recent
 * transcript did (the same system message; the same episode a turn earlier) go on from its keys and values.
 */
export interface Sampler extends AsyncDisposable {
  /** Most tokens of prompt and output. */
  readonly contextLength: number;
  /**
   * Takes other weights of the same shape, once what runs has ended. They are copied before this returns its promise.
   * Forgets every cached key and value. A sampler that lost a thread takes neither weights nor requests.
   */
  load(weights: Weights): Promise<void>;
  /** Rejects with the signal's reason when aborted. */
  sample(request: SampleRequest, signal?: AbortSignal): Promise<Sample>;
}
