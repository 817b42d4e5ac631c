/** Kills of a training run at random moments. How far a run is, is told by what it has written. */
import type { ChildProcess } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Rng } from '../base/rng.ts';

/** Bytes of all journals below `dir`; 0 where there is none yet. */
export const bytesWritten = async (dir: string): Promise<number> => {
  const names = await readdir(dir, { recursive: true }).catch((): string[] => []);
  let bytes = 0;
  for (const name of names.filter((file) => file.endsWith('.jsonl'))) {
    const found = await stat(join(dir, name)).catch(() => null);
    bytes += found?.size ?? 0;
  }
  return bytes;
};

/** A random part of what a run that will hold `whole` bytes has still to write. */
export const nextKill = async (dir: string, whole: number, dice: Rng): Promise<number> => {
  const now = await bytesWritten(dir);
  return now + 1 + (whole - now) * 0.5 * dice.next();
};

/** SIGKILL once so many bytes stand in `dir`, or at the end of the process. */
export const killAt = async (child: ChildProcess, dir: string, bytes: number): Promise<void> => {
  while (child.exitCode === null && (await bytesWritten(dir)) < bytes) await wait(5);
  child.kill('SIGKILL');
};
