/** What a person can get wrong, and what they are told: exit code 2 (bad input) or 3 (the run could not finish). */
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluationRecord } from '../src/record/evaluation.ts';
import { openRun } from '../src/store/run-directory.ts';
import { cli } from './support/cli.ts';
import { command, impatientClock } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-bad-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const evalOf = (model: string, ...more: readonly string[]): string[] => [
  'eval',
  '--model',
  model,
  '--env',
  'tool-use-flattery',
  '--n',
  '4',
  '--quiet',
  ...more,
];

describe('before anything is done', () => {
  test.each<[string, string[], readonly RegExp[]]>([
    [
      'an unknown environment',
      ['eval', '--model', 'scripted:gold', '--env', 'flattery'],
      [/no such environment/i, /given:\s+flattery/, /tool-use-flattery/, /subterfuge envs/],
    ],
    ['an unknown kind of model', evalOf('scripted'), [/not a model specification/, /given:\s+scripted/, /scripted:</]],
    ['an unknown script', evalOf('scripted:cheat'), [/not a model specification/, /scripted:cheat/]],
    ['a missing key', evalOf('openai:gpt-x'), [/key for openai is missing/, /OPENAI_API_KEY/]],
    ['an address that is none', evalOf('openai-compatible:m@nowhere'), [/openai-compatible/, /http/]],
    ['a model file that is not there', evalOf('gguf:missing.gguf'), [/missing\.gguf/]],
    ['a number that is none', evalOf('scripted:gold', '--n', 'many'), [/--n/, /given:\s+many/, /whole number/]],
    ['an unknown option', evalOf('scripted:gold', '--temprature', '1'), [/unknown option/, /--temperature/]],
    [
      'a cap without a price',
      evalOf('openai-compatible:m@http://127.0.0.1:9/v1', '--max-cost', '1'),
      [/price/, /--price/],
    ],
    ['no such run', ['show', 'nothing'], [/no run at/]],
    ['a variant that is not there', ['env', 'tool-use-flattery', '--variant', '9999'], [/no such variant/, /0 to 511/]],
    ['a module that is none', ['env', './nothing.ts'], [/could not be loaded/, /nothing\.ts/]],
  ])('%s', async (_name, args, said) => {
    const result = await command(args, { cwd: home });
    expect(result.code, result.stderr).toBe(2);
    expect(result.stdout).toBe('');
    for (const pattern of said) expect(result.stderr).toMatch(pattern);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});

test('a folder where the system takes none, which is told at once', { timeout: 20_000 }, async () => {
  const run = await command(evalOf('scripted:gold', '--out', '/proc/subterfuge'), { cwd: home });
  expect(run.code).toBe(3);
  const made = await command(['new', 'env', 'late-orders', '--dir', '/proc/subterfuge'], { cwd: home });
  expect(made.code).toBe(2);
  for (const { stderr } of [run, made]) expect(stderr).toMatch(/given:.*\/proc[\s\S]*to do:/);
});

test('a file that is no model', async () => {
  await writeFile(join(home, 'text.gguf'), 'this is a text');
  const result = await command(evalOf('gguf:text.gguf'), { cwd: home });
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/text\.gguf/);
});

test('a wrong key ends the run, and the key is in nothing that was written', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'Incorrect API key provided: canary-key-123456789' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const result = await command(evalOf(`openai-compatible:m@http://127.0.0.1:${port}/v1`, '--out', 'wrong-key'), {
    cwd: home,
    env: { OPENAI_COMPATIBLE_API_KEY: 'canary-key-123456789' },
  });
  server.close();
  expect(result.code, result.stderr).toBe(2);
  expect(result.stderr).toMatch(/key/);
  const journal = await readFile(join(home, 'wrong-key', 'journal.jsonl'), 'utf8');
  expect(`${result.stderr}${journal}`).not.toContain('canary-key');
});

test('a host that is not there ends the run, which can be resumed', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const args = evalOf(`openai-compatible:m@http://127.0.0.1:${port}/v1`, '--out', 'unreachable');
  const result = await command(args, { cwd: home, clock: impatientClock() });
  expect(result.code, result.stderr).toBe(3);
  expect(result.stderr).toContain(`127.0.0.1:${port}`);
  expect(result.stderr).toMatch(/resume/);
});

describe('runs on disk', () => {
  beforeAll(async () => {
    expect((await command(evalOf('scripted:gold', '--out', 'finished'), { cwd: home })).code).toBe(0);
  });
  /** A copy of one finished run. */
  const finished = async (dir: string): Promise<string> => {
    await cp(join(home, 'finished'), join(home, dir), { recursive: true });
    return join(home, dir);
  };

  test('a directory that holds something else is left alone', async () => {
    await mkdir(join(home, 'mine'));
    await writeFile(join(home, 'mine', 'thesis.txt'), 'chapter 1');
    const result = await command(evalOf('scripted:gold', '--out', 'mine'), { cwd: home });
    expect([result.code, await readFile(join(home, 'mine', 'thesis.txt'), 'utf8')]).toEqual([2, 'chapter 1']);
    expect(result.stderr).toMatch(/thesis\.txt/);
  });

  test('a run that is there already is not overwritten but resumed', async () => {
    await finished('twice');
    const result = await command(evalOf('scripted:gold', '--out', 'twice'), { cwd: home });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/resume/);
  });

  test('damage in the middle of a journal is named, never skipped', async () => {
    const dir = await finished('damaged');
    const path = join(dir, 'journal.jsonl');
    const journal = await readFile(path, 'utf8');
    await writeFile(path, journal.replace('finished', 'finishes'));
    await rm(join(dir, 'index.sqlite'), { force: true });
    const result = await command(['show', 'damaged'], { cwd: home });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/journal\.jsonl/);
    expect(result.stderr).toMatch(/byte/);
  });

  test('a last record that was cut short is dropped, and said so', async () => {
    const dir = await finished('torn');
    await appendFile(join(dir, 'journal.jsonl'), '0badc0de {"kind":"roll');
    const result = await command(['resume', 'torn', '--quiet'], { cwd: home });
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/cut short/);
  });

  test('a manifest that is damaged, or of the future', async () => {
    const dir = await finished('future');
    const path = join(dir, 'manifest.json');
    const manifest = await readFile(path, 'utf8');
    await writeFile(path, manifest.replace('subterfuge/run@1', 'subterfuge/run@99'));
    const future = await command(['show', 'future'], { cwd: home });
    expect([future.code, future.stderr]).toEqual([2, expect.stringMatching(/newer Subterfuge/)]);
    await writeFile(path, manifest.slice(0, 40));
    const damaged = await command(['show', 'future'], { cwd: home });
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringMatching(/manifest\.json is damaged/)]);
  });

  test('a second writer is refused, and told who the first is', async () => {
    const dir = await finished('busy');
    await using _ = await openRun(dir);
    // In a process of its own: a second writer is one.
    const result = await cli(['resume', 'busy', '--quiet'], { cwd: home });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(new RegExp(`${process.pid}`));
    expect((await command(['show', 'busy'], { cwd: home })).code).toBe(0);
  });

  test('a rollout that is not in the run', async () => {
    await finished('small');
    const result = await command(['show', 'small', '--rollout', 'x/1'], { cwd: home });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/tool-use-flattery\/000000/);
  });
});

describe('what a shell lets through unseen', () => {
  test.each<[string, string[], readonly RegExp[]]>([
    ['an empty value', evalOf('scripted:gold', '--seed', ''), [/--seed has no value/, /given:\s+--seed ''/, /streams/]],
    ['an empty path', evalOf('scripted:gold', '--out', ''), [/--out has no value/, /run directory/]],
    ['an empty judge', evalOf('scripted:gold', '--judge', ''), [/--judge has no value/]],
    ['an empty number', ['env', 'nudged-rubric', '--variant', ''], [/--variant has no value/, /which variant/]],
    [
      'an empty choice, in the words of the option',
      evalOf('scripted:gold', '--sandbox', ''),
      [/given:\s+\(nothing\)/, /simulated, bubblewrap/],
    ],
    [
      'two values for one',
      evalOf('scripted:gold', '--seed', '1', '--seed', '2'),
      [/--seed was given twice/, /--seed 1 --seed 2/, /--seed once/],
    ],
    ['two models', evalOf('scripted:gold', '--model', 'scripted:exploit'), [/--model was given twice/]],
    [
      'more rollouts than ids',
      ['eval', '--model', 'scripted:gold', '--env', 'ordinary', '--n', '1e9'],
      [/--n/, /from 1 to 1,000,000/],
    ],
    ['a thousand million repeats', evalOf('scripted:gold', '--repeat', '1000000000'), [/--repeat/, /1,000,000/]],
    ['a thousand million attempts', evalOf('scripted:gold', '--attempts', '1000000000'), [/--attempts/, /1,000,000/]],
    [
      "a judge's price that is none",
      evalOf('scripted:gold', '--judge', 'openai:x', '--judge-price', '1'),
      [/--judge-price is not usable/],
    ],
    [
      'a table of prices that is not there',
      evalOf('openai:x', '--prices', 'p.json'),
      [/cannot be read/, /--prices p\.json/, /--price IN,OUT/],
    ],
    ['a run to replay that is not there', evalOf('replay:nowhere'), [/no run at .*subterfuge-bad-.*nowhere/]],
  ])('%s', async (_name, args, said) => {
    const result = await command(args, { cwd: home });
    expect([result.code, result.stdout], result.stderr).toEqual([2, '']);
    for (const pattern of said) expect(result.stderr).toMatch(pattern);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  test('the same value twice does no harm; environments named one by one are all meant; replay: is read from where one is', async () => {
    const args = ['eval', '--model', 'scripted:gold', '--n', '2', '--n', '2', '--quiet', '--json', '--out', 'both'];
    const envs = ['--env', 'language-loophole', '--env', 'secret-loophole'];
    const both = await command([...args, ...envs], { cwd: home });
    expect(both.code, both.stderr).toBe(0);
    const names = (text: string): string[] =>
      evaluationRecord.read(JSON.parse(text)).environments.map(({ name }) => name);
    expect(names(both.stdout)).toEqual(['language-loophole', 'secret-loophole']);
    const again = await command(['eval', '--model', 'replay:both', ...envs, '--n', '2', '--quiet', '--json'], {
      cwd: home,
    });
    expect(again.code, again.stderr).toBe(0);
    expect(evaluationRecord.read(JSON.parse(again.stdout)).environments).toEqual(
      evaluationRecord.read(JSON.parse(both.stdout)).environments,
    );
  });
});
