import { rng } from '../../src/base/rng.ts';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { initialise } from '../../src/engine/model/initialise.ts';
import { createSampler } from '../../src/engine/sampler/create-sampler.ts';
import type { Tokenizer } from '../../src/engine/tokenizer/tokenizer.ts';
import { createTrainer } from '../../src/engine/trainer/create-trainer.ts';
import type { Credit, OptimiserStep } from '../../src/engine/trainer/trainer.ts';

/** Something whose speed is measured: one call of `run` processes that many tokens. */
export interface Work extends AsyncDisposable {
  readonly tokens: number;
  run(): Promise<void>;
}

const WARM_UPS = 2;

/** Tokens per second: the median of `repeats` calls after two that do not count, as interop/torch/speed.py has it. */
export const medianRate = async ({ run, tokens }: Work, repeats: number): Promise<number> => {
  const milliseconds: number[] = [];
  for (let i = 0; i < WARM_UPS + repeats; i++) {
    const begunMs = performance.now();
    await run();
    if (i >= WARM_UPS) milliseconds.push(performance.now() - begunMs);
  }
  const middle = milliseconds.sort((a, b) => a - b)[Math.floor(repeats / 2)] ?? Number.NaN;
  return (1000 * tokens) / middle;
};

const STEP: OptimiserStep = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0.01,
  maxGradientNorm: 1,
};

export interface TrainingOptions {
  readonly config: ModelConfig;
  readonly batch: number;
  /** Positions of a sequence. */
  readonly length: number;
  readonly threads: number;
  /** Null: the trainer's own choice. */
  readonly tokensPerBatch: number | null;
}

/** Cross-entropy over random tokens, one AdamW update a batch. */
export const trainingWork = async (options: TrainingOptions): Promise<Work> => {
  const { config, batch, length, threads, tokensPerBatch } = options;
  const dice = rng('bench/engine/training');
  const credits = Array.from(
    { length: batch },
    (): Credit => ({
      ids: Int32Array.from({ length }, () => dice.int(config.vocabSize)),
      logprobs: new Float32Array(length - 1).fill(-1 / (batch * (length - 1))),
    }),
  );
  const trainer = await createTrainer({
    weights: initialise(config, dice.fork('weights')),
    workers: threads,
    ...(tokensPerBatch === null ? {} : { tokensPerBatch }),
  });
  return {
    tokens: batch * length,
    run: async () => {
      await trainer.accumulate(credits);
      await trainer.apply(STEP);
    },
    [Symbol.asyncDispose]: () => trainer[Symbol.asyncDispose](),
  };
};

/** Every token is a letter, and no end of turn: so that every request has all its tokens. */
const endless = (vocabSize: number): Tokenizer => {
  const letters = Array.from({ length: vocabSize }, (_, id) => Uint8Array.of(97 + (id % 26)));
  const none = new Uint8Array(0);
  return {
    vocabSize,
    endId: -1,
    encode: (text) => [...text].map((letter) => letter.charCodeAt(0) - 97),
    decode: (ids) => ids.map((id) => String.fromCharCode(97 + (id % 26))).join(''),
    special: () => null,
    bytes: (id) => letters[id] ?? none,
  };
};

export interface SamplingOptions {
  readonly config: ModelConfig;
  /** Requests made at once. */
  readonly requests: number;
  /** Of them side by side in a thread. */
  readonly rows: number;
  /** Tokens sampled for a request. */
  readonly length: number;
  readonly threads: number;
}

/** Requests with a prompt of one token, temperature 1, with the stop sequence that episodes have. */
export const samplingWork = async (options: SamplingOptions): Promise<Work> => {
  const { config, requests, rows, length, threads } = options;
  const sampler = await createSampler({
    weights: initialise(config, rng('bench/engine/sampling')),
    tokenizer: endless(config.vocabSize),
    workers: threads,
    rows,
  });
  let call = 0;
  return {
    tokens: requests * length,
    run: async () => {
      const first = call++ * requests;
      const samples = await Promise.all(
        Array.from({ length: requests }, (_, index) =>
          sampler.sample({
            prompt: [index % config.vocabSize],
            maxTokens: length,
            temperature: 1,
            stop: ['</bash>'],
            seed: first + index,
          }),
        ),
      );
      const short = samples.find(({ ids }) => ids.length !== length);
      if (short !== undefined) throw new Error(`a request ended after ${short.ids.length} of ${length} tokens`);
    },
    [Symbol.asyncDispose]: () => sampler[Symbol.asyncDispose](),
  };
};
