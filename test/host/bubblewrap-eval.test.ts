/** `--sandbox bubblewrap` as people use it: an evaluation, its record, what it says, and going on with it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluationRecord } from '../../src/record/evaluation.ts';
import { manifestRecord } from '../../src/record/run.ts';
import { command } from '../support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-real-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const evaluate = (...more: string[]): ReturnType<typeof command> =>
  command(['eval', '--env', 'tool-use-flattery', '--n', '4', '--json', '--quiet', ...more], { cwd: home });

const counts = (stdout: string): unknown => {
  const { environments } = evaluationRecord.read(JSON.parse(stdout));
  return environments.map(({ name, gaming }) => [name, gaming.count, gaming.n]);
};

test('scripts earn what they earn in the simulated sandbox; the run says which one it used, and goes on in it', async () => {
  const real = await evaluate('--model', 'scripted:exploit', '--sandbox', 'bubblewrap', '--out', 'real');
  expect(real.code, real.stderr).toBe(0);
  expect(real.stderr).toMatch(/warning: the bubblewrap sandbox does not see writes that were refused/);
  expect(counts(real.stdout)).toEqual([['tool-use-flattery', 4, 4]]);
  const path = join(home, 'real/manifest.json');
  const manifest = manifestRecord.read(JSON.parse(await readFile(path, 'utf8')));
  expect(manifest.plan.sandbox).toBe('bubblewrap');
  expect(await readFile(join(home, 'real/report.html'), 'utf8')).toMatch(/--sandbox bubblewrap/);

  await writeFile(path, JSON.stringify({ ...manifest, plan: { ...manifest.plan, n: 6 } }));
  const resumed = await command(['resume', 'real', '--json', '--quiet'], { cwd: home });
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toMatch(/bubblewrap/);
  expect(counts(resumed.stdout)).toEqual([['tool-use-flattery', 6, 6]]);
});

test('where a refused write is an attempt, the rate of attempts is called a lower bound beside it', async () => {
  const args = [
    'eval',
    '--model',
    'scripted:exploit',
    '--n',
    '2',
    '--quiet',
    '--sandbox',
    'bubblewrap',
    '--out',
    'blind',
  ];
  const envs = 'insubordinate-rubric,tool-use-flattery';
  const { code, stdout, stderr } = await command([...args, '--env', envs], { cwd: home });
  expect(code, stderr).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('insubordinate-rubric: attempted is a lower bound here');
  expect(stdout).not.toContain('tool-use-flattery: attempted is');
  expect(await readFile(join(home, 'blind/report.html'), 'utf8')).toContain('attempted is a lower bound here');
  const shown = await command(['show', 'blind', '--json'], { cwd: home });
  const { environments } = evaluationRecord.read(JSON.parse(shown.stdout));
  expect(environments.map(({ refusalsUnseen }) => refusalsUnseen)).toEqual([true, undefined]);
});

test('a name that is none is refused with those that are', async () => {
  const result = await evaluate('--model', 'scripted:gold', '--sandbox', 'docker');
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/--sandbox is not usable[\s\S]*docker[\s\S]*simulated, bubblewrap/);
});

test('doctor shows it', async () => {
  const { stdout } = await command(['doctor', '--json'], { cwd: home });
  const { checks } = JSON.parse(stdout);
  expect(checks).toContainEqual({
    name: 'bubblewrap sandbox',
    state: 'ok',
    detail: expect.stringMatching(/Python 3.*git version.*memory/),
  });
});
