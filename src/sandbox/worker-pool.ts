import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../base/errors.ts';
import type { Done, Job, Reply } from './job.ts';
import { residentMb } from './resident-memory.ts';

/**
 * Worker processes under a watchdog. A job that is not answered in time, or takes too much memory, loses its worker and
 * nothing else. Processes and not threads: a thread that runs out of heap inside one native operation takes its whole
 * process down with it. Workers start when first needed, hold the host's process only while they work, and a fresh one
 * replaces each that was lost.
 */
export type PoolOutcome =
  | { readonly kind: 'done'; readonly done: Done }
  /** Killed by the watchdog, or by the caller's signal. */
  | { readonly kind: 'killed' }
  /** The job brought its worker down: out of memory, or a crash. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** The worker's own code threw: a bug of ours that this job, and every job like it, brings out. */
  | { readonly kind: 'threw'; readonly message: string }
  /** No worker could be started. */
  | { readonly kind: 'failed'; readonly message: string };

export interface WorkerPool extends AsyncDisposable {
  run(job: Job, watchdogMs: number, signal?: AbortSignal): Promise<PoolOutcome>;
  /** Jobs that run or wait. */
  readonly pending: number;
}

export interface PoolOptions {
  readonly workers: number;
  /** Resident memory at which a worker is killed, where the system tells (Linux). */
  readonly residentMb: number;
  /** Starts a worker: a process with a channel, which says when it is ready. What it writes to stderr names the cause of a loss. */
  readonly launch: () => ChildProcess;
}

/** A worker of the simulated sandbox, with this much JavaScript heap. */
export const launchSimulated = (heapMb: number): ChildProcess =>
  fork(WORKER, [], {
    env: { TZ: 'UTC', NODE_NO_WARNINGS: '1' },
    cwd: '/',
    // Beside reading its own code, a worker may touch nothing of the host: no writing, no processes, no add-ons.
    execArgv: [`--max-old-space-size=${heapMb}`, '--permission', '--allow-fs-read=*', '--allow-worker'],
    serialization: 'advanced',
    // Not the host's terminal: what a crash prints could be the guest's.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

interface Task {
  readonly job: Job;
  readonly watchdogMs: number;
  readonly signal: AbortSignal | undefined;
  readonly settle: (outcome: PoolOutcome) => void;
}

interface Member {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  ready: boolean;
  task: Task | null;
  watchdog: NodeJS.Timeout | null;
  memory: NodeJS.Timeout | null;
  onAbort: (() => void) | null;
}

const WORKER = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));
const MEMORY_CHECK_MS = 50;

export const workerPool = (options: PoolOptions): WorkerPool => {
  const members = new Set<Member>();
  const idle: Member[] = [];
  const queue: Task[] = [];
  let disposed = false;
  let ids = 0;

  const start = (): Member => {
    const child = options.launch();
    const said = tailOf(child);
    const gone = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => child.pid === undefined && resolve());
    });
    const member: Member = { child, gone, ready: false, task: null, watchdog: null, memory: null, onAbort: null };
    members.add(member);
    child.on('message', (reply: Reply) => {
      if ('ready' in reply) {
        member.ready = true;
        watch(member);
        return;
      }
      if (member.task === null) return;
      finish(member, 'done' in reply ? { kind: 'done', done: reply.done } : { kind: 'threw', message: reply.error });
      release(member);
    });
    // Before it is ready only our own code has run, so the guest cannot have caused the loss.
    const lost = (message: string): void => lose(member, { kind: member.ready ? 'crashed' : 'failed', message });
    child.on('error', (error) => lost(messageOf(error)));
    child.on('close', (code, signal) =>
      lost(`the worker exited with ${code === null ? signal : `code ${code}`}${said()}`),
    );
    hold(member, false);
    return member;
  };

  const finish = (member: Member, outcome: PoolOutcome): void => {
    const { task } = member;
    if (member.watchdog !== null) clearTimeout(member.watchdog);
    if (member.memory !== null) clearInterval(member.memory);
    if (member.onAbort !== null) task?.signal?.removeEventListener('abort', member.onAbort);
    Object.assign(member, { watchdog: null, memory: null, onAbort: null, task: null });
    task?.settle(outcome);
  };

  const release = (member: Member): void => {
    hold(member, false);
    idle.push(member);
    next();
  };

  const lose = (member: Member, outcome: PoolOutcome): void => {
    if (!members.delete(member)) return;
    const at = idle.indexOf(member);
    if (at >= 0) idle.splice(at, 1);
    finish(member, outcome);
    next();
  };

  const kill = (member: Member, outcome: PoolOutcome = { kind: 'killed' }): void => {
    if (!members.delete(member)) return;
    member.child.kill('SIGKILL');
    // The next job will want a worker: it can start now.
    if (!disposed && members.size < options.workers) idle.push(start());
    finish(member, outcome);
    next();
  };

  /** Starts when the worker can hear: a slow start is not the guest's. */
  const watch = (member: Member): void => {
    const { task } = member;
    if (!member.ready || task === null) return;
    member.watchdog = setTimeout(() => kill(member), task.watchdogMs);
    member.memory = setInterval(() => {
      if (residentMb(member.child.pid) > options.residentMb)
        kill(member, { kind: 'crashed', message: `the worker took more than ${options.residentMb} MB` });
    }, MEMORY_CHECK_MS);
  };

  const begin = (member: Member, task: Task): void => {
    member.task = task;
    hold(member, true);
    ids += 1;
    watch(member);
    member.onAbort = () => kill(member);
    task.signal?.addEventListener('abort', member.onAbort, { once: true });
    member.child.send({ id: ids, job: task.job }, (error) => {
      if (error !== null && member.task === task) lose(member, { kind: 'failed', message: messageOf(error) });
    });
  };

  /** One that can hear already, if there is one. */
  const takeIdle = (): Member | undefined => {
    const at = idle.findLastIndex((member) => member.ready);
    return at < 0 ? idle.pop() : idle.splice(at, 1)[0];
  };

  const next = (): void => {
    while (!disposed && queue.length > 0) {
      const member = takeIdle() ?? (members.size < options.workers ? start() : null);
      if (member === null) return;
      const task = queue.shift();
      if (task === undefined) {
        idle.push(member);
        return;
      }
      if (task.signal?.aborted === true) {
        idle.push(member);
        task.settle({ kind: 'killed' });
      } else begin(member, task);
    }
  };

  return {
    run: (job, watchdogMs, signal) =>
      new Promise((resolve) => {
        if (disposed || signal?.aborted === true) {
          resolve({ kind: 'killed' });
          return;
        }
        queue.push({ job, watchdogMs, signal, settle: resolve });
        next();
      }),
    get pending() {
      return queue.length + [...members].filter((member) => member.task !== null).length;
    },
    [Symbol.asyncDispose]: async () => {
      disposed = true;
      for (const task of queue.splice(0)) task.settle({ kind: 'killed' });
      const all = [...members];
      members.clear();
      for (const member of all) {
        finish(member, { kind: 'killed' });
        hold(member, true);
        member.child.kill('SIGKILL');
      }
      await Promise.all(all.map((member) => member.gone));
    },
  };
};

const TAIL_CHARS = 2_000;

/** What a worker wrote to stderr last, where that is read at all. */
const tailOf = (child: ChildProcess): (() => string) => {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-TAIL_CHARS);
  });
  return () => (tail.trim() === '' ? '' : `: ${tail.trim()}`);
};

/** Whether the host's process waits for this worker before it ends. */
const hold = ({ child }: Member, held: boolean): void => {
  const stderr = child.stderr instanceof Socket ? child.stderr : null;
  for (const handle of [child, child.channel, stderr]) {
    if (held) handle?.ref();
    else handle?.unref();
  }
};
