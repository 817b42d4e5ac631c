import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rng } from '../../base/rng.ts';
import { loadCheckpoint } from '../checkpoint/checkpoint.ts';
import { randomWeights, TINY } from '../model/tiny.contract.ts';
import { engineDirectory } from '../open-model.ts';
import { chatIds } from '../tokenizer/chat.ts';
import { openTokenizer } from '../tokenizer/hugging-face.ts';
import { tinyTokenizer } from '../tokenizer/tiny.contract.ts';
import { createTrainer } from '../trainer/create-trainer.ts';
import { largestDifference } from '../trainer/trainer.contract.ts';
import { createSampler } from './create-sampler.ts';
import type { Sample, SampleRequest, Sampler } from './sampler.ts';

const tokenizer = tinyTokenizer();
const weights = randomWeights({}, '1');
const END = tokenizer.endId;

/** 64 requests of every kind: shared beginnings, equal prompts, all lengths, temperatures and ways to stop. */
const requests = (): SampleRequest[] => {
  const dice = rng('requests');
  const some = (length: number): number[] => Array.from({ length }, () => dice.int(256));
  const shared = some(40);
  const beginnings = [shared, some(25), some(3), []];
  return Array.from({ length: 64 }, (_, index) => ({
    prompt: index % 8 === 7 ? [...shared, 1, 2, 3] : [...dice.pick(beginnings), ...some(1 + dice.int(60))],
    maxTokens: 1 + dice.int(index % 16 === 0 ? 200 : 40),
    temperature: dice.pick([1, 1, 1, 0, 0.7, 1.6]),
    stop: dice.pick([[], ['</bash>'], ['e', ' the']]),
    seed: dice.seed31(),
  }));
};

/** What may not depend on anything but the request. */
const result = ({ ids, logprobs, text, stop }: Sample): unknown => ({ ids, logprobs, text, stop });
const results = (samples: readonly Sample[]): unknown[] => samples.map(result);

const FIRST = requests();
/** The next turn of each episode: what was said, and an answer to it. */
const followUps = (samples: readonly Sample[]): SampleRequest[] =>
  FIRST.flatMap((request, index) => {
    const ids = samples[index]?.ids ?? [];
    const prompt = [...request.prompt, ...ids, END, 5, 6, 7, index];
    return prompt.length + 10 > TINY.contextLength ? [] : [{ ...request, prompt, seed: index, maxTokens: 10 }];
  });

let alone: Sample[];
let aloneNext: Sample[];

beforeAll(async () => {
  await using sampler = await createSampler({ weights, tokenizer, workers: 1, rows: 1, cacheMb: 0 });
  alone = [];
  for (const request of FIRST) alone.push(await sampler.sample(request));
  aloneNext = [];
  for (const request of followUps(alone)) aloneNext.push(await sampler.sample(request));
  expect(aloneNext.length).toBeGreaterThan(30);
});

describe('a sample depends on its request alone', () => {
  test.each([
    ['all at once', { workers: 1, rows: 64 }],
    ['in few rows', { workers: 1, rows: 5 }],
    ['by two threads', { workers: 2, rows: 9 }],
    ['with room for hardly anything in the cache', { workers: 2, rows: 7, cacheMb: 0.05 }],
    ['without a cache', { workers: 1, rows: 33, cacheMb: 0 }],
  ])('%s, in any order, and in later turns', async (name, options) => {
    await using sampler = await createSampler({ weights, tokenizer, ...options });
    const order = rng(name).shuffle(FIRST.map((_, index) => index));
    const samples: Sample[] = [];
    await Promise.all(
      order.map(async (index) => {
        const request = FIRST[index];
        if (request !== undefined) samples[index] = await sampler.sample(request);
      }),
    );
    expect(results(samples)).toEqual(results(alone));
    const next = await Promise.all(followUps(samples).map((request) => sampler.sample(request)));
    expect(results(next)).toEqual(results(aloneNext));
    // The check has no teeth where nothing was taken from the cache.
    if (options.workers === 1 && options.rows > 60) {
      expect(next.reduce((sum, { cachedTokens }) => sum + cachedTokens, 0)).toBeGreaterThan(20 * next.length);
    }
  });

  test('and is another for another seed', async () => {
    await using sampler = await createSampler({ weights, tokenizer, workers: 1 });
    const [request] = FIRST.filter(({ temperature, maxTokens }) => temperature === 1 && maxTokens > 10);
    if (request === undefined) throw new Error('no such request');
    const other = await Promise.all([1, 2, 3, 4].map((seed) => sampler.sample({ ...request, seed })));
    expect(new Set(other.map(({ ids }) => ids.join())).size).toBe(4);
  });
});

describe('one sampler', () => {
  let sampler: Sampler;
  const base: SampleRequest = { prompt: [1, 2, 3], maxTokens: 30, temperature: 1, stop: [], seed: 1 };
  beforeAll(async () => {
    sampler = await createSampler({ weights, tokenizer, workers: 1, rows: 4 });
  });
  afterAll(async () => await sampler[Symbol.asyncDispose]());

  test('ends as it says: at the end of the turn, a stop sequence or the limit', async () => {
    const samples = await Promise.all(
      Array.from({ length: 40 }, (_, seed) => sampler.sample({ ...base, seed, maxTokens: 120, stop: ['a', 'qz'] })),
    );
    const kinds = new Set<string>();
    for (const { ids, logprobs, text, stop } of samples) {
      kinds.add(stop);
      const whole = tokenizer.decode(ids);
      expect(logprobs).toHaveLength(ids.length);
      for (const logprob of logprobs) expect(logprob).toBeLessThanOrEqual(0);
      expect(ids.slice(0, -1)).not.toContain(END);
      expect(stop === 'end').toBe(ids.at(-1) === END);
      expect(stop === 'stop-sequence').toBe(whole.includes('a') || whole.includes('qz'));
      expect(whole.startsWith(text)).toBe(true);
      if (stop !== 'stop-sequence') expect(text).toBe(whole);
      else expect(text).not.toContain('a');
    }
    expect(kinds).toContain('stop-sequence');
  });

  test('fills the context at most', async () => {
    const prompt = Array.from({ length: TINY.contextLength - 3 }, (_, i) => i % 200);
    const { ids, stop } = await sampler.sample({ ...base, prompt, temperature: 0 });
    expect(ids.length).toBeLessThanOrEqual(3);
    expect(stop === 'length' ? ids.length : 3).toBe(3);
    const full = sampler.sample({ ...base, prompt: [...prompt, 1, 2, 3] });
    await expect(full).rejects.toMatchObject({ code: 'context-full', exitCode: 2 });
  });

  test.each<[string, Partial<SampleRequest>]>([
    ['an empty prompt', { prompt: [] }],
    ['a foreign id', { prompt: [280] }],
    ['no tokens', { maxTokens: 0 }],
    ['a negative temperature', { temperature: -1 }],
    ['a seed that is too large', { seed: 2 ** 31 }],
  ])('refuses %s', async (_name, change) => {
    await expect(sampler.sample({ ...base, ...change })).rejects.toMatchObject({ code: 'bad-sample-request' });
  });

  test('an aborted request rejects with the reason and frees its row', async () => {
    const reason = new Error('enough');
    await expect(sampler.sample(base, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const long = { ...base, maxTokens: 150 };
    const aborted = Array.from({ length: 12 }, (_, seed) => sampler.sample({ ...long, seed }, controller.signal));
    const settled = Promise.allSettled(aborted);
    const kept = sampler.sample({ ...base, seed: 5 });
    controller.abort(reason);
    expect((await settled).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    for (const outcome of await settled) if (outcome.status === 'rejected') expect(outcome.reason).toBe(reason);
    expect(result(await kept)).toEqual(result(await sampler.sample({ ...base, seed: 5 })));
  });

  test('takes other weights after what runs, and before what comes', async () => {
    const other = randomWeights({}, '2');
    await using reference = await createSampler({ weights: other, tokenizer, workers: 1, rows: 4 });
    const before = sampler.sample(base);
    const loading = sampler.load(other);
    const after = sampler.sample(base);
    await loading;
    expect(result(await after)).toEqual(result(await reference.sample(base)));
    expect(result(await before)).not.toEqual(result(await after));
    await sampler.load(weights);
    expect(result(await sampler.sample(base))).toEqual(result(await before));
    await expect(sampler.load(randomWeights({ layers: 2 }, '1'))).rejects.toMatchObject({ code: 'other-shape' });
  });

  test('takes a temperature as small as there is one, as the most probable token', async () => {
    const coldest = await sampler.sample({ ...base, temperature: 1e-40 });
    expect(result(coldest)).toEqual(result(await sampler.sample({ ...base, temperature: 0 })));
  });

  test('takes weights of the same model, whatever the order of its keys', async () => {
    const { contextLength, ...others } = TINY;
    const turned = randomWeights({}, '1');
    const before = await sampler.sample(base);
    await sampler.load({ ...turned, config: { contextLength, ...others } });
    expect(result(await sampler.sample(base))).toEqual(result(before));
    // They were copied: what becomes of them is nothing to the sampler.
    const loading = sampler.load(turned);
    turned.flat.fill(0);
    await loading;
    expect(result(await sampler.sample(base))).toEqual(result(before));
  });

  test('says that a model gives no probabilities', async () => {
    const broken = randomWeights({}, '3');
    broken.flat[0] = Number.NaN;
    await using sick = await createSampler({ weights: broken, tokenizer, workers: 1 });
    await expect(sick.sample(base)).rejects.toMatchObject({ code: 'not-finite', exitCode: 3 });
  });
});

test('the log-probabilities are those of the trainer, within 1e-4', async () => {
  await using trainer = await createTrainer({ weights });
  const cold = FIRST.flatMap((request, index) => {
    const sample = alone[index];
    return sample === undefined ? [] : [{ prompt: request.prompt, sample }];
  });
  const scores = await trainer.score(cold.map(({ prompt, sample }) => Int32Array.from([...prompt, ...sample.ids])));
  let compared = 0;
  for (const [index, { prompt, sample }] of cold.entries()) {
    const { logprobs } = scores[index] ?? { logprobs: [] };
    for (const [place, logprob] of sample.logprobs.entries()) {
      expect(Math.abs((logprobs[prompt.length - 1 + place] ?? Number.NaN) - logprob)).toBeLessThan(1e-4);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(300);
});

test('and so are those of the shipped model, whose distributions are sharp', async () => {
  const directory = await engineDirectory('base');
  const { weights: shipped } = await loadCheckpoint(directory);
  const own = await openTokenizer(directory);
  await using sampler = await createSampler({ weights: shipped, tokenizer: own, workers: 1 });
  await using trainer = await createTrainer({ weights: shipped, workers: 1 });
  const prompt = chatIds(own, [{ role: 'user', text: 'Which files are here?' }]);
  const request = { prompt, maxTokens: 80, temperature: 1, stop: [] };
  const samples = await Promise.all([1, 2, 3, 4].map((seed) => sampler.sample({ ...request, seed })));
  const scores = await trainer.score(samples.map(({ ids }) => Int32Array.from([...prompt, ...ids])));
  for (const [index, { logprobs }] of samples.entries()) {
    expect(largestDifference(scores[index]?.logprobs.slice(prompt.length - 1) ?? [], logprobs)).toBeLessThan(1e-4);
  }
});

describe('a sampler that cannot be opened', () => {
  test.each([
    ['no threads', { workers: 0 }, 'bad-sampler-options'],
    ['half a row', { rows: 0.5 }, 'bad-sampler-options'],
    ['rows that are no number', { rows: Number.NaN }, 'bad-sampler-options'],
    ['more context than the model has', { contextLength: TINY.contextLength + 1 }, 'bad-sampler-options'],
  ])('%s', async (_name, options, code) => {
    await expect(createSampler({ weights, tokenizer, ...options })).rejects.toMatchObject({ code, exitCode: 2 });
  });

  test('a tokenizer of another model', async () => {
    const small = randomWeights({ vocabSize: 200 }, '1');
    await expect(createSampler({ weights: small, tokenizer })).rejects.toMatchObject({ code: 'wrong-tokenizer' });
  });
});
