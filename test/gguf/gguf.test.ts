import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exampleRequest, exampleTask } from '../../src/policy/fixtures.contract.ts';
import { type GgufOptions, ggufModel } from '../../src/policy/gguf.ts';
import { policyContract } from '../../src/policy/policy.contract.ts';

/** Put there by `python3 interop/smollm2/fetch.py`. */
const MODEL = '.models/smollm2-135m-instruct.gguf';

/** An optional peer: these tests are for machines that have it. */
const installed = existsSync('node_modules/node-llama-cpp');

const small: GgufOptions = { contextSize: 512, threads: 1 };

if (existsSync(MODEL) && installed) {
  for (const sequences of [1, 3]) {
    policyContract({
      name: `gguf with ${sequences} sequences`,
      open: async () => await ggufModel(MODEL, { ...small, sequences }),
      task: exampleTask,
      request: (dialect, index) => ({ ...exampleRequest(dialect, index), maxOutputTokens: 12 }),
      deterministic: sequences === 1,
      honoursLimits: true,
      dialects: ['tags'],
    });
  }

  describe('SmolLM2', () => {
    test('follows its chat template, gives a log-probability per token, and does not overrun its context', async () => {
      await using model = await ggufModel(MODEL, small);
      const policy = model.policyFor(exampleTask(0), 'x/0');
      const request = { ...exampleRequest('tags', 0), temperature: 0, maxOutputTokens: 16, stop: [] };
      const question = [{ role: 'user', text: 'What is the capital of France? Answer with one word.' }] as const;
      const { parts, tokens, usage } = await policy.complete({ ...request, messages: question });
      expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')).toContain('Paris');
      expect(tokens?.ids).toHaveLength(usage.outputTokens);
      expect(model.version).toMatch(/^[0-9a-f]{12}$/);
      const long = [{ role: 'user', text: 'word '.repeat(600) }] as const;
      await expect(policy.complete({ ...request, messages: long })).rejects.toMatchObject({
        fault: { code: 'context-full', side: 'policy' },
      });
      await expect(policy.complete({ ...request, dialect: 'native' })).rejects.toThrow(/tags dialect only/);
    });

    test('keeps the evaluated transcript for the next turn where asked to', async () => {
      await using model = await ggufModel(MODEL, { ...small, reusePrefix: true });
      const policy = model.policyFor(exampleTask(0), 'x/0');
      const request = { ...exampleRequest('tags', 0), temperature: 0, maxOutputTokens: 4 };
      const one = await policy.complete(request);
      const again = await policy.complete(request);
      expect(one.usage.cachedTokens).toBe(0);
      expect(again.usage.cachedTokens).toBe(one.usage.inputTokens - 1);
      expect(again.parts).toEqual(one.parts);
    });

    test('disposing ends a running completion with a fault', async () => {
      const model = await ggufModel(MODEL, small);
      const work = model
        .policyFor(exampleTask(0), 'x/0')
        .complete({ ...exampleRequest('tags', 0), maxOutputTokens: 300, stop: [] });
      const ended = expect(work).rejects.toMatchObject({ fault: { code: 'aborted' } });
      await model[Symbol.asyncDispose]();
      await ended;
    });
  });
} else {
  test(`node-llama-cpp and ${MODEL} are here: bash interop/smollm2/setup.sh`, () => expect.unreachable());
}
