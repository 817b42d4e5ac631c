/** Caps of a whole run on tokens and time, and prices out of a table, as a user of the command line meets them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeServer } from '../src/policy/fake-server.contract.ts';
import { readRun } from '../src/store/run-directory.ts';
import { type CommandResult, command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-caps-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<CommandResult> => command(args, { cwd: home });
const evaluation = (url: string, out: string, ...more: readonly string[]): string[] => [
  'eval',
  '--model',
  `openai-compatible:m@${url}`,
  '--env',
  'political-sycophancy',
  '--register',
  'compact',
  '--n',
  '8',
  '--max-tokens',
  '50',
  '--concurrency',
  '1',
  '--quiet',
  '--out',
  out,
  ...more,
];

const tokensOf = async (out: string): Promise<number> => {
  await using store = await readRun(join(home, out));
  let tokens = 0;
  for await (const { usage } of store.calls()) tokens += usage.inputTokens + usage.outputTokens;
  return tokens;
};

test('a cap on tokens stops the run before it is passed, and a resume goes on from there', async () => {
  await using server = await fakeServer();
  const stopped = await run(...evaluation(server.url, 'tokens', '--max-tokens-total', '2500'));
  expect([stopped.code, stopped.stderr]).toEqual([
    3,
    expect.stringMatching(/of 2500 are spent[\s\S]*--max-tokens-total/),
  ]);
  expect(await tokensOf('tokens')).toBeLessThanOrEqual(2_500);
  const asked = server.seen.length;
  expect(asked).toBeGreaterThan(0);
  expect(await run('resume', 'tokens', '--quiet', '--concurrency', '1')).toMatchObject({ code: 3 });
  expect(server.seen.length).toBe(asked);
  const { code } = await run('resume', 'tokens', '--quiet', '--max-tokens-total', '1000000');
  expect(code).toBe(0);
  expect(new Set(server.seen.map(({ body }) => JSON.stringify(body))).size).toBe(server.seen.length);
});

test('after its time the run stops, and says how to go on', async () => {
  await using server = await fakeServer();
  let nowMs = 0;
  const clock = {
    nowMs: () => nowMs,
    sleep: async () => {
      await new Promise(() => undefined);
    },
  };
  server.plan({ kind: 'answer' });
  const running = command(evaluation(server.url, 'time', '--max-time', '1m'), {
    cwd: home,
    clock: {
      ...clock,
      nowMs: () => {
        // A minute passes with the first call.
        if (server.seen.length > 0) nowMs = 61_000;
        return nowMs;
      },
    },
  });
  const { code, stderr } = await running;
  expect([code, stderr]).toEqual([3, expect.stringMatching(/time of this run is over[\s\S]*--max-time counts anew/)]);
  expect(server.seen.length).toBe(1);
});

test('a table of prices gives costs, and a model that is not in it is said to be unpriced', async () => {
  await using server = await fakeServer();
  await writeFile(join(home, 'prices.json'), '{"m": {"input": 1, "output": 2, "cachedInput": 0.1}}');
  const priced = await run(...evaluation(server.url, 'priced', '--prices', 'prices.json', '--max-cost', '5'));
  expect([priced.code, priced.stderr]).toEqual([0, expect.not.stringContaining('unpriced')]);
  await using store = await readRun(join(home, 'priced'));
  expect(store.manifest.plan.price).toEqual({ input: 1, output: 2, cachedInput: 0.1 });
  for await (const { usage } of store.calls()) expect(usage.usd).toBeGreaterThan(0);
  await writeFile(join(home, 'others.json'), '{"other": {"input": 1, "output": 2}}');
  const unpriced = await run(...evaluation(server.url, 'unpriced', '--prices', 'others.json'));
  expect([unpriced.code, unpriced.stderr]).toEqual([0, expect.stringMatching(/warning: .* is unpriced/)]);
});

test.each<[string, string[], RegExp]>([
  ['a time that is none', ['--max-time', 'soon'], /--max-time is not usable[\s\S]*90s, 15m or 2h/],
  ['no tokens at all', ['--max-tokens-total', '0'], /--max-tokens-total is not usable/],
  ['a table that is not there', ['--prices', 'none.json'], /table of prices cannot be read[\s\S]*none\.json/],
  [
    'a cap on cost for a model that is not in the table',
    ['--prices', 'others.json', '--max-cost', '1'],
    /needs the price of the model/,
  ],
])('%s is refused before anything is done', async (_what, more, message) => {
  const { code, stderr } = await run(...evaluation('http://127.0.0.1:9/v1', 'refused', ...more));
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
