/**
 * A program that takes new weights, trainers or shapes again and again, in a process of its own: prints its memory in MB on
 * the way. Argument: reloads, trainers or shapes.
 */
import type { ModelConfig } from '../model/config.ts';
import { shippedShapeWeights } from '../model/shipped-shape.contract.ts';
import { tinyTokenizer } from '../tokenizer/tiny.contract.ts';
import { createTrainer } from '../trainer/create-trainer.ts';
import { createSampler } from './create-sampler.ts';

/** 20 MB, most of it in the table of tokens: quick to open. */
const WIDE: Partial<ModelConfig> = { layers: 1, vocabSize: 24_000 };
const memory: number[] = [];
const measure = (): void => {
  memory.push(Math.round(process.memoryUsage().rss / 1e6));
};

const reloads = async (): Promise<void> => {
  const weights = shippedShapeWeights(WIDE);
  await using sampler = await createSampler({ weights, tokenizer: tinyTokenizer(), workers: 1 });
  await using trainer = await createTrainer({ weights, workers: 1 });
  const snapshot = await trainer.snapshot();
  for (let i = 1; i <= 40; i++) {
    await sampler.load(await trainer.snapshot(snapshot));
    await sampler.sample({ prompt: [1, 2, 3], maxTokens: 2, temperature: 1, stop: [], seed: 1 });
    if (i % 10 === 0) measure();
  }
};

const trainers = async (): Promise<void> => {
  const weights = shippedShapeWeights(WIDE);
  for (let i = 1; i <= 10; i++) {
    await using trainer = await createTrainer({ weights, workers: 1 });
    await trainer.score([Int32Array.of(1, 2, 3)]);
    if (i % 2 === 0) measure();
  }
};

const shapes = async (): Promise<void> => {
  await using trainer = await createTrainer({ weights: shippedShapeWeights(), workers: 1 });
  for (const length of [310, 60, 90, 120, 190, 250, 380, 500]) {
    const rows = Math.floor(640 / (length + 12));
    const credit = () => ({ ids: new Int32Array(length).fill(5), logprobs: new Float32Array(length - 1).fill(-0.01) });
    await trainer.accumulate(Array.from({ length: Math.max(1, rows) }, credit));
    measure();
  }
};

const works: Readonly<Record<string, () => Promise<void>>> = { reloads, trainers, shapes };
await works[process.argv[2] ?? '']?.();
process.stdout.write(JSON.stringify(memory));
