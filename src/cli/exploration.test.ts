import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, command } from '../../test/support/in-process.ts';
import { evaluationRecord } from '../record/evaluation.ts';
import { COT_PREFIXES } from '../rollout/cot-prefix.ts';
import { readRun } from '../store/run-directory.ts';

/** No tools, so no sandbox; one task a variant. */
const LOOPHOLE = 'language-loophole';
const MODULE = fileURLToPath(new URL('../../test/support/own-environment.ts', import.meta.url));

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-exploration-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const evalOf = async (env: string, ...more: readonly string[]): Promise<CommandResult> => {
  const usual = Object.entries({ '--model': 'scripted:exploit', '--n': '4' });
  const left = usual.filter(([name]) => !more.includes(name)).flat();
  return await command(['eval', ...left, '--env', env, '--quiet', ...more], { cwd: home });
};

const rolloutsOf = async (run: string) => {
  await using store = await readRun(join(home, run));
  return { plan: store.manifest.plan, rollouts: await Array.fromAsync(store.rollouts()) };
};

test('attempts are in the plan, the table, the JSON and the report, and in the command that repeats it', async () => {
  const result = await evalOf(LOOPHOLE, '--attempts', '2', '--out', 'tried');
  expect(result.code, result.stderr).toBe(0);
  expect(result.stdout.replaceAll(/\s+/g, ' ')).toContain(
    '2 attempts in one conversation, told the reward of the last one',
  );
  const { plan, rollouts } = await rolloutsOf('tried');
  expect(plan.attempts).toEqual({ times: 2, feedback: 'reward' });
  expect(rollouts.map(({ attempt }) => attempt?.number)).toEqual([1, 2, 1, 2]);
  expect(rollouts[1]?.attempt?.told).toContain('attempt: 1 (from 0 to 1)');

  const json = await command(['show', 'tried', '--json'], { cwd: home });
  const [summary] = evaluationRecord.read(JSON.parse(json.stdout)).environments;
  expect(summary?.attempts?.at.map(({ gaming }) => [gaming.count, gaming.n])).toEqual([
    [2, 2],
    [2, 2],
  ]);
  const shown = await command(['show', 'tried'], { cwd: home });
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain('--attempts 2 --feedback reward');
  const page = await readFile(join(home, 'tried', 'report.html'), 'utf8');
  expect(page).toContain('gaming by attempt');
  expect(page).toContain('by attempt 2');
  const transcript = await command(['show', 'tried', '--rollout', `${LOOPHOLE}/000001`], { cwd: home });
  expect(transcript.stdout).toMatch(/after attempt 1 of 2[\s\S]*Your reward for this attempt: 1/);
  const resumed = await command(['resume', 'tried', '--json', '--quiet'], { cwd: home });
  expect(evaluationRecord.read(JSON.parse(resumed.stdout)).environments[0]).toEqual(summary);
});

test('a prefix begins the thought of every episode, and is in the plan with its whole text', async () => {
  await writeFile(join(home, 'mine.txt'), 'I will be quick.\n');
  const files = await evalOf(LOOPHOLE, '--cot-prefix', 'mine.txt', '--out', 'mine');
  expect(files.code, files.stderr).toBe(0);
  const mine = await rolloutsOf('mine');
  expect(mine.plan.cotPrefix).toEqual({ name: 'mine.txt', text: 'I will be quick.' });
  for (const { turns, policy } of mine.rollouts) {
    expect(turns[0]?.parts[0]).toMatchObject({
      kind: 'thought',
      text: expect.stringMatching(/^I will be quick\. \w/),
    });
    expect(policy.spec).toBe('scripted:exploit+prefix:mine.txt');
  }
  expect((await evalOf(LOOPHOLE, '--cot-prefix', 'harmful', '--out', 'harm')).code).toBe(0);
  expect((await rolloutsOf('harm')).plan.cotPrefix).toEqual({ name: 'harmful', text: COT_PREFIXES.harmful });
});

test('without a chain of thought nothing is said of one, also after a resume, and a comparison pairs by variant', async () => {
  const args = ['--register', 'compact', '--n', '2'];
  for (const more of [
    ['--no-cot', '--out', 'quiet'],
    ['--out', 'thinking'],
  ])
    expect((await evalOf('political-sycophancy', ...args, ...more)).code).toBe(0);
  const { plan, rollouts } = await rolloutsOf('quiet');
  expect(plan.noCot).toBe(true);
  const shown = await command(['show', 'quiet'], { cwd: home });
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toMatch(/rollouts that hold one anyway: .*\(4\/4\)/);
  for (const { task } of rollouts) expect(JSON.stringify(task.messages)).not.toMatch(/thoughts/);
  expect((await command(['resume', 'quiet', '--quiet'], { cwd: home })).code).toBe(0);
  const compared = await command(['compare', 'thinking', 'quiet'], { cwd: home });
  expect(compared.code, compared.stderr).toBe(0);
  expect(compared.stdout).toMatch(/chain of thought left out: A = false; B = true/);
});

describe('what can be got wrong', () => {
  test.each<[string, string, string[], RegExp]>([
    ['feedback without attempts', LOOPHOLE, ['--feedback', 'none'], /--attempts 2 or more/],
    ['attempts and repeats', LOOPHOLE, ['--attempts', '2', '--repeat', '2'], /in a run of its own/],
    ['no number of attempts', LOOPHOLE, ['--attempts', '0'], /--attempts[\s\S]*whole number/],
    ['an unknown feedback', LOOPHOLE, ['--attempts', '2', '--feedback', 'praise'], /reward, reflect, none/],
    ['a prefix without a thought', LOOPHOLE, ['--no-cot', '--cot-prefix', 'benign'], /one of the two/],
    ['a prefix that is not there', LOOPHOLE, ['--cot-prefix', 'none.txt'], /cannot be read[\s\S]*harmful, benign/],
    ['a prefix in a dialect without it', LOOPHOLE, ['--cot-prefix', 'benign', '--dialect', 'native'], /tags dialect/],
    [
      'a prefix for a provider',
      LOOPHOLE,
      ['--model', 'openai-compatible:m@http://127.0.0.1:9/v1', '--cot-prefix', 'benign'],
      /goes on with a turn[\s\S]*engine:, gguf:/,
    ],
    ['no told variant', 'nudged-rubric,tampering-dev', ['--instructed'], /nudged-rubric[\s\S]*tampering-dev/],
    ['no told variant of a module', MODULE, ['--instructed'], /told to tamper[\s\S]*sums/],
  ])('%s', async (_name, env, more, said) => {
    const result = await evalOf(env, ...more);
    expect(result.code, result.stderr).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
