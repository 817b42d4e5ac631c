import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import { diskError, errnoOf } from './disk.ts';

/**
 * One writer per run directory. The lock is an exclusive SQLite transaction, which rests on a lock of the operating
 * system: it ends with its process, however that ends, and also holds between two writers in one process.
 * Boundary: POSIX drops it when the same process opens and closes `lock.sqlite` by other means, so nothing else may.
 */
export const LOCK_FILE = 'lock.sqlite';
/** Who holds it. Only for the message: it may be left over from a writer that was killed. */
export const HOLDER_FILE = 'lock.json';

const holderSchema = z.object({ pid: z.int(), host: z.string(), since: z.string() });

/** Two writers that start at once can both be refused for a moment, so one is let wait. */
const WAIT_MS = 200;
const SQLITE_BUSY = 5;

const holderOf = async (dir: string): Promise<string> => {
  const text = await readFile(join(dir, HOLDER_FILE), 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return '';
    throw thrown;
  });
  // A file that is being written reads as unknown.
  const read = z.string().transform((raw, context) => {
    try {
      return JSON.parse(raw) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  });
  const holder = read.pipe(holderSchema).safeParse(text);
  if (!holder.success) return 'by a process that has not said who it is';
  return `by process ${holder.data.pid} on ${holder.data.host} since ${holder.data.since}`;
};

const isBusy = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'errcode' in thrown &&
  typeof thrown.errcode === 'number' &&
  (thrown.errcode & 255) === SQLITE_BUSY;

/** Takes the lock of a directory that exists, or throws `run-is-open`. */
export const takeLock = async (dir: string, clock: Clock): Promise<AsyncDisposable> => {
  const path = join(dir, LOCK_FILE);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: WAIT_MS });
    // Nothing is ever written: no rollback file beside it.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (thrown) {
    database?.close();
    if (!isBusy(thrown)) throw diskError(path, thrown);
    throw inputError({
      code: 'run-is-open',
      what: `Another writer has this run open: ${dir}`,
      given: `held ${await holderOf(dir)}`,
      allowed: 'one writer at a time; any number of readers',
      todo: 'Wait until it ends, or stop it; the lock goes with its process. Do not delete the lock file.',
    });
  }
  const held = database;
  const holder = { pid: process.pid, host: hostname(), since: new Date(clock.nowMs()).toISOString() };
  const sidecar = join(dir, HOLDER_FILE);
  await writeFile(sidecar, `${JSON.stringify(holder)}\n`).catch((thrown: unknown) => {
    held.close();
    throw diskError(sidecar, thrown);
  });
  let released = false;
  return {
    [Symbol.asyncDispose]: async () => {
      if (released) return;
      released = true;
      // First the name, then the lock: the other way round it could be the next holder's.
      await rm(sidecar, { force: true }).finally(() => held.close());
    },
  };
};
