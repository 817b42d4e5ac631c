/** SmolLM2-135M in the engine against transformers (interop/torch/record.py --smollm2). */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadCheckpoint } from '../../src/engine/checkpoint/checkpoint.ts';
import { createTrainer } from '../../src/engine/trainer/create-trainer.ts';

const DIRECTORY = '.models/smollm2-135m-instruct';
const recorded = z
  .object({
    ids: z.array(z.int()),
    columns: z.array(z.int()),
    logits: z.array(z.array(z.number())),
    logSumExp: z.array(z.number()),
  })
  .parse(JSON.parse(readFileSync('test/engine/recorded/smollm2.json', 'utf8')));

/** The recorded log p of `token` after the first `length` ids; null where its column was not recorded. */
const recordedLogprob = (length: number, token: number): number | null => {
  const logit = recorded.logits[length - 1]?.[recorded.columns.indexOf(token)];
  return logit === undefined ? null : logit - (recorded.logSumExp[length - 1] ?? Number.NaN);
};

test('log-probabilities at every position, and of 64 words spread over the vocabulary, within 1e-3', async () => {
  const { weights } = await loadCheckpoint(DIRECTORY);
  await using trainer = await createTrainer({ weights, workers: 1, tokensPerBatch: 128 });
  const whole = Int32Array.from(recorded.ids);
  const spread = recorded.columns.filter((column) => column % 769 === 0);
  expect(spread.length).toBe(64);
  // The whole text, and its first 24 ids followed by each of the 64 words.
  const ends = spread.map((token) => Int32Array.from([...recorded.ids.slice(0, 24), token]));
  const [said, ...saidEnds] = await trainer.score([whole, ...ends]);
  expect(said?.logprobs).toHaveLength(whole.length - 1);
  for (const [index, logprob] of (said?.logprobs ?? []).entries()) {
    const expected = recordedLogprob(index + 1, recorded.ids[index + 1] ?? -1);
    expect(Math.abs(logprob - (expected ?? Number.NaN))).toBeLessThan(1e-3);
  }
  for (const [index, { logprobs }] of saidEnds.entries()) {
    const expected = recordedLogprob(24, spread[index] ?? -1);
    expect(Math.abs((logprobs.at(-1) ?? 0) - (expected ?? Number.NaN))).toBeLessThan(1e-3);
  }
});
