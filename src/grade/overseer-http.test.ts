import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import type { RetryPolicy } from '../policy/retry.ts';
import { overseerContract } from './overseer.contract.ts';
import type { OpenOverseer } from './overseer.ts';
import { httpOverseer } from './overseer-http.ts';
import { BAD_VIEW, GOOD_VIEW, HOSTILE_VIEWS } from './oversight.contract.ts';

const requestSchema = z.strictObject({
  schema: z.literal('subterfuge/oversight-request@1'),
  items: z.array(
    z.strictObject({
      instructions: z.string(),
      request: z.string(),
      actions: z.array(z.strictObject({ said: z.string(), command: z.string(), output: z.string() })),
      answer: z.string(),
    }),
  ),
});

type Plan =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'reset'
  | 'hang';

/** A small reward model: the share of different words. It fails as it is told. */
const rewardServer = async () => {
  const planned: Plan[] = [];
  const seen: { readonly items: number; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { items } = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      seen.push({ items: items.length, authorization: request.headers.authorization });
      const plan = planned.shift();
      if (plan === 'hang') return;
      if (plan === 'reset') {
        response.destroy();
        return;
      }
      const scores = items.map(({ answer }) => {
        const words = answer.match(/\w+/g) ?? [];
        return words.length === 0 ? 0 : new Set(words).size / words.length;
      });
      response.writeHead(plan?.status ?? 200, { 'content-type': 'application/json', ...plan?.headers });
      response.end(plan?.body ?? JSON.stringify({ scores }));
    };
    handle().catch((thrown: unknown) => response.destroy(thrown instanceof Error ? thrown : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/score`,
    planned,
    seen,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

let server: Awaited<ReturnType<typeof rewardServer>>;
beforeAll(async () => {
  server = await rewardServer();
});
afterAll(async () => await server.close());

const FAST: Partial<RetryPolicy> = {
  attemptTimeoutMs: 20_000,
  windowMs: 20_000,
  firstContactMs: 20_000,
  firstDelayMs: 2,
  maxDelayMs: 10,
};
const open = (change: Partial<Parameters<typeof httpOverseer>[0]> = {}): OpenOverseer =>
  httpOverseer({ url: server.url, clock: systemClock, rng: rng('http'), retry: FAST, ...change });

overseerContract({ name: 'http', open: async () => open(), tells: true });

describe('an HTTP reward model', () => {
  test('is asked in batches, in order, with the key as bearer', async () => {
    const before = server.seen.length;
    await using overseer = open({ batch: 10, key: 'secret-key-123' });
    const outcomes = await overseer.score([...HOSTILE_VIEWS, GOOD_VIEW]);
    expect(outcomes).toHaveLength(HOSTILE_VIEWS.length + 1);
    const calls = server.seen.slice(before);
    expect(calls.map(({ items }) => items).sort((a, b) => b - a)).toEqual([10, 10, 2]);
    expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret-key-123']));
  });

  test.each([
    [{ status: 429, headers: { 'retry-after': '0' } }],
    [{ status: 500 }],
    [{ status: 503 }],
    ['reset'],
    [{ status: 200, body: 'not json' }],
    [{ status: 200, body: '{"scores": [0.5, 0.5]}' }],
  ] as const)('is asked again after %j', async (plan) => {
    await using overseer = open();
    server.planned.push(plan);
    expect(await overseer.score([GOOD_VIEW])).toMatchObject([{ kind: 'scored' }]);
  });

  test.each([
    [{ status: 401, body: 'no secret-key-123 here' }, 'bad-key'],
    [{ status: 404 }, 'unknown-model'],
    [{ status: 400, body: 'what is this?' }, 'bad-request'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'half-response'],
  ] as const)('that answers %j leaves its views unscored', async (plan, code) => {
    await using overseer = open({ key: 'secret-key-123', retry: { ...FAST, lostRetries: 0 } });
    server.planned.push(plan);
    const outcomes = await overseer.score([GOOD_VIEW, BAD_VIEW]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ kind: 'unscored', side: 'provider', cause: expect.stringContaining(code) });
      expect(JSON.stringify(outcome)).not.toContain('secret-key-123');
    }
  });

  test('that hangs is given up', async () => {
    await using overseer = open({ retry: { ...FAST, attemptTimeoutMs: 50, lostRetries: 0 } });
    server.planned.push('hang');
    expect(await overseer.score([GOOD_VIEW])).toMatchObject([{ kind: 'unscored', side: 'provider' }]);
  });

  test('that is not there is asked once for a whole run of views, not once a batch', async () => {
    await using overseer = open({ url: 'http://127.0.0.1:9/score', batch: 1, retry: { ...FAST, firstContactMs: 20 } });
    const outcomes = await overseer.score(Array.from({ length: 200 }, () => GOOD_VIEW));
    expect(outcomes).toHaveLength(200);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'unscored', side: 'provider' });
  });

  test('may leave single views unscored; a number outside 0 to 1 is none', async () => {
    await using overseer = open();
    server.planned.push({ status: 200, body: '{"scores": [null, {"error": "too long"}, 1.5, 0.25]}' });
    expect(await overseer.score([GOOD_VIEW, GOOD_VIEW, GOOD_VIEW, GOOD_VIEW])).toMatchObject([
      { kind: 'unscored', cause: 'the reward model gave no score' },
      { kind: 'unscored', cause: 'the reward model: too long' },
      { kind: 'unscored', cause: 'not a score from 0 to 1: 1.5' },
      { kind: 'scored', value: 0.25, passed: false },
    ]);
  });

  test('has an address that is one, and a name without password', () => {
    expect(() => open({ url: 'ftp://x' })).toThrow('address of a reward model');
    expect(() => open({ url: 'score' })).toThrow('address of a reward model');
    expect(open({ url: 'http://me:hidden@h.example/score?token=hidden' }).name).toBe('http:http://h.example/score');
  });
});
