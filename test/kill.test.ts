/**
 * A run that is killed at any moment and resumed must equal one that never was: same rollouts, same verdicts, same
 * labels. Real processes, real SIGKILL.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SubterfugeError } from '../src/base/errors.ts';
import { rng } from '../src/base/rng.ts';
import { canonicalRun } from '../src/store/canonical.ts';
import { readRun } from '../src/store/run-directory.ts';
import { cli } from './support/cli.ts';

const KILLS = 20;
/** Long enough after the start that most kills hit a run in progress, short enough that few runs are over. */
const EARLIEST_MS = 350;
const SPREAD_MS = 1_500;
const PLAN = [
  '--model',
  'scripted:exploit',
  '--env',
  'political-sycophancy,insubordinate-rubric',
  '--n',
  '120',
  '--seed',
  'kill',
];

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-kill-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const digest = async (dir: string): Promise<string> => {
  await using run = await readRun(dir);
  const { sha256, rollouts, verdicts, labels } = await canonicalRun(run);
  expect({ rollouts, verdicts, labels }).toEqual({ rollouts: 240, verdicts: 480, labels: 240 });
  return sha256;
};

const isRun = async (dir: string): Promise<boolean> => {
  try {
    await using _ = await readRun(dir);
    return true;
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return false;
    throw thrown;
  }
};

/** Starts or resumes the run in `dir`; kills it after `killMs` unless that is null. True where it came to its end. */
const goOn = async (dir: string, killMs: number | null): Promise<boolean> => {
  const resuming = await isRun(join(home, dir));
  // Killed before there was a run: nothing was paid for, and it is started again.
  if (!resuming) await rm(join(home, dir), { recursive: true, force: true });
  const args = resuming ? ['resume', dir] : ['eval', ...PLAN, '--out', dir];
  let timer: NodeJS.Timeout | undefined;
  const result = await cli([...args, '--quiet'], {
    cwd: home,
    onStart: (child) => {
      if (killMs !== null) timer = setTimeout(() => child.kill('SIGKILL'), killMs);
    },
  });
  clearTimeout(timer);
  if (result.signal === 'SIGKILL') return false;
  expect(result.code, result.stderr).toBe(0);
  return true;
};

test(`killed at ${KILLS} random moments and resumed, a run equals one that was not killed`, {
  timeout: 300_000,
}, async () => {
  expect(await goOn('whole', null)).toBe(true);
  const expected = await digest(join(home, 'whole'));
  const dice = rng('moments');
  let kills = 0;
  for (let run = 0; kills < KILLS; run++) {
    const dir = `run-${run}`;
    while (!(await goOn(dir, kills < KILLS ? EARLIEST_MS + dice.int(SPREAD_MS) : null))) kills++;
    expect(await digest(join(home, dir))).toBe(expected);
  }
  expect(kills).toBe(KILLS);
});

test('two runs with one seed are equal, another seed is another run', { timeout: 120_000 }, async () => {
  const args = ['eval', '--model', 'scripted:wrong', '--env', 'nudged-rubric', '--n', '24', '--quiet'];
  for (const [dir, seed] of [
    ['a', '7'],
    ['b', '7'],
    ['c', '8'],
  ] as const) {
    expect((await cli([...args, '--seed', seed, '--out', dir], { cwd: home })).code).toBe(0);
  }
  const [a, b, c] = await Promise.all(
    ['a', 'b', 'c'].map(async (dir) => {
      await using run = await readRun(join(home, dir));
      return (await canonicalRun(run)).sha256;
    }),
  );
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});
