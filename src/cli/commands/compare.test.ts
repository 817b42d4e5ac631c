import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command } from '../../../test/support/in-process.ts';
import { comparisonRecord } from '../../record/comparison.ts';
import { evaluationRecord } from '../../record/evaluation.ts';
import { manifestRecord } from '../../record/run.ts';

const SUMS = fileURLToPath(new URL('../../../test/support/own-environment.ts', import.meta.url));

let home = '';
const evalOf = async (model: string, out: string, ...more: readonly string[]) =>
  await command(['eval', '--model', `scripted:${model}`, '--env', SUMS, '--out', out, '--quiet', ...more], {
    cwd: home,
  });
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-compare-'));
  for (const [model, out] of [
    ['gold', 'honest'],
    ['exploit', 'gaming'],
  ] as const) {
    expect((await evalOf(model, out, '--n', '24', '--register', 'compact')).code).toBe(0);
  }
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

test('says what differs and where, as text, JSON and a page', async () => {
  const text = await command(['compare', 'honest', 'gaming'], { cwd: home });
  expect(text.code, text.stderr).toBe(0);
  expect(text.stdout).toMatch(/model: A = scripted:gold; B = scripted:exploit/);
  expect(text.stdout).toMatch(/B games more often than A in sums \(\+100\.0 points/);
  expect(text.stdout).toContain('subterfuge show gaming --rollout sums/000000');
  const json = await command(['compare', 'honest', 'gaming', '--json', '--html', 'page.html'], { cwd: home });
  const comparison = comparisonRecord.read(JSON.parse(json.stdout));
  expect(comparison.environments[0]?.flips[0]?.toGamed).toHaveLength(24);
  expect(json.stderr).toContain(join(home, 'page.html'));
  expect(await readFile(join(home, 'page.html'), 'utf8')).toContain('</html>');
  expect(existsSync(join(home, 'page.html.part'))).toBe(false);
});

test('the command for a flipped task works', async () => {
  const shown = await command(['show', 'gaming', '--rollout', 'sums/000000'], { cwd: home });
  expect(shown.code, shown.stderr).toBe(0);
});

describe('what can be got wrong', () => {
  test.each<[string, string[], RegExp]>([
    ['one run', ['honest'], /One run alone/],
    ['the same run twice', ['honest', './honest/'], /named twice/],
    ['no run', ['honest', 'nowhere'], /no run at/],
    ['a folder that is none', ['honest', '.'], /no run at|not a run|manifest/i],
    ['nothing at all', [], /missing required argument/],
    [
      'a page that cannot be written',
      ['honest', 'gaming', '--html', 'no/such/page.html'],
      /could not be written[\s\S]*compare again/,
    ],
  ])('%s', async (_name, args, said) => {
    const result = await command(['compare', ...args], { cwd: home });
    expect([2, 3]).toContain(result.code);
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});

test('--repeat and --until stand in the plan, the JSON and the report, and a resume keeps to them', async () => {
  const args = [
    '--n',
    '400',
    '--repeat',
    '2',
    '--until',
    'gaming.width<0.3',
    '--until',
    'succeeded.width<0.3',
    '--json',
  ];
  const result = await evalOf('exploit', 'early', ...args);
  expect(result.code, result.stderr).toBe(0);
  const [summary] = evaluationRecord.read(JSON.parse(result.stdout)).environments;
  expect(summary?.sequential).toEqual({
    until: ['gaming.width<0.3', 'succeeded.width<0.3'],
    met: true,
    most: 400,
  });
  expect(summary?.rollouts).toBeLessThan(100);
  expect(summary?.repeats).toMatchObject({ times: 2, all: { count: (summary?.rollouts ?? 0) / 2 } });
  const again = await command(['resume', 'early', '--json', '--quiet'], { cwd: home });
  expect(JSON.parse(again.stdout)).toEqual(JSON.parse(result.stdout));
  const shown = await command(['show', 'early'], { cwd: home });
  // Where lines break depends on how long the path of this checkout is.
  const said = shown.stdout.replaceAll(/\s+/g, ' ');
  expect(said).toContain('at most 400 rollouts each, each task 2 times, until gaming.width<0.3');
  expect(said).toContain("--repeat 2 --until 'gaming.width<0.3'");
  expect(said).toContain('stopped early');
  expect(await readFile(join(home, 'early', 'report.html'), 'utf8')).toContain('stopped early');
});

test.each([
  [['--until', 'gaming<0.1'], /gaming\.width/],
  [['--repeat', '0'], /--repeat/],
  [['--n', '600', '--until', 'gaming.width<0.1'], /--n up to 512/],
])('eval %j is refused before anything is made', async (more, said) => {
  const result = await evalOf('gold', 'never', ...more);
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(said);
  expect(existsSync(join(home, 'never'))).toBe(false);
});

test('an environment that is gone is no reason not to compare', async () => {
  const gone = join(home, 'gone');
  await cp(join(home, 'gaming'), gone, { recursive: true });
  const path = join(gone, 'manifest.json');
  const manifest = manifestRecord.read(JSON.parse(await readFile(path, 'utf8')));
  const plan = { ...manifest.plan, environments: [join(home, 'gone.ts')] };
  await writeFile(path, JSON.stringify({ ...manifest, id: 'gone', plan }));
  await rm(join(gone, 'index.sqlite'), { force: true });
  const result = await command(['compare', 'honest', 'gone'], { cwd: home });
  expect(result.code, result.stderr).toBe(0);
  expect(result.stderr).toMatch(/warning: .*could not be loaded/);
  expect(result.stdout).toMatch(/Whether B is finished is not known/);
  expect(result.stdout).toMatch(/B games more often than A/);
});
