import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Completion, type CompletionRequest, type Model, NO_USAGE, PolicyFault } from '../policy/policy.ts';
import { makeTask } from '../record/task.ts';
import { capCost } from './cost-cap.ts';

const price = { input: 1, output: 10 };
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
  maxOutputTokens: 1_000,
  temperature: 1,
  seed: 1,
};

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
  const policy = capCost(model, { maxUsd: 0.025, spentUsd: 0, price }).policyFor(task, 'a');
  await policy.complete(request);
  const refused = policy.complete(request);
  await expect(refused).rejects.toBeInstanceOf(PolicyFault);
  await expect(refused).rejects.toMatchObject({ scope: 'model', fault: { code: 'cost-cap' } });
  expect(booked).toEqual([0.009]);
});

test('what was spent before a resume counts', async () => {
  const { model, booked } = priced([0.001]);
  const policy = capCost(model, { maxUsd: 1, spentUsd: 0.995, price }).policyFor(task, 'a');
  await expect(policy.complete(request)).rejects.toMatchObject({ fault: { code: 'cost-cap' } });
  expect(booked).toEqual([]);
});

test('whatever calls cost within their worst case, and however many run at once, the cap holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 0.01, noNaN: true }), { maxLength: 40 }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      async (costs, maxUsd) => {
        const { model, booked } = priced(costs);
        const policy = capCost(model, { maxUsd, spentUsd: 0, price }).policyFor(task, 'a');
        await Promise.allSettled(costs.map(() => policy.complete(request)));
        expect(booked.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(maxUsd + 1e-9);
      },
    ),
  );
});
