import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { type Completion, type CompletionRequest, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import type { Usage } from '../record/rollout.ts';
import { makeTask } from '../record/task.ts';
import { type Caps, spending } from './spending.ts';

const task = makeTask({
  environment: 'test',
  split: 'test',
  variant: 0,
  register: 'realistic',
  promptSet: 'main',
  group: null,
  messages: [{ role: 'user', text: 'Hi.' }],
  files: [],
  cwd: '/root',
  tools: [],
  limits: { turns: 1, tokens: 1, seconds: 1, bytes: 1, usd: 1 },
  host: {},
});
const request: CompletionRequest = {
  dialect: 'tags',
  messages: [{ role: 'user', text: 'Hi.' }],
  offersBash: false,
  stop: [],
  maxOutputTokens: 100,
  temperature: 1,
  seed: 1,
};
/** Of `request`: two attempts, each 600 bytes of tools and 30 of messages at three to a token, and 100 of output. */
const WORST_TOKENS = 2 * (Math.ceil((600 + Buffer.byteLength(JSON.stringify(request.messages))) / 3) + 100);

const modelOf = (answer: () => Promise<Usage>): Model => ({
  spec: 'test:m',
  version: '1',
  dialects: ['tags'],
  maxConcurrency: 8,
  policyFor: () => ({
    complete: async (): Promise<Completion> => ({
      parts: [],
      stop: 'end',
      usage: await answer(),
      tokens: null,
      echo: null,
    }),
  }),
  [Symbol.asyncDispose]: async () => undefined,
});
const used = (tokens: number, usd: number | null = null): Usage => ({ ...NO_USAGE, outputTokens: tokens, usd });
const OPEN: Caps = { maxUsd: null, maxTokens: null, untilMs: null };
const clock = manualClock();

test('a completion that could pass the cap on tokens is refused, and what was spent before a resume counts', async () => {
  let calls = 0;
  const model = modelOf(async () => {
    calls++;
    return used(50);
  });
  const purse = spending({ ...OPEN, maxTokens: 1_000 + WORST_TOKENS }, { usd: 0, tokens: 951 }, clock);
  const policy = purse.cap(model, null).policyFor(task, 'a');
  await policy.complete(request);
  expect(purse.spent.tokens).toBe(1_001);
  await expect(policy.complete(request)).rejects.toMatchObject({ scope: 'model', fault: { code: 'token-cap' } });
  expect(calls).toBe(1);
});

test('after its time nothing begins, and what has begun is left to end', async () => {
  const time = manualClock();
  const { promise, resolve } = Promise.withResolvers<Usage>();
  const policy = spending({ ...OPEN, untilMs: 1_000 }, { usd: 0, tokens: 0 }, time)
    .cap(
      modelOf(() => promise),
      null,
    )
    .policyFor(task, 'a');
  const begun = policy.complete(request);
  await time.advance(1_000);
  await expect(policy.complete(request)).rejects.toMatchObject({ scope: 'model', fault: { code: 'time-cap' } });
  resolve(used(1));
  await expect(begun).resolves.toMatchObject({ usage: { outputTokens: 1 } });
});

test('a judge draws on the same purse as the model that it judges', async () => {
  const price = { input: 0, output: 1_000 };
  const purse = spending({ ...OPEN, maxUsd: 0.5 }, { usd: 0, tokens: 0 }, clock);
  const measured = purse
    .cap(
      modelOf(async () => used(100, 0.2)),
      price,
    )
    .policyFor(task, 'a');
  const judge = purse
    .cap(
      modelOf(async () => used(100, 0.2)),
      price,
    )
    .policyFor(task, 'a');
  await measured.complete(request);
  await judge.complete(request);
  await expect(measured.complete(request)).rejects.toMatchObject({ fault: { code: 'cost-cap' } });
  expect(purse.spent.usd).toBeCloseTo(0.4);
});

test('a failed call that may have been paid for counts with its most, one that was not counts nothing', async () => {
  const failing = (usd: number | null): Model =>
    modelOf(async () => {
      throw new PolicyFault({ side: 'provider', code: 'timed-out', message: 'x' }, 'request', undefined, used(0, usd));
    });
  const purse = spending({ ...OPEN, maxTokens: 1e6 }, { usd: 0, tokens: 0 }, clock);
  await expect(purse.cap(failing(0), null).policyFor(task, 'a').complete(request)).rejects.toThrow();
  expect(purse.spent).toEqual({ usd: 0, tokens: 0 });
  await expect(purse.cap(failing(null), null).policyFor(task, 'a').complete(request)).rejects.toThrow();
  expect(purse.spent.tokens).toBe(WORST_TOKENS);
});

test('whatever a provider claims, a cap is passed by no more than the calls under way went beyond their worst case', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3 * WORST_TOKENS }), { maxLength: 40 }),
      fc.integer({ min: 0, max: 40 * WORST_TOKENS }),
      fc.integer({ min: 1, max: 8 }),
      async (claims, maxTokens, workers) => {
        let next = 0;
        const model = modelOf(async () => used(claims[next++] ?? 0));
        const purse = spending({ ...OPEN, maxTokens }, { usd: 0, tokens: 0 }, clock);
        const policy = purse.cap(model, null).policyFor(task, 'a');
        const worker = async (): Promise<void> => {
          while (next < claims.length) await policy.complete(request);
        };
        await Promise.allSettled(Array.from({ length: workers }, worker));
        expect(purse.spent.tokens).toBeLessThanOrEqual(Math.max(0, maxTokens) + workers * 2 * WORST_TOKENS);
      },
    ),
  );
});

const price = { input: 1, output: 10 };
const long: CompletionRequest = { ...request, maxOutputTokens: 1_000 };
const inDollars = (maxUsd: number, usd: number) => spending({ ...OPEN, maxUsd }, { usd, tokens: 0 }, clock);

/** A provider that books what each call cost. */
const priced = (costs: readonly number[]) => {
  const booked: number[] = [];
  const model: Model = {
    spec: 'test:priced',
    version: '1',
    dialects: ['tags'],
    maxConcurrency: 8,
    policyFor: () => ({
      complete: async (): Promise<Completion> => {
        const usd = costs[booked.length] ?? 0;
        booked.push(usd);
        return { parts: [], stop: 'end', usage: { ...NO_USAGE, usd }, tokens: null, echo: null };
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { model, booked };
};

test('a completion that could pass the cap is refused before it is paid, and ends the run', async () => {
  const { model, booked } = priced([0.009, 0.009]);
  const policy = inDollars(0.025, 0).cap(model, price).policyFor(task, 'a');
  await policy.complete(long);
  const refused = policy.complete(long);
  await expect(refused).rejects.toBeInstanceOf(PolicyFault);
  await expect(refused).rejects.toMatchObject({ scope: 'model', fault: { code: 'cost-cap' } });
  expect(booked).toEqual([0.009]);
});

test('what was spent before a resume counts', async () => {
  const { model, booked } = priced([0.001]);
  const policy = inDollars(1, 0.995).cap(model, price).policyFor(task, 'a');
  await expect(policy.complete(long)).rejects.toMatchObject({ fault: { code: 'cost-cap' } });
  expect(booked).toEqual([]);
});

test('whatever calls cost within their worst case, and however many run at once, the cap holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 0.01, noNaN: true }), { maxLength: 40 }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      async (costs, maxUsd) => {
        const { model, booked } = priced(costs);
        const policy = inDollars(maxUsd, 0).cap(model, price).policyFor(task, 'a');
        await Promise.allSettled(costs.map(() => policy.complete(long)));
        expect(booked.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(maxUsd + 1e-9);
      },
    ),
  );
});
