/** Real processes, real SIGKILL: a training run that is killed at any moments ends as one that was not. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../base/json.ts';
import { rng } from '../base/rng.ts';
import { canonicalRun } from '../store/canonical.ts';
import { readRun } from '../store/run-directory.ts';
import { temporary } from './fixture.contract.ts';
import { bytesWritten, killAt, nextKill } from './kill.contract.ts';
import { readPhaseEnds } from './phase-journal.ts';

const CHILD = fileURLToPath(new URL('./kill-child.contract.ts', import.meta.url));
const KILLS = 5;

/** Runs on in `dir`, and is killed once so many bytes stand in it. True where it came to its end. */
const goOn = async (dir: string, killBytes: number | null): Promise<boolean> => {
  const child = spawn(process.execPath, [CHILD, dir], { stdio: ['ignore', 'inherit', 'inherit'] });
  const closed = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  if (killBytes !== null) await killAt(child, dir, killBytes);
  const { code, signal } = await closed;
  if (signal === 'SIGKILL') return false;
  expect(code).toBe(0);
  return true;
};

const digest = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const found: Record<string, string> = { metrics: sha256(await readFile(join(dir, 'metrics.jsonl'))) };
  for (const name of await readdir(join(dir, 'checkpoints')))
    found[name] = sha256(await readFile(join(dir, 'checkpoints', name, 'table.json')));
  for (const kind of ['rounds', 'evaluations']) {
    for (const name of await readdir(join(dir, kind))) {
      await using run = await readRun(join(dir, kind, name));
      found[`${kind}/${name}`] = canonicalJson(await canonicalRun(run));
    }
  }
  return found;
};

test(`killed ${KILLS} times at random and begun again`, async () => {
  await using home = await temporary();
  const whole = join(home.dir, 'whole');
  expect(await goOn(whole, null)).toBe(true);
  const bytes = await bytesWritten(whole);
  const dice = rng('kills');
  const phases: number[] = [];
  const expected = await digest(whole);
  // A busy machine may look too late: a run that came to its end before all kills is followed by another.
  for (let run = 0; phases.length < KILLS; run++) {
    const killed = join(home.dir, `killed-${run}`);
    while (!(await goOn(killed, phases.length < KILLS ? await nextKill(killed, bytes, dice) : null)))
      phases.push((await readPhaseEnds(killed)).length);
    expect(await digest(killed)).toEqual(expected);
  }
  expect(new Set(phases).size).toBeGreaterThan(2);
});
