/**
 * A run that is killed at any moment and resumed must equal one that never was: same rollouts, same verdicts, same
 * labels. Real processes, real SIGKILL.
 */
import { statSync } from 'node:fs';
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
const ROLLOUTS = 128;
const PLAN = [
  ...[
    '--model',
    'scripted:exploit',
    '--env',
    'political-sycophancy,insubordinate-rubric,reward-tampering,tampering-dev',
  ],
  ...['--n', '32', '--seed', 'kill'],
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
  expect({ rollouts, verdicts, labels }).toEqual({ rollouts: ROLLOUTS, verdicts: 2 * ROLLOUTS, labels: ROLLOUTS });
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

/**
 * Starts or resumes the run in `dir`; kills it once its journal has grown to `killBytes`, unless that is null. True
 * where it came to its end.
 */
const goOn = async (dir: string, killBytes: number | null): Promise<boolean> => {
  const path = join(home, dir);
  const resuming = await isRun(path);
  if (!resuming) await rm(path, { recursive: true, force: true });
  const args = resuming ? ['resume', dir] : ['eval', ...PLAN, '--out', dir];
  let watching: NodeJS.Timeout | undefined;
  const result = await cli([...args, '--quiet'], {
    cwd: home,
    onStart: (child) => {
      if (killBytes === null) return;
      watching = setInterval(() => {
        if (sizeOf(join(path, 'journal.jsonl')) >= killBytes) child.kill('SIGKILL');
      }, 5);
    },
  });
  clearInterval(watching);
  if (result.signal === 'SIGKILL') return false;
  expect(result.code, result.stderr).toBe(0);
  return true;
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Begun and not yet done: something is recorded, and something is still to be played or graded. */
const isUnderWay = async (dir: string): Promise<boolean> => {
  await using run = await readRun(dir);
  const entries = await Array.fromAsync(run.entries());
  return entries.length > 0 && (entries.length < ROLLOUTS || entries.some(({ labelled }) => !labelled));
};

test(`killed at ${KILLS} random moments and resumed, a run equals one that was not killed`, {
  timeout: 300_000,
}, async () => {
  expect(await goOn('whole', null)).toBe(true);
  const expected = await digest(join(home, 'whole'));
  const whole = sizeOf(join(home, 'whole', 'journal.jsonl'));
  const dice = rng('moments');
  let kills = 0;
  let midRun = 0;
  for (let run = 0; kills < KILLS; run++) {
    const dir = `run-${run}`;
    // Each kill comes a random part of what is left after the one before it.
    const next = (): number => {
      const now = sizeOf(join(home, dir, 'journal.jsonl'));
      return now + Math.floor((whole - now) * 0.6 * dice.next()) + 1;
    };
    while (!(await goOn(dir, kills < KILLS ? next() : null))) {
      kills++;
      if ((await isRun(join(home, dir))) && (await isUnderWay(join(home, dir)))) midRun++;
    }
    expect(await digest(join(home, dir))).toBe(expected);
  }
  expect(kills).toBe(KILLS);
  expect(midRun).toBeGreaterThanOrEqual(KILLS / 2);
});

test('two runs with one seed are equal, another seed is another run', async () => {
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
