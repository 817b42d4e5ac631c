import { inputError } from '../../base/errors.ts';
import { sameModel } from '../model/config.ts';
import { parameterSpecs, totalSize } from '../model/parameters.ts';
import { giveBack, sharedFloats } from '../model/shared-memory.ts';
import type { Weights } from '../model/weights.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { affinity } from './affinity.ts';
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
  /** Most tokens of prompt and output. At most, and by default, the model's. */
  readonly contextLength?: number;
}

const REMEMBERED_TRANSCRIPTS = 8_192;

/**
 * A copy that the sampler owns, so that it can be given back; without the value head, which stands last. Else the threads,
 * which make little garbage, would keep every set of weights for a long time.
 */
const copied = ({ config, flat }: Weights): SentWeights => {
  const copy = sharedFloats(totalSize(parameterSpecs(config, { valueHead: false })));
  copy.set(flat.subarray(0, copy.length));
  return { config, flat: copy };
};

const tokenTable = (tokenizer: Tokenizer, vocabSize: number): Pick<WorkerSetup, 'tokenBytes' | 'tokenStarts'> => {
  const starts = new Int32Array(new SharedArrayBuffer(4 * (vocabSize + 1)));
  for (let id = 0; id < vocabSize; id++) starts[id + 1] = (starts[id] ?? 0) + tokenizer.bytes(id).length;
  const bytes = new Uint8Array(new SharedArrayBuffer(starts[vocabSize] ?? 0));
  for (let id = 0; id < vocabSize; id++) bytes.set(tokenizer.bytes(id), starts[id] ?? 0);
  return { tokenBytes: bytes, tokenStarts: starts };
};

const within = (name: string, value: number, least: number, most: number): void => {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw inputError({
    code: 'bad-sampler-options',
    what: `"${name}" of a sampler is not possible.`,
    given: String(value),
    allowed: `a whole number of at least ${least}${most === Number.POSITIVE_INFINITY ? '' : ` and at most ${most}`}`,
  });
};

/** Throws `bad-sample-request`, or `context-full` where the prompt leaves no room. */
const checkRequest = (request: SampleRequest, vocabSize: number, contextLength: number): void => {
  const { prompt, maxTokens, temperature, seed } = request;
  const bad = (what: string, given: unknown, allowed: string): Error =>
    inputError({ code: 'bad-sample-request', what, given: String(given), allowed });
  if (prompt.length === 0) throw bad('A prompt has at least one token.', '[]', 'token ids');
  const foreign = prompt.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (foreign !== undefined) throw bad('The prompt holds what is no token id.', foreign, `0 to ${vocabSize - 1}`);
  if (!(Number.isInteger(maxTokens) && maxTokens >= 1)) throw bad('maxTokens is at least 1.', maxTokens, '1, 2, ...');
  if (!(temperature >= 0 && Number.isFinite(temperature)))
    throw bad('This is not a temperature.', temperature, '0 and above');
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31))
    throw bad('This is not a 31-bit seed.', seed, '0 to 2^31 - 1');
  if (prompt.length >= contextLength) {
    throw inputError({
      code: 'context-full',
      what: `The prompt has ${prompt.length} tokens and leaves no room for an answer.`,
      given: `${prompt.length} tokens`,
      allowed: `fewer than ${contextLength} tokens (contextLength)`,
      todo: 'Give the episode a smaller limit of turns or bytes.',
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
  within('workers', count, 1, Number.POSITIVE_INFINITY);
  within('rows', rows, 1, Number.POSITIVE_INFINITY);
  if (!(cacheMb >= 0)) {
    throw inputError({
      code: 'bad-sampler-options',
      what: '"cacheMb" of a sampler is not possible.',
      given: String(cacheMb),
      allowed: 'megabytes, 0 or more',
    });
  }
  within('contextLength', contextLength, 2, config.contextLength);
  if (tokenizer.vocabSize > config.vocabSize) {
    throw inputError({
      code: 'wrong-tokenizer',
      what: 'The tokenizer has more tokens than the model, so it is not the tokenizer of this model.',
      given: `${tokenizer.vocabSize} tokens`,
      allowed: `at most ${config.vocabSize}`,
      todo: 'Take weights and tokenizer from one checkpoint.',
    });
  }

  let current = copied(options.weights);
  const setup: WorkerSetup = {
    weights: current,
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
    giveBack(current.flat);
    throw failure.reason;
  }
  const transcripts = affinity(REMEMBERED_TRANSCRIPTS);

  /** The least loaded thread, or the one that has read the beginning, if that costs no long wait. */
  const choose = (prompt: readonly number[]): number => {
    const loadOf = (index: number): number => workers[index]?.load ?? Number.POSITIVE_INFINITY;
    const least = workers.reduce((best, _, index) => (loadOf(index) < loadOf(best) ? index : best), 0);
    const familiar = transcripts.find(prompt);
    if (familiar === null) return least;
    return loadOf(familiar) <= loadOf(least) + rows / 4 ? familiar : least;
  };
  const workerAt = (index: number): SamplingWorker => {
    const worker = workers[index];
    if (worker === undefined) throw new Error(`no worker ${index}`);
    return worker;
  };

  /** Half a sampler would be a run at half its speed that does not say why. */
  const checkWhole = (): void => {
    for (const { lost } of workers) if (lost !== null) throw lost;
  };
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    giveBack(current.flat);
  };

  return {
    contextLength,
    load: async (next) => {
      checkWhole();
      if (!sameModel(config, next.config)) {
        throw inputError({
          code: 'other-shape',
          what: 'A sampler takes only weights of the shape that it was opened with.',
          given: JSON.stringify(next.config),
          allowed: JSON.stringify(config),
          todo: 'Open another sampler.',
        });
      }
      const before = current;
      const fresh = copied(next);
      current = fresh;
      transcripts.clear();
      await Promise.all(workers.map((worker) => worker.loadWeights(fresh)));
      // Every thread has the new ones, so none reads the old ones.
      giveBack(before.flat);
    },
    sample: async (request, signal) => {
      checkWhole();
      checkRequest(request, config.vocabSize, contextLength);
      const index = choose(request.prompt);
      const sample = await workerAt(index).sample(request, signal);
      transcripts.remember(index, request.prompt, sample.ids);
      return sample;
    },
    [Symbol.asyncDispose]: async () => {
      closing ??= close();
      await closing;
    },
  };
};
