import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

const sweep = (bound: number, question = 'does it rise?'): Sweep =>
  readSweep({
    name: 's',
    question,
    entries: [{ name: 'main', recipe: 'curriculum', seeds: ['1'] }],
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

test('a damaged file is an error of its own', async () => {
  await writeFile(join(dir, 'claims.json'), '{');
  await expect(changedClaims(dir, sweep(0.1))).rejects.toMatchObject({ code: 'corrupt-claims' });
});
