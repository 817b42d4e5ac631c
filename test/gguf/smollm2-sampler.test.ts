import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadCheckpoint } from '../../src/engine/checkpoint/checkpoint.ts';
import { createSampler } from '../../src/engine/sampler/create-sampler.ts';
import { openTokenizer } from '../../src/engine/tokenizer/hugging-face.ts';

const DIRECTORY = '.models/smollm2-135m-instruct';
const recorded = z
  .object({
    ids: z.array(z.int()),
    columns: z.array(z.int()),
    logits: z.array(z.array(z.number())),
    logSumExp: z.array(z.number()),
    argmax: z.array(z.int()),
  })
  .parse(JSON.parse(readFileSync('test/engine/recorded/smollm2.json', 'utf8')));

test('the sampler continues SmolLM2 as PyTorch does: the same most probable token, its log-probability within 1e-3', async () => {
  const tokenizer = await openTokenizer(DIRECTORY);
  const { weights } = await loadCheckpoint(DIRECTORY);
  await using sampler = await createSampler({ weights, tokenizer, workers: 1, rows: 4, contextLength: 256 });
  let compared = 0;
  for (let length = 5; length <= recorded.ids.length; length += 4) {
    const prompt = recorded.ids.slice(0, length);
    const sample = await sampler.sample({ prompt, maxTokens: 1, temperature: 0, stop: [], seed: 1 });
    expect(sample.ids).toEqual([recorded.argmax[length - 1]]);
    const column = recorded.columns.indexOf(recorded.argmax[length - 1] ?? -1);
    const logit = recorded.logits[length - 1]?.[column];
    if (logit === undefined) continue;
    expect(Math.abs((sample.logprobs[0] ?? 0) - (logit - (recorded.logSumExp[length - 1] ?? 0)))).toBeLessThan(1e-3);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(3);
});
