/** Runs one command of a guest in bubblewrap, and waits until nothing of it runs any more. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { messageOf } from '../base/errors.ts';
import { BLOCK_FD, STATUS_FD } from './bubblewrap-arguments.ts';
import { joinGroup } from './bubblewrap-cgroup.ts';
import type { Machine } from './bubblewrap-machine.ts';
import { residentMb } from './resident-memory.ts';

export type End =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timeout' }
  /** More output than anybody reads. */
  | { readonly kind: 'flood' }
  /** More memory than all of its processes may take, where no control group holds it. */
  | { readonly kind: 'memory' };

export interface Ran {
  readonly end: End;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface CommandLimits {
  readonly commandMs: number;
  /** Bytes kept of each stream. */
  readonly outputBytes: number;
}

/** Bytes of both streams at which a command is ended; what is beyond `outputBytes` is read and dropped before. */
const FLOOD_BYTES = 33_554_432;
const MEMORY_CHECK_MS = 25;

/** Rejects where bubblewrap could not start the command: never a guest's doing. */
export const runCommand = (
  machine: Machine,
  args: readonly string[],
  filterFile: string,
  limits: CommandLimits,
): Promise<Ran> => {
  const filter = openSync(filterFile, 'r');
  const child = spawn(machine.bwrap, args, {
    env: {},
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', filter],
    ...(machine.owner ?? {}),
  });
  closeSync(filter);
  return new Promise((resolve, reject) => {
    let early: End | null = null;
    let pid: number | null = null;
    let failure: string | null = null;
    const stop = (end: End): void => {
      early ??= end;
      kill(child, pid);
    };
    const timer = setTimeout(() => stop({ kind: 'timeout' }), limits.commandMs);
    const watch =
      machine.groupFolders.length > 0
        ? null
        : setInterval(() => {
            if (residentOfAll() > machine.memoryBytes) stop({ kind: 'memory' });
          }, MEMORY_CHECK_MS);
    let total = 0;
    const count = (bytes: number): void => {
      total += bytes;
      if (total > FLOOD_BYTES) stop({ kind: 'flood' });
    };
    const stdout = head(child.stdout, limits.outputBytes, count);
    const stderr = head(child.stderr, limits.outputBytes, count);
    let status = '';
    const onStatus = (chunk: Buffer): void => {
      status += chunk.toString('latin1');
      if (pid !== null) return;
      const told = /"child-pid"\s*:\s*(\d+)/.exec(status)?.[1];
      if (told === undefined) return;
      pid = Number(told);
      try {
        joinGroup(machine.groupFolders, pid);
        unblock(child);
      } catch (thrown) {
        failure ??= messageOf(thrown);
      }
      if (early !== null || failure !== null) kill(child, pid);
    };
    readableAt(child, STATUS_FD)?.on('data', onStatus);
    child.on('error', (error) => {
      failure ??= messageOf(error);
      if (child.pid === undefined) settle();
    });
    // All streams have ended and bubblewrap has reaped the first process of the namespace, which is the last to go.
    child.on('close', () => settle());
    const settle = (): void => {
      clearTimeout(timer);
      if (watch !== null) clearInterval(watch);
      const code = /"exit-code"\s*:\s*(\d+)/.exec(status)?.[1];
      if (early !== null && failure === null) resolve({ end: early, stdout: stdout(), stderr: stderr() });
      else if (code !== undefined && failure === null)
        resolve({ end: { kind: 'exited', code: Number(code) }, stdout: stdout(), stderr: stderr() });
      else reject(new Error(failure ?? (stderr().toString('utf8').trim() || 'bubblewrap did not start the command')));
    };
  });
};

/**
 * The first process of the namespace: with it the kernel ends all others, and bubblewrap ends after they are gone. Killing bubblewrap instead
 * would leave them a moment.
 */
const kill = (child: ChildProcess, pid: number | null): void => {
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended: what is waited for happens anyway.
    child.kill('SIGKILL');
  }
};

const readableAt = (child: ChildProcess, fd: number): Readable | null => (child.stdio[fd] ?? null) as Readable | null;

const unblock = (child: ChildProcess): void => {
  const pipe = (child.stdio[BLOCK_FD] ?? null) as Writable | null;
  // It may have been killed before it read this.
  pipe?.on('error', () => undefined);
  pipe?.end('.');
};

/** Room for a character that the cap cuts through. */
const SPARE_BYTES = 4;

const head = (stream: Readable | null, cap: number, count: (bytes: number) => void): (() => Buffer) => {
  const chunks: Buffer[] = [];
  let left = cap + SPARE_BYTES;
  stream?.on('data', (chunk: Buffer) => {
    count(chunk.length);
    if (left > 0) chunks.push(Buffer.from(chunk.subarray(0, left)));
    left -= chunk.length;
  });
  return () => Buffer.concat(chunks);
};

/** Of every process that this one can see, but itself: a worker has a process namespace of its own. */
const residentOfAll = (): number => {
  let megabytes = 0;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== process.pid) megabytes += residentMb(pid);
  }
  return megabytes * 1_048_576;
};
