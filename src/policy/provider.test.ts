import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import type { DialectName } from '../record/rollout.ts';
import { adaptiveConcurrency, fixedConcurrency } from './concurrency.ts';
import { type FakeServer, fakeServer } from './fake-server.contract.ts';
import { exampleRequest, exampleTask } from './fixtures.contract.ts';
import { policyContract } from './policy.contract.ts';
import type { ChatMessage, Completion, CompletionRequest } from './policy.ts';
import { PolicyFault } from './policy.ts';
import { type ProviderOptions, providerModel } from './provider.ts';

const SECRET = 'canary-key-2f9c81d7';
const env = { OPENAI_COMPATIBLE_API_KEY: SECRET, OPENAI_API_KEY: SECRET, ANTHROPIC_API_KEY: SECRET };
const quick = { attemptTimeoutMs: 20_000, windowMs: 60_000, firstDelayMs: 5, maxDelayMs: 50 };
/** For sockets that hang: long enough for a busy machine to answer the others. */
const impatient = { ...quick, attemptTimeoutMs: 2_500 };

const open = (spec: string, more: Partial<ProviderOptions> = {}) =>
  providerModel(spec, { env, clock: systemClock, rng: rng('provider'), retry: quick, ...more });

const contractServer = await fakeServer();
afterAll(async () => {
  await contractServer[Symbol.asyncDispose]();
});
for (const provider of ['openai-compatible', 'ollama', 'anthropic', 'openai'] as const) {
  policyContract({
    name: provider,
    open: async () => open(`${provider}:fake@${contractServer.url}`, { retry: { ...quick, attemptTimeoutMs: 30_000 } }),
    task: exampleTask,
    request: exampleRequest,
    deterministic: true,
    honoursLimits: true,
    // The fake server has no Responses API, which openai: uses for the native dialect.
    dialects: provider === 'openai' ? ['tags'] : ['tags', 'native'],
  });
}

describe('a provider that fails', () => {
  let server: FakeServer;
  beforeEach(async () => {
    server = await fakeServer();
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
  });

  const spec = () => `openai-compatible:fake@${server.url}`;
  const ask = async (
    more: Partial<ProviderOptions> = {},
    change: Partial<CompletionRequest> = {},
    dialect: DialectName = 'tags',
  ): Promise<Completion> => {
    await using model = open(spec(), more);
    return await model.policyFor(exampleTask(0), 'x/0').complete({ ...exampleRequest(dialect, 0), ...change });
  };
  const fault = async (more: Partial<ProviderOptions> = {}): Promise<PolicyFault> => {
    const thrown: unknown = await ask(more).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(thrown instanceof PolicyFault)) throw new Error(`expected a fault, got ${String(thrown)}`);
    expect(thrown.message).toContain(`given:   ${spec()}`);
    expect(thrown.message).toContain('to do:');
    expect(`${thrown.message}${thrown.stack}${JSON.stringify(thrown)}${String(thrown.cause)}`).not.toContain(SECRET);
    return thrown;
  };
  const tooMany = { kind: 'status', status: 429, headers: { 'retry-after-ms': '20' } } as const;

  test('a storm of 429s and then an answer is one paid call', async () => {
    server.plan(tooMany, tooMany, tooMany, { kind: 'status', status: 529 }, tooMany);
    const { parts } = await ask({ concurrency: adaptiveConcurrency({ clock: systemClock, max: 10, start: 10 }) });
    expect(parts).toHaveLength(1);
    expect([server.seen.length, server.paid()]).toEqual([6, 1]);
  });

  test('many episodes in a storm: each paid once, and never more at once than allowed', async () => {
    server.plan(...Array.from({ length: 15 }, () => tooMany));
    await using model = open(spec(), {
      concurrency: fixedConcurrency(4),
      retry: { ...quick, windowMs: 20_000, attemptTimeoutMs: 20_000 },
    });
    const indexes = Array.from({ length: 20 }, (_, i) => i);
    await Promise.all(
      indexes.map((i) => model.policyFor(exampleTask(i), `x/${i}`).complete(exampleRequest('tags', i))),
    );
    expect(server.paid()).toBe(20);
    expect(server.most()).toBeLessThanOrEqual(4);
  });

  test('a hung socket ends at the timeout of the attempt, and is asked again once', async () => {
    server.plan({ kind: 'hang' });
    const warnings: string[] = [];
    const prices = { fake: { input: 1, output: 1_000_000 } };
    const { usage } = await ask({ onWarning: (w) => warnings.push(w), prices, retry: impatient });
    expect(server.seen).toHaveLength(2);
    expect(warnings.join()).toMatch(/may have been paid for/);
    // The lost call counts with all of its 48 output tokens, at a dollar each.
    expect(usage.usd).toBeGreaterThan(48);
    server.plan({ kind: 'hang' }, { kind: 'hang' }, { kind: 'hang' });
    const lost = await fault({ prices, retry: impatient });
    expect(lost.fault).toMatchObject({ code: 'timed-out', side: 'provider' });
    expect(server.seen).toHaveLength(4);
    expect(lost.spent.usd).toBeGreaterThan(96);
  });

  test.each([
    ['cut-off', 'half-response', 2],
    ['reset', 'half-response', 2],
  ] as const)('%s is %s', async (kind, code, calls) => {
    server.plan({ kind }, { kind }, { kind });
    expect((await fault()).fault.code).toBe(code);
    expect(server.seen).toHaveLength(calls);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '<html>busy</html>'],
    ['no choices', '{"choices":[]}'],
    [
      'no reason',
      '{"choices":[{"index":0,"message":{"role":"assistant","content":"Once upon"},"finish_reason":null}]}',
    ],
    [
      'an empty message that counts nothing',
      '{"choices":[{"message":{"role":"assistant","content":""},"finish_reason":"stop"}]}',
    ],
  ])('a 200 with %s is no empty answer', async (_name, text) => {
    server.plan({ kind: 'raw', text }, { kind: 'raw', text });
    expect((await fault()).fault).toMatchObject({ code: 'half-response', side: 'provider' });
  });

  test('an error inside a 200 is tried again; one that names a status is that status', async () => {
    server.plan({ kind: 'error-in-200' }, { kind: 'error-in-200', code: 429 });
    expect((await ask()).parts).toHaveLength(1);
    server.plan({ kind: 'error-in-200', code: 401 });
    expect((await fault()).fault.code).toBe('bad-key');
  });

  test.each([
    [401, 'bad-key', 'model', 'provider'],
    [403, 'bad-key', 'model', 'provider'],
    [402, 'no-credit', 'model', 'provider'],
    [404, 'unknown-model', 'model', 'provider'],
    [400, 'bad-request', 'request', 'provider'],
    [422, 'bad-request', 'request', 'provider'],
    [413, 'context-full', 'request', 'policy'],
  ] as const)('%i is %s and is asked once', async (status, code, scope, side) => {
    server.plan({ kind: 'status', status });
    const found = await fault();
    expect(found).toMatchObject({ scope, fault: { code, side } });
    expect(found.spent.usd).toBe(0);
    expect([server.seen.length, server.paid()]).toEqual([1, 0]);
  });

  test.each([408, 502, 504, 522, 524])(
    '%i: a gateway gave up waiting, and the call may have been paid for',
    async (status) => {
      server.plan(...Array.from({ length: 9 }, () => ({ kind: 'status', status }) as const));
      const found = await fault();
      expect(found.fault.code).toBe('timed-out');
      expect(server.seen.length).toBe(2);
    },
  );

  test('the key that a provider repeats is not in the text', async () => {
    server.plan({ kind: 'status', status: 401, message: `Incorrect API key provided: ${SECRET}.\u001b[31m` });
    const { message } = await fault();
    expect(message).toContain('Incorrect API key provided: [redacted:');
    expect(message).not.toContain('\u001b');
  });

  test('a transcript that is too long for the model is an outcome of the episode', async () => {
    const message = "This model's maximum context length is 8192 tokens";
    server.plan({ kind: 'status', status: 400, message });
    expect((await fault()).fault).toMatchObject({ code: 'context-full', side: 'policy' });
  });

  test('a transcript that the provider refuses to read is one too, and does not end the run', async () => {
    server.plan({ kind: 'status', status: 403, message: 'Your input was flagged by moderation' });
    expect(await fault()).toMatchObject({ scope: 'request', fault: { code: 'content-filter', side: 'policy' } });
  });

  const refusal = { kind: 'status', status: 400, message: 'temperature is not supported with this model' } as const;

  test('a refused temperature is one of the model, and says what to do', async () => {
    server.plan(refusal);
    const found = await fault();
    expect(found).toMatchObject({ scope: 'model', fault: { code: 'refused-temperature', side: 'provider' } });
    expect(found.message).toMatch(/--temperature none\. Of a judge, .* no-temperature:openai-compatible:/);
  });

  test('a refusal that speaks of temperature is no such one where one was taken before, or none sent', async () => {
    const other = { scope: 'request', fault: { code: 'bad-request' } };
    server.plan(refusal);
    await expect(ask({}, { temperature: null })).rejects.toMatchObject(other);
    await using model = open(spec());
    const policy = model.policyFor(exampleTask(0), 'a');
    await policy.complete(exampleRequest('tags', 0));
    server.plan(refusal);
    await expect(policy.complete(exampleRequest('tags', 0))).rejects.toMatchObject(other);
  });

  test('no-temperature: before a spec sends none, whatever is asked', async () => {
    const named = `no-temperature:${spec()}`;
    await using model = open(named);
    expect(model).toMatchObject({ spec: named, hasOwnTemperature: true, sendsNoTemperature: true });
    for (const dialect of ['tags', 'native'] as const)
      await model.policyFor(exampleTask(0), 'a').complete(exampleRequest(dialect, 0));
    expect(server.seen).toHaveLength(2);
    for (const { body } of server.seen) expect(body).not.toHaveProperty('temperature');
  });

  test('a request without a temperature sends none', async () => {
    for (const dialect of ['tags', 'native'] as const) await ask({}, { temperature: null }, dialect);
    expect(server.seen).toHaveLength(2);
    for (const { body } of server.seen) expect(body).not.toHaveProperty('temperature');
  });

  test('5xx until the window ends is a fault of this request', async () => {
    server.plan(...Array.from({ length: 200 }, () => ({ kind: 'status', status: 503 }) as const));
    const found = await fault({ retry: { ...quick, windowMs: 200 } });
    expect(found).toMatchObject({ scope: 'request', fault: { code: 'provider-error' } });
    expect(server.paid()).toBe(0);
  });

  test('a server that is not there is a fault of the model', async () => {
    const gone = await fakeServer();
    await gone[Symbol.asyncDispose]();
    await using model = open(`openai-compatible:fake@${gone.url}`, { retry: { ...quick, windowMs: 100 } });
    const asked = model.policyFor(exampleTask(0), 'x/0').complete(exampleRequest('tags', 0));
    await expect(asked).rejects.toMatchObject({ scope: 'model', fault: { code: 'unreachable' } });
  });

  test('an address that Node refuses is a fault of the model, at once', async () => {
    await using model = open('openai-compatible:fake@http://127.0.0.1:1/v1');
    const asked = model.policyFor(exampleTask(0), 'x/0').complete(exampleRequest('tags', 0));
    await expect(asked).rejects.toMatchObject({ scope: 'model', fault: { code: 'unreachable' } });
  });

  test('aborting ends a slow answer at once', async () => {
    // Longer than the test may take.
    server.plan({ kind: 'hang' });
    await using model = open(spec(), { retry: { ...quick, attemptTimeoutMs: 300_000 } });
    const asked = model.policyFor(exampleTask(0), 'x/0').complete(exampleRequest('tags', 0), AbortSignal.timeout(50));
    await expect(asked).rejects.toMatchObject({ fault: { code: 'aborted' } });
  });

  test('sends what was asked for, and no host facts', async () => {
    const { usage, stop } = await ask({ prices: { fake: { input: 1_000_000, output: 0, cachedInput: 0 } } });
    const { body, authorization } = server.seen[0] ?? { body: {}, authorization: '' };
    expect(body).toMatchObject({ model: 'fake', temperature: 1, seed: 1000, max_tokens: 48, stop: ['</bash>'] });
    expect(JSON.stringify(body)).not.toContain('only-for-graders');
    expect(authorization).toBe(`Bearer ${SECRET}`);
    expect(stop).toBe('stop-sequence');
    expect(usage).toMatchObject({ cachedTokens: 2, reasoningTokens: 1, usd: usage.inputTokens - 2 });
  });

  test('token ids and log-probabilities come where the server gives them', async () => {
    const { tokens } = await ask({ tokens: true });
    expect(tokens?.ids).toHaveLength(3);
    expect(tokens?.logprobs).toEqual([-0.5, -0.5, -0.5]);
    expect((await ask()).tokens).toBeNull();
  });

  test('native: calls, results and malformed calls go back as the provider wants them', async () => {
    const { parts, stop } = await ask({}, {}, 'native');
    expect(stop).toBe('tool-calls');
    const call = parts.find((part) => part.kind === 'call');
    expect(call).toMatchObject({ name: 'bash', input: { command: expect.stringContaining('echo') } });
    const messages: ChatMessage[] = [
      ...exampleTask(0).messages,
      { role: 'assistant', raw: '', echo: null, parts: [{ kind: 'malformed', id: 'm1', text: 'ls', problem: 'x' }] },
      { role: 'tool', callId: 'm1', text: 'not a call' },
    ];
    await ask({}, { messages }, 'native');
    const sent = server.seen.at(-1)?.body.messages as { role: string; tool_call_id?: string }[];
    expect(sent.map((m) => m.role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(sent[3]?.tool_call_id).toBe('m1');
  });

  test('calls that cannot be read are handed on unread', async () => {
    const call = (name: string, args: string) => ({ id: 'c', type: 'function', function: { name, arguments: args } });
    const body = (name: string, args: string) => ({
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: null, tool_calls: [call(name, args)] },
          finish_reason: 'tool_calls',
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });
    const inputs: unknown[] = [];
    for (const [name, args] of [
      ['bash', '{"command": 3}'],
      ['bash', 'ls -la'],
      ['python', '{"code":"1"}'],
    ] as const) {
      server.plan({ kind: 'answer', body: body(name, args) });
      const { parts } = await ask({}, {}, 'native');
      inputs.push(parts.map((part) => (part.kind === 'call' ? [part.name, part.input] : part)));
    }
    expect(inputs).toEqual([[['bash', { command: 3 }]], [['bash', 'ls -la']], [['python', { code: '1' }]]]);
    expect(server.seen).toHaveLength(3);
  });

  test("native: Anthropic's signed thinking is echoed in its place", async () => {
    await using model = open(`anthropic:claude-x@${server.url}`, {
      settings: { thinking: { type: 'enabled', budgetTokens: 1024 } },
    });
    const policy = model.policyFor(exampleTask(0), 'x/0');
    const request = exampleRequest('native', 0);
    const { parts, echo } = await policy.complete(request);
    expect(parts.map((part) => part.kind)).toEqual(['reasoning', 'call']);
    const id = parts[1]?.kind === 'call' ? parts[1].id : '';
    const messages: ChatMessage[] = [
      ...request.messages,
      { role: 'assistant', parts: [{ kind: 'call', id, command: 'ls' }], raw: '', echo },
      { role: 'tool', callId: id, text: '<stdout>a</stdout>' },
    ];
    await policy.complete({ ...request, messages });
    const sent = server.seen.at(-1)?.body.messages as {
      role: string;
      content: { type: string; signature?: string }[];
    }[];
    expect(sent[1]?.content.map((part) => part.type)).toEqual(['thinking', 'tool_use']);
    expect(sent[1]?.content[0]?.signature).toMatch(/^signed-/);
    expect(sent[2]?.content[0]).toMatchObject({ type: 'tool_result', tool_use_id: id });
  });

  test('a turn begun for the model is refused, not sent as something else', async () => {
    const messages: ChatMessage[] = [
      ...exampleTask(0).messages,
      { role: 'assistant', parts: [], raw: '<cot>I', echo: null },
    ];
    await expect(ask({}, { messages })).rejects.toMatchObject({ fault: { code: 'bad-request', side: 'host' } });
    expect(server.seen).toHaveLength(0);
  });
});

describe('a spec', () => {
  const opened =
    (spec: string, keys: Record<string, string> = env) =>
    () =>
      open(spec, { env: keys });
  test.each([
    ['openai:gpt', {}, /no OPENAI_API_KEY in the environment/],
    ['google:gemini', {}, /GOOGLE_GENERATIVE_AI_API_KEY/],
    ['openrouter:a/b', { OPENROUTER_API_KEY: ' ' }, /OPENROUTER_API_KEY/],
    ['openai-compatible:m', env, /needs the address/],
    ['openai:', env, /no name/],
    ['mistral:x', env, /no model of a provider/],
    ['ollama:x@http://', env, /not a URL/],
    ['ollama:x@http://user:hunter2@host/v1', env, /user name, a password or a query/],
    ['ollama:x@http://host/v1?key=hunter2', env, /user name, a password or a query/],
  ])('%s with %j is bad input', (spec, keys, expected) => {
    expect(opened(spec, keys)).toThrow(expected);
    expect(opened(spec, keys)).not.toThrow(/hunter2/);
  });

  test('names may hold colons, slashes and at-signs', () => {
    expect(opened('ollama:qwen3:4b')().version).toBe('qwen3:4b');
    expect(opened('openai-compatible:org/model@v2@http://127.0.0.1:1/v1')().version).toBe('org/model@v2');
  });

  test('an attempt may not outlast what Node allows', () => {
    expect(() => open('ollama:x', { retry: { attemptTimeoutMs: 600_000 } })).toThrow(/at most 300000 ms/);
  });
});
