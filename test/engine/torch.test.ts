/** The engine against PyTorch and transformers, as interop/torch/record.py recorded them: a random Llama of 2 layers. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCheckpoint } from '../../src/engine/checkpoint/checkpoint.ts';
import { readSafetensors } from '../../src/engine/checkpoint/safetensors.ts';
import type { Weights } from '../../src/engine/model/weights.ts';
import { createTrainer } from '../../src/engine/trainer/create-trainer.ts';
import type { Credit, TokenScores } from '../../src/engine/trainer/trainer.ts';

const DIRECTORY = 'test/engine/recorded/tiny';
const numbers = z.array(z.number());
const record = z
  .object({
    optimiser: z.object({
      lr: z.number(),
      betas: z.tuple([z.number(), z.number()]),
      eps: z.number(),
      weight_decay: z.number(),
      maxGradientNorm: z.number(),
    }),
    sequences: z.array(z.array(z.int())),
    credits: z.array(numbers),
    entropyCredits: z.array(numbers),
    steps: z.array(
      z.object({
        loss: z.number(),
        gradientNorm: z.number(),
        scores: z.array(z.object({ logprobs: numbers, entropies: numbers })).nullable(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(`${DIRECTORY}/record.json`, 'utf8')));

const credits = record.sequences.map(
  (ids, index): Credit => ({
    ids: Int32Array.from(ids),
    logprobs: Float32Array.from(record.credits[index] ?? []),
    entropies: Float32Array.from(record.entropyCredits[index] ?? []),
  }),
);

let weights: Weights;
beforeAll(async () => {
  ({ weights } = await loadCheckpoint(DIRECTORY));
});

const tensorsOf = async (path: string): Promise<Map<string, Float32Array>> => {
  const out = new Map<string, Float32Array>();
  await readSafetensors(path, ({ name, shape }) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    out.set(name, data);
    return data;
  });
  return out;
};

const worst = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  expect(left.length).toBe(right.length);
  return Array.from(left, (value, index) => Math.abs(value - (right[index] ?? Number.NaN))).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
};

const dot = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left, (value, index) => value * (right[index] ?? 0)).reduce((a, b) => a + b, 0);

const lossOf = (said: readonly TokenScores[]): number =>
  said.reduce(
    (sum, { logprobs, entropies }, index) =>
      sum + dot(logprobs, record.credits[index] ?? []) + dot(entropies, record.entropyCredits[index] ?? []),
    0,
  );

test('log-probabilities and entropies of every token', async () => {
  await using trainer = await createTrainer({ weights, workers: 1 });
  const said = await trainer.score(record.sequences.map((ids) => Int32Array.from(ids)));
  const expected = record.steps[0]?.scores ?? [];
  expect(expected).toHaveLength(said.length);
  for (const [index, { logprobs, entropies }] of said.entries()) {
    expect(worst(logprobs, expected[index]?.logprobs ?? [])).toBeLessThan(2e-5);
    expect(worst(entropies, expected[index]?.entropies ?? [])).toBeLessThan(2e-5);
  }
});

test('the gradient of every tensor', async () => {
  await using trainer = await createTrainer({ weights, workers: 1 });
  await trainer.accumulate(credits);
  // With these numbers AdamW is the plain gradient: weights go down by exactly it.
  await trainer.apply({
    learningRate: 1e6,
    beta1: 0,
    beta2: 0,
    eps: 1e6,
    weightDecay: 0,
    maxGradientNorm: Number.POSITIVE_INFINITY,
  });
  const after = await trainer.snapshot();
  const gradients = await tensorsOf(`${DIRECTORY}/gradients.safetensors`);
  expect([...gradients.keys()].sort()).toEqual([...weights.tensors.keys()].sort());
  for (const [name, gradient] of gradients) {
    const before = weights.tensors.get(name)?.data ?? new Float32Array();
    const moved = before.map((value, index) => value - (after.tensors.get(name)?.data[index] ?? 0));
    const largest = gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest, name).toBeGreaterThan(0);
    expect(worst(moved, gradient) / largest, name).toBeLessThan(1e-4);
  }
});

test('three steps of AdamW with clipping: losses, gradient norms, and the weights after them', async () => {
  await using trainer = await createTrainer({ weights });
  const { lr, betas, eps, weight_decay: weightDecay, maxGradientNorm } = record.optimiser;
  const step = { learningRate: lr, beta1: betas[0], beta2: betas[1], eps, weightDecay, maxGradientNorm };
  for (const { loss, gradientNorm } of record.steps) {
    expect(lossOf(await trainer.accumulate(credits))).toBeCloseTo(loss, 5);
    expect((await trainer.apply(step)).gradientNorm / gradientNorm).toBeCloseTo(1, 4);
  }
  const after = await trainer.snapshot();
  for (const [name, expected] of await tensorsOf(`${DIRECTORY}/after.safetensors`)) {
    expect(worst(after.tensors.get(name)?.data ?? [], expected), name).toBeLessThan(1e-4);
  }
});
