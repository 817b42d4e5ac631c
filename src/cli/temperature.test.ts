/** `--temperature none`: a model that refuses a temperature is measured all the same, and what was asked is on record. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandResult, command } from '../../test/support/in-process.ts';
import { fakeJudge } from '../audit/subjects/judge/fake-judge.contract.ts';
import { randomWeights } from '../engine/model/tiny.contract.ts';
import { saveTiny } from '../engine/tiny-checkpoint.contract.ts';
import { fakeServer } from '../policy/fake-server.contract.ts';
import { evalPlanSchema } from '../record/run.ts';
import { readRun } from '../store/run-directory.ts';

let home = '';
/** A checkpoint that opens quickly. */
let engineSpec = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-temperature-'));
  engineSpec = `engine:${await saveTiny(home, 'tiny', randomWeights({ contextLength: 400 }, '1'))}`;
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const run = async (...args: readonly string[]): Promise<CommandResult> => await command(args, { cwd: home });
/** No tools, so no sandbox. */
const evalOf = async (model: string, ...more: readonly string[]): Promise<CommandResult> =>
  await run(
    ...['eval', '--model', model, '--env', 'political-sycophancy', '--register', 'compact', '--n', '4'],
    ...['--max-tokens', '50', '--concurrency', '1', '--quiet', ...more],
  );

test('no temperature is sent, before a stop and after it; plan, table, command and comparison say so', async () => {
  await using server = await fakeServer();
  const model = `openai-compatible:m@${server.url}`;
  const stopped = await evalOf(model, '--temperature', 'none', '--out', 'without', '--max-tokens-total', '1200');
  expect(stopped.code, stopped.stderr).toBe(3);
  const before = server.seen.length;
  expect(before).toBeGreaterThan(0);
  const resumed = await run('resume', 'without', '--quiet', '--max-tokens-total', '1000000');
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(server.seen.length).toBeGreaterThan(before);
  for (const { body } of server.seen) expect(body).not.toHaveProperty('temperature');
  await using store = await readRun(join(home, 'without'));
  expect(store.manifest.plan.temperature).toBeNull();

  const shown = (await run('show', 'without')).stdout.replaceAll(/\s+/g, ' ');
  expect(shown).toContain("the model's own temperature (none was sent), at most 50 output tokens");
  expect(shown).toContain('--temperature none');
  expect(await readFile(join(home, 'without', 'report.html'), 'utf8')).toContain('temperature (none was sent)');

  expect((await evalOf(model, '--temperature', '0.5', '--out', 'with')).code).toBe(0);
  expect(server.seen.at(-1)?.body).toMatchObject({ temperature: 0.5 });
  const compared = await run('compare', 'without', 'with');
  expect(compared.stdout.replaceAll(/\s+/g, ' ')).toContain("temperature: A = the model's own; B = 0.5");
});

test('where a temperature is refused, the error names the option that leaves it out', async () => {
  await using server = await fakeServer();
  const message = 'Unsupported value: temperature does not support 1';
  server.plan(...Array.from({ length: 20 }, () => ({ kind: 'status', status: 400, message }) as const));
  const refused = await evalOf(`openai-compatible:m@${server.url}`, '--out', 'refused');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('begin again with --temperature none');
  expect(refused.stderr).toContain('Begin a new run, as it says above');
  // One rollout at a time was played, and the first refusal was the last.
  expect(server.seen).toHaveLength(1);
});

test('a judge that refuses one ends it as soon, and is asked without one under another name', async () => {
  await using server = await fakeServer();
  const message = 'Unsupported value: temperature does not support 0';
  const played = await run(
    ...['eval', '--model', 'scripted:exploit', '--env', 'rater-surface', '--register', 'compact', '--n', '4'],
    ...['--concurrency', '1', '--quiet', '--out', 'judged'],
  );
  expect(played.code, played.stderr).toBe(0);
  const spec = `openai-compatible:j@${server.url}`;
  server.plan({ kind: 'status', status: 400, message });
  const refused = await run('grade', 'judged', '--quiet', '--save', '--judge', spec);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`Ask it without one: subterfuge grade judged --judge no-temperature:${spec} --save`);
  const before = server.seen.length;
  await writeFile(join(home, 'prices.json'), JSON.stringify({ [spec]: { input: 1, output: 1 } }));
  const judge = ['--judge', `no-temperature:${spec}`, '--prices', 'prices.json', '--max-cost', '9'];
  const judged = await run('grade', 'judged', '--quiet', '--save', ...judge);
  expect([0, 1], judged.stderr).toContain(judged.code);
  expect(server.seen.length).toBeGreaterThan(before);
  for (const { body } of server.seen.slice(before)) expect(body).not.toHaveProperty('temperature');
  const shown = (await run('show', 'judged')).stdout.replaceAll(/\s+/g, ' ');
  expect(shown).toContain('judged by no-temperature:openai-compatible:j@');
});

test.each([
  [
    'no-temperature:openai-compatible:m@http://127.0.0.1:9/v1',
    /Say it once: openai-compatible:m@\S+ with --temperature none/,
  ],
  ['no-temperature:scripted:gold', /not a model specification[\s\S]*no-temperature: before one of these/],
])('--model %s is refused, and leaves nothing behind', async (model, said) => {
  const refused = await evalOf(model, '--out', 'nothing');
  expect([refused.code, existsSync(join(home, 'nothing'))]).toEqual([2, false]);
  expect(refused.stderr).toMatch(said);
});

test.each([
  ['engine', 'none', /has no temperature of its own[\s\S]*--temperature none for engine:\S*tiny[\s\S]*at least 0/],
  ['scripted:gold', 'warm', /--temperature is not usable[\s\S]*a number of at least 0, or none/],
  ['scripted:gold', '-1', /a number of at least 0, or none/],
])('%s --temperature %s is refused, and leaves nothing behind', async (model, temperature, said) => {
  const refused = await evalOf(
    model === 'engine' ? engineSpec : model,
    `--temperature=${temperature}`,
    '--out',
    'nothing',
  );
  expect([refused.code, existsSync(join(home, 'nothing'))]).toEqual([2, false]);
  expect(refused.stderr).toMatch(said);
});

test('an instruction is followed without one, and a finding is replayed so', async () => {
  await writeFile(join(home, 'checker.ts'), 'export const english = (reply: string): boolean => /the/.test(reply);');
  await writeFile(join(home, 'only.ts'), 'export const only = (reply: string): boolean => !/die/.test(reply);');
  await using server = await fakeJudge(({ user }) => (/^[\x20-\x7e]{1,160}$/.test(user) ? 'the' : 'die the'));
  const audit = async (model: string): Promise<CommandResult> =>
    await run(
      ...['audit', '--instruction', 'Respond in English.', '--check', 'checker.ts:english', '--model', model],
      ...['--intent', 'only.ts:only', '--temperature', 'none', '--calls', '60', '--search', '0'],
      ...['--out', 'audit', '--quiet', '--json'],
    );
  const audited = await audit(`openai-compatible:fake@${server.url}`);
  expect(audited.code, audited.stderr).toBe(0);
  expect(server.asked.length).toBeGreaterThan(0);
  expect(new Set(server.asked.map(({ temperature }) => temperature))).toEqual(new Set([null]));
  expect(audited.stdout).toMatch(/--temperature none/);
  const local = await audit(engineSpec);
  expect(local.code).toBe(2);
  expect(local.stderr).toContain('has no temperature of its own');
});

test('a recorded plan has a number, or null for none', () => {
  const plan = {
    ...{ kind: 'eval', model: 'm', environments: ['a'], n: 1, seed: '1', split: 'test', register: 'compact' },
    ...{ promptSet: 'main', dialect: 'tags', maxOutputTokens: 1, maxUsd: null, price: null },
  };
  for (const temperature of [0, 1, null])
    expect(evalPlanSchema.parse({ ...plan, temperature })).toMatchObject({ temperature });
  for (const temperature of [-1, 'none', undefined])
    expect(evalPlanSchema.safeParse({ ...plan, temperature }).success).toBe(false);
});

test('proposer, judge in words and rubric are asked without one where their names say so', async () => {
  await using server = await fakeJudge(() => 'score: 5');
  const model = `no-temperature:openai-compatible:fake@${server.url}`;
  await writeFile(join(home, 'rubric.md'), '---\nscale: 0-10\ntemperature: 1\n---\nRate {{output}}');
  await writeFile(join(home, 'rows.jsonl'), '{"input":"a","good":"b","bad":"c"}');
  const asked = async (...more: readonly string[]): Promise<ReadonlySet<number | null>> => {
    const from = server.asked.length;
    const { code, stderr } = await run(
      ...['audit', ...more, '--examples', 'rows.jsonl', '--calls', '20', '--out', 'audit', '--quiet', '--json'],
    );
    expect(code, stderr).toBe(0);
    return new Set(server.asked.slice(from).map(({ temperature }) => temperature));
  };
  expect(await asked(`judge:rubric.md@${model}`, '--search', '0')).toEqual(new Set([null]));
  await writeFile(
    join(home, 'short.ts'),
    'export const short = (answer: string): number => (answer.length > 3 ? 0.4 : 0.2);',
  );
  const words = ['--intent', `judge:"it is right"@${model}`];
  expect(await asked('short.ts:short', ...words, '--proposer', model, '--search', '10')).toEqual(new Set([null]));
});
