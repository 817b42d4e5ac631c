import { inputError } from '../../base/errors.ts';
import { hasValueHead, type Weights } from '../model/weights.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { affinity } from './affinity.ts';
import { sameShape } from './graphs.ts';
import type { SentWeights, WorkerSetup } from './protocol.ts';
import type { SampleRequest, Sampler } from './sampler.ts';
import { type SamplingWorker, samplingWorker } from './sampling-worker.ts';

export interface SamplerOptions {
  readonly weights: Weights;
  readonly tokenizer: Tokenizer;
  /** Threads; each holds the model. Default 2. */
  readonly workers?: number;
  /** Requests that a thread samples side by side. Default 32. */
  readonly rows?: number;
  /** Most megabytes of keys and values that a thread keeps of what it has answered. 0: none. Default 96. */
  readonly cacheMb?: number;
  /** Most tokens of prompt and output. Default: the model's. */
  readonly contextLength?: number;
}

const REMEMBERED_TRANSCRIPTS = 8_192;

const sent = (weights: Weights): SentWeights => ({
  config: weights.config,
  valueHead: hasValueHead(weights),
  flat: weights.flat,
});

const tokenTable = (tokenizer: Tokenizer, vocabSize: number): Pick<WorkerSetup, 'tokenBytes' | 'tokenStarts'> => {
  const starts = new Int32Array(new SharedArrayBuffer(4 * (vocabSize + 1)));
  for (let id = 0; id < vocabSize; id++) starts[id + 1] = (starts[id] ?? 0) + tokenizer.bytes(id).length;
  const bytes = new Uint8Array(new SharedArrayBuffer(starts[vocabSize] ?? 0));
  for (let id = 0; id < vocabSize; id++) bytes.set(tokenizer.bytes(id), starts[id] ?? 0);
  return { tokenBytes: bytes, tokenStarts: starts };
};

const atLeast = (name: string, value: number, least: number): void => {
  if (Number.isInteger(value) && value >= least) return;
  throw inputError({
    code: 'bad-sampler-options',
    what: `${name} of a sampler is a whole number of at least ${least}`,
    given: String(value),
    allowed: `${least}, ${least + 1}, ...`,
  });
};

/** Throws `bad-sample-request`, or `context-full` where the prompt leaves no room. */
const checkRequest = (request: SampleRequest, vocabSize: number, contextLength: number): void => {
  const { prompt, maxTokens, temperature, seed } = request;
  const bad = (what: string, given: unknown, allowed: string): Error =>
    inputError({ code: 'bad-sample-request', what, given: String(given), allowed });
  if (prompt.length === 0) throw bad('a prompt has at least one token', '[]', 'token ids');
  const foreign = prompt.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (foreign !== undefined) throw bad('the prompt holds what is no token id', foreign, `0 to ${vocabSize - 1}`);
  if (!(Number.isInteger(maxTokens) && maxTokens >= 1)) throw bad('maxTokens is at least 1', maxTokens, '1, 2, ...');
  if (!(temperature >= 0 && Number.isFinite(temperature))) throw bad('not a temperature', temperature, '0 and above');
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) throw bad('not a 31-bit seed', seed, '0 to 2^31 - 1');
  if (prompt.length >= contextLength) {
    throw inputError({
      code: 'context-full',
      what: `the prompt has ${prompt.length} tokens and leaves no room for an answer`,
      given: `${prompt.length} tokens`,
      allowed: `fewer than ${contextLength} tokens (contextLength)`,
      todo: 'give the episode a smaller limit of turns or bytes',
    });
  }
};

/**
 * Opens a sampler with its threads. A sample depends on the request and the weights alone: not on the number of threads
 * or rows, on what else is sampled, on the order of arrival or on what the cache holds (only `cachedTokens` tells).
 */
export const createSampler = async (options: SamplerOptions): Promise<Sampler> => {
  const { tokenizer, workers: count = 2, rows = 32, cacheMb = 96 } = options;
  const { config } = options.weights;
  const contextLength = options.contextLength ?? config.contextLength;
  atLeast('workers', count, 1);
  atLeast('rows', rows, 1);
  if (!(cacheMb >= 0)) {
    throw inputError({
      code: 'bad-sampler-options',
      what: 'not a size',
      given: String(cacheMb),
      allowed: 'cacheMb >= 0',
    });
  }
  atLeast('contextLength', contextLength, 2);
  if (tokenizer.vocabSize > config.vocabSize) {
    throw inputError({
      code: 'wrong-tokenizer',
      what: 'the tokenizer has more tokens than the model, so it is not the tokenizer of this model',
      given: `${tokenizer.vocabSize} tokens`,
      allowed: `at most ${config.vocabSize}`,
      todo: 'take weights and tokenizer from one checkpoint',
    });
  }

  let weights = options.weights;
  const setup: WorkerSetup = {
    weights: sent(weights),
    maxRows: rows,
    contextLength,
    parkedNumbers: Math.floor((cacheMb * 1_000_000) / Float32Array.BYTES_PER_ELEMENT),
    endId: tokenizer.endId,
    ...tokenTable(tokenizer, config.vocabSize),
  };
  const started = await Promise.allSettled(Array.from({ length: count }, () => samplingWorker(setup)));
  const workers = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) {
    for (const worker of workers) await worker[Symbol.asyncDispose]();
    throw failure.reason;
  }
  const transcripts = affinity(REMEMBERED_TRANSCRIPTS);

  /** The least loaded thread, or the one that has read the beginning, if that costs no long wait. */
  const choose = (prompt: readonly number[]): number => {
    const living = workers.flatMap((worker, index) => (worker.lost === null ? [index] : []));
    const loadOf = (index: number): number => workers[index]?.load ?? Number.POSITIVE_INFINITY;
    const least = living.reduce((best, index) => (loadOf(index) < loadOf(best) ? index : best), living[0] ?? 0);
    const familiar = transcripts.find(prompt);
    if (familiar === null || !living.includes(familiar)) return least;
    return loadOf(familiar) <= loadOf(least) + rows / 4 ? familiar : least;
  };
  const workerAt = (index: number): SamplingWorker => {
    const worker = workers[index];
    if (worker === undefined) throw new Error(`no worker ${index}`);
    return worker;
  };

  return {
    load: async (next) => {
      if (!sameShape(weights, next)) {
        throw inputError({
          code: 'other-shape',
          what: 'a sampler takes only weights of the shape that it was opened with',
          given: JSON.stringify(next.config),
          allowed: JSON.stringify(weights.config),
          todo: 'open another sampler',
        });
      }
      weights = next;
      transcripts.clear();
      await Promise.all(workers.map((worker) => worker.loadWeights(sent(next))));
    },
    sample: async (request, signal) => {
      checkRequest(request, config.vocabSize, contextLength);
      const index = choose(request.prompt);
      const sample = await workerAt(index).sample(request, signal);
      transcripts.remember(index, request.prompt, sample.ids);
      return sample;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    },
  };
};
