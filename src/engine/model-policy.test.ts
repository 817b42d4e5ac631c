import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRequest, exampleTask } from '../policy/fixtures.contract.ts';
import { policyContract } from '../policy/policy.contract.ts';
import { type CompletionRequest, type Model, PolicyFault } from '../policy/policy.ts';
import { randomWeights } from './model/tiny.contract.ts';
import { engineModel } from './model-policy.ts';
import { createSampler } from './sampler/create-sampler.ts';
import type { Sampler } from './sampler/sampler.ts';
import { chatIds } from './tokenizer/chat.ts';
import { tinyTokenizer } from './tokenizer/tiny.contract.ts';
import type { Tokenizer } from './tokenizer/tokenizer.ts';

const tiny = tinyTokenizer();
/** A random model writes random bytes, which are no text: here every token reads as a letter instead. */
const letter = (id: number): Uint8Array =>
  tiny.bytes(id).length === 0 ? new Uint8Array() : Uint8Array.of(97 + (id % 26));
const tokenizer: Tokenizer = {
  ...tiny,
  bytes: letter,
  decode: (ids) => Buffer.concat(ids.map(letter)).toString('utf8'),
};
const CONTEXT = 400;
const weights = randomWeights({ contextLength: CONTEXT }, '1');

const opened = async (): Promise<Model> => {
  const sampler = await createSampler({ weights, tokenizer, workers: 1, rows: 8 });
  return engineModel({ spec: 'engine:tiny', version: 'v1', sampler, tokenizer, owns: true });
};

policyContract({
  name: 'engine',
  open: opened,
  task: exampleTask,
  request: exampleRequest,
  deterministic: true,
  honoursLimits: true,
  dialects: ['tags'],
});

describe('a policy on the engine', () => {
  let model: Model;
  beforeAll(async () => {
    model = await opened();
  });
  afterAll(async () => await model[Symbol.asyncDispose]());
  const complete = (change: Partial<CompletionRequest> = {}, index = 0) =>
    model.policyFor(exampleTask(index), `t/${index}`).complete({ ...exampleRequest('tags', index), ...change });
  const faultOf = async (promise: Promise<unknown>): Promise<PolicyFault> => {
    const thrown: unknown = await promise.then(
      () => null,
      (error: unknown) => error,
    );
    if (thrown instanceof PolicyFault) return thrown;
    throw new Error(`expected a fault, got ${String(thrown)}`);
  };

  test('gives ids and log-probabilities as sampled, and echoes the ids', async () => {
    const { parts, tokens, echo, usage } = await complete({ stop: [] });
    expect(tokens?.ids).toHaveLength(usage.outputTokens);
    expect(echo).toEqual({ ids: tokens?.ids });
    expect(parts).toEqual([{ kind: 'text', text: tokenizer.decode(tokens?.ids ?? []) }]);
    expect(usage).toMatchObject({ usd: 0, cachedTokens: 0 });
    expect(usage.inputTokens).toBe(chatIds(tokenizer, exampleTask(0).messages).length);
    expect([model.repeatable, model.hasOwnTemperature === true]).toEqual([true, false]);
  });

  test('never tokenises a turn of its own again', async () => {
    const first = await complete();
    const messages = [
      ...exampleTask(0).messages,
      { role: 'assistant', parts: [], raw: tokenizer.decode(first.tokens?.ids ?? []), echo: first.echo },
      { role: 'user', text: 'next' },
    ] as const;
    const { usage } = await complete({ messages });
    expect(usage.inputTokens).toBe(chatIds(tokenizer, messages).length);
  });

  test('a transcript that outgrew the context is an outcome of the policy', async () => {
    const long = await faultOf(complete({ messages: [{ role: 'user', text: 'xyz '.repeat(CONTEXT) }] }));
    expect(long).toMatchObject({ scope: 'request', fault: { code: 'context-full', side: 'policy' } });
    const nearly = [{ role: 'user', text: '!'.repeat(CONTEXT - 30) }] as const;
    const room = CONTEXT - chatIds(tokenizer, nearly).length;
    expect(room).toBeGreaterThan(0);
    const { usage } = await complete({ messages: nearly, maxOutputTokens: 1_000 });
    expect(usage.outputTokens).toBeLessThanOrEqual(room);
  });

  test('speaks tags only', async () => {
    const fault = await faultOf(complete({ dialect: 'native' }));
    expect(fault).toMatchObject({ scope: 'model', fault: { code: 'bad-request', side: 'host' } });
  });

  test('a sampler that was lost is a fault of the host that no request survives', async () => {
    const sampler: Sampler = await createSampler({ weights, tokenizer, workers: 1 });
    const other = engineModel({ spec: 'engine:x', version: 'v1', sampler, tokenizer });
    await sampler[Symbol.asyncDispose]();
    const fault = await faultOf(other.policyFor(exampleTask(0), 'x').complete(exampleRequest('tags', 0)));
    expect(fault).toMatchObject({ scope: 'model', fault: { code: 'host-error', side: 'host' } });
    expect(fault.message).toMatch(/sampler was closed/);
  });

  test('a sampler that is not its own stays open', async () => {
    await using sampler = await createSampler({ weights, tokenizer, workers: 1 });
    const other = engineModel({ spec: 'engine:x', version: 'v1', sampler, tokenizer });
    await other[Symbol.asyncDispose]();
    const sample = await sampler.sample({ prompt: [1], maxTokens: 2, temperature: 1, stop: [], seed: 1 });
    expect(sample.ids.length).toBeGreaterThan(0);
  });
});
