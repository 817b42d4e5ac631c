import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSweep, type Sweep } from '../train/sweep.ts';
import { changedClaims, fixClaims } from './sweep-claims.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sweep-claims-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sweep = (bound: number, question = 'does it rise?', seeds: readonly string[] = ['1']): Sweep =>
  readSweep({
    name: 's',
    question,
    entries: [
      { name: 'main', recipe: 'curriculum', seeds },
      // No claim looks at it.
      { name: 'beside', recipe: 'curriculum', seeds: seeds.slice(0, 1) },
    ],
    claims: [{ kind: 'level', paper: 'p', entry: 'main', environment: 'e', label: 'gamed', expect: 'at most', bound }],
  });

test('claims are fixed with the first run, and a later change is told', async () => {
  expect(await changedClaims(dir, sweep(0.1))).toBe(null);
  await fixClaims(dir, sweep(0.1), false);
  // Nothing was run yet, so nothing was seen.
  await fixClaims(dir, sweep(0.2), false);
  expect(await changedClaims(dir, sweep(0.2))).toEqual([]);
  await fixClaims(dir, sweep(0.3, 'does it fall?'), true);
  expect(await changedClaims(dir, sweep(0.3, 'does it fall?'))).toEqual([
    'the question was: does it rise?',
    'new or changed: main, p',
    'was there before: main, p',
  ]);
});

test('seeds that are listed later are told', async () => {
  await fixClaims(dir, sweep(0.1), false);
  expect(await changedClaims(dir, sweep(0.1, undefined, ['1', '2']))).toEqual([
    'the seeds of main were 1 and are 1, 2',
  ]);
});

test('another rule is told, word for word', async () => {
  await fixClaims(dir, sweep(0.1), false);
  const path = join(dir, 'claims.json');
  const fixed = JSON.parse(await readFile(path, 'utf8')) as { rule: string[] };
  const [first = ''] = fixed.rule;
  await writeFile(
    path,
    JSON.stringify({ ...fixed, rule: ['Three seeds do.', ...fixed.rule.slice(1)], sizes: 'by feel' }),
  );
  expect(await changedClaims(dir, sweep(0.1))).toEqual([
    'the rule said: Three seeds do.',
    `the rule did not say: ${first}`,
    'the sizes were explained so: by feel',
  ]);
});

test('they stay fixed where every run was deleted after one had been counted', async () => {
  await fixClaims(dir, sweep(0.1), false);
  await writeFile(join(dir, 'results.json'), JSON.stringify([{ entry: 'main', seed: '1', matrix: null }]));
  // Counted, but nothing was whole.
  await fixClaims(dir, sweep(0.2), false);
  expect(await changedClaims(dir, sweep(0.2))).toEqual([]);
  await writeFile(join(dir, 'results.json'), JSON.stringify([{ entry: 'main', seed: '1', matrix: { cells: [] } }]));
  await fixClaims(dir, sweep(0.3), false);
  expect(await changedClaims(dir, sweep(0.3))).toEqual(['new or changed: main, p', 'was there before: main, p']);
  // Nor are they fixed anew, as if nothing had been seen, where their file was deleted with the runs.
  await rm(join(dir, 'claims.json'));
  await fixClaims(dir, sweep(0.3), false);
  expect(await changedClaims(dir, sweep(0.3))).toBe(null);
});

test('a damaged file is an error of its own', async () => {
  await writeFile(join(dir, 'claims.json'), '{');
  await expect(changedClaims(dir, sweep(0.1))).rejects.toMatchObject({ code: 'corrupt-claims' });
});
