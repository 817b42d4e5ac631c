import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { unreachable } from '../base/errors.ts';
import type { FileState } from '../record/file.ts';
import type { ShellDone } from './job.ts';
import { openingState } from './opening.ts';
import {
  type CommandResult,
  DEFAULT_SANDBOX_LIMITS,
  type Sandbox,
  type SandboxLimits,
  type SandboxProvider,
  type SandboxSession,
  type SandboxSpec,
} from './sandbox.ts';
import { advance, changesBetween, type GuestState, stateOf } from './state.ts';
import { type PoolOutcome, type WorkerPool, workerPool } from './worker-pool.ts';

export interface SimulatedOptions {
  /** Jobs at a time, each in a process of its own. Default: one for each processor. */
  readonly threads?: number;
  /** Bytes of remembered transitions. 0 remembers none. Default 64 MB. */
  readonly memoBytes?: number;
  /** JavaScript heap of one worker, in megabytes. Default 512. */
  readonly heapMb?: number;
  /** Resident memory of one worker, in megabytes, at which it is killed. Default 1,024. Enforced on Linux. */
  readonly residentMb?: number;
  /** Memory of a Python interpreter in the shell. Default 256 MB. */
  readonly pythonBytes?: number;
}

export interface SimulatedStats {
  readonly hits: number;
  readonly misses: number;
  readonly memoBytes: number;
  /** Commands that run or wait for a worker. */
  readonly pending: number;
}

export interface SimulatedProvider extends SandboxProvider {
  stats(): SimulatedStats;
}

/** From the soft deadline, at which the worker stops the guest itself, to the watchdog's. */
const GRACE_MS = 400;

/** What a command did to a state: everything but the state it started from. */
interface Transition {
  readonly result: CommandResult;
  readonly next: GuestState;
}

/** `seeded`: the command drew random numbers, so look again with the seed. */
type Remembered = Transition | 'seeded';

interface Shared {
  readonly pool: WorkerPool;
  readonly memo: LRUCache<string, Remembered> | null;
  readonly pythonBytes: number;
  hits: number;
  misses: number;
}

export const simulatedSandbox = (options: SimulatedOptions = {}): SimulatedProvider => {
  const memoBytes = options.memoBytes ?? 67_108_864;
  const shared: Shared = {
    pool: workerPool({
      workers: options.threads ?? availableParallelism(),
      heapMb: options.heapMb ?? 512,
      residentMb: options.residentMb ?? 1_024,
    }),
    memo: memoBytes > 0 ? new LRUCache({ maxSize: memoBytes, sizeCalculation: sizeOf }) : null,
    pythonBytes: options.pythonBytes ?? 268_435_456,
    hits: 0,
    misses: 0,
  };
  return {
    name: 'simulated',
    capabilities: { python: 'wasm', enforcesModes: true, isolation: 'simulated' },
    probe: async () => ({ ok: true, detail: 'just-bash in worker processes; needs nothing but Node' }),
    open: async (spec) => {
      const limits = { ...DEFAULT_SANDBOX_LIMITS, ...spec.limits };
      const opening = openingState(spec, limits);
      return sandbox(shared, { spec, limits, opening }, opening, 0);
    },
    stats: () => ({
      hits: shared.hits,
      misses: shared.misses,
      memoBytes: shared.memo?.calculatedSize ?? 0,
      pending: shared.pool.pending,
    }),
    [Symbol.asyncDispose]: () => shared.pool[Symbol.asyncDispose](),
  };
};

interface Origin {
  readonly spec: SandboxSpec;
  readonly limits: SandboxLimits;
  readonly opening: GuestState;
}

const sandbox = (shared: Shared, origin: Origin, from: GuestState, fromStep: number): Sandbox => {
  let state = from;
  let step = fromStep;
  let destroyed = false;
  const ended = new AbortController();
  // Commands of one session run one after another, as in a shell.
  let last: Promise<unknown> = Promise.resolve();
  const exec: SandboxSession['exec'] = (command, given = {}) => {
    const turn = last.then(async () => {
      if (destroyed) return unusable(state, 'the sandbox was destroyed');
      step += 1;
      const commandMs = Math.min(given.timeoutMs ?? origin.limits.commandMs, origin.limits.commandMs);
      const signal = given.signal === undefined ? ended.signal : AbortSignal.any([ended.signal, given.signal]);
      const seed = `${origin.spec.seed}/${step}`;
      const transition = await transit(shared, origin.limits, state, { command, commandMs, seed, signal });
      if (destroyed) return unusable(state, 'the sandbox was destroyed while the command ran');
      state = transition.next;
      return transition.result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    session: { exec },
    files: async () => {
      const out = new Map<string, FileState>();
      for (const [path, one] of state.items) out.set(path, stateOf(one));
      return out;
    },
    diff: async () => changesBetween(origin.opening.items, state.items),
    fork: async () => sandbox(shared, origin, state, step),
    [Symbol.asyncDispose]: async () => {
      destroyed = true;
      ended.abort();
      await last;
    },
  };
};

interface Step {
  readonly command: string;
  readonly commandMs: number;
  readonly seed: string;
  readonly signal: AbortSignal;
}

const transit = async (shared: Shared, limits: SandboxLimits, state: GuestState, step: Step): Promise<Transition> => {
  const key = createHash('sha256')
    .update(`${state.hash} ${limits.outputBytes} ${limits.diskBytes} ${step.commandMs} ${shared.pythonBytes}\n`)
    .update(step.command)
    .digest('hex');
  const known = recall(shared, key, step.seed);
  if (known !== null) return known;
  shared.misses += 1;
  const outcome = await shared.pool.run(
    {
      kind: 'shell',
      entries: [...state.items.values()].map((one) => one.entry),
      cwd: state.cwd,
      env: state.env,
      plain: state.plain,
      command: step.command,
      clockMs: state.clockMs,
      seed: step.seed,
      commandMs: step.commandMs,
      outputBytes: limits.outputBytes,
      diskBytes: limits.diskBytes,
      pythonBytes: shared.pythonBytes,
    },
    step.commandMs + GRACE_MS,
    step.signal,
  );
  if (outcome.kind !== 'done' || outcome.done.kind !== 'shell') return cutShort(state, outcome, step.signal);
  const transition = completed(state, outcome.done);
  if (outcome.done.repeatable) remember(shared, key, step.seed, outcome.done.drew, transition);
  return transition;
};

const recall = (shared: Shared, key: string, seed: string): Transition | null => {
  const found = shared.memo?.get(key);
  const known = found === 'seeded' ? shared.memo?.get(`${key} ${seed}`) : found;
  if (known === undefined || known === 'seeded') return null;
  shared.hits += 1;
  return known;
};

const remember = (shared: Shared, key: string, seed: string, drew: boolean, transition: Transition): void => {
  if (drew) shared.memo?.set(key, 'seeded');
  shared.memo?.set(drew ? `${key} ${seed}` : key, transition);
};

const completed = (state: GuestState, done: ShellDone): Transition => {
  const next = advance(state, done.changed, done.removed, done);
  const { exitCode, stdout, stderr, truncated, outcome, limit, cwd } = done;
  const changes = [...changesBetween(state.items, next.items)];
  return {
    result: { exitCode, stdout, stderr, truncated, outcome, limit, cwd, changes, denied: [...done.denied] },
    next,
  };
};

const NOTHING = { stdout: '', truncated: { stdout: false, stderr: false }, changes: [], denied: [] };

/** The worker did not answer: the state stays as it was before the command. */
const cutShort = (state: GuestState, outcome: PoolOutcome, signal: AbortSignal): Transition => {
  const result = (part: Pick<CommandResult, 'outcome' | 'limit' | 'stderr'>): Transition => ({
    result: { ...NOTHING, exitCode: null, cwd: state.cwd, ...part },
    next: state,
  });
  switch (outcome.kind) {
    case 'killed':
      return result({ outcome: 'timeout', limit: signal.aborted ? 'aborted' : 'commandMs', stderr: '' });
    // A pure job that throws does so each time: the guest's doing, or it could leave the count by finding a bug.
    case 'threw':
    case 'crashed':
      // The cause is the host's: the guest sees what a shell says of a process that was killed.
      return result({ outcome: 'shell-died', limit: outcome.message, stderr: 'Killed\n' });
    case 'failed':
      return result({ outcome: 'sandbox-lost', limit: null, stderr: outcome.message });
    case 'done':
      return result({ outcome: 'sandbox-lost', limit: null, stderr: 'a worker answered another question' });
    default:
      return unreachable(outcome);
  }
};

const unusable = (state: GuestState, message: string): CommandResult => ({
  ...NOTHING,
  exitCode: null,
  cwd: state.cwd,
  outcome: 'sandbox-lost',
  limit: null,
  stderr: message,
});

/** Bytes that a remembered transition holds by itself: what it shares with other states is counted once, where it arose. */
const sizeOf = (remembered: Remembered): number => {
  if (remembered === 'seeded') return 256;
  const { result, next } = remembered;
  let bytes = 1_024 + 64 * next.items.size + 2 * (result.stdout.length + result.stderr.length);
  for (const [name, value] of [...next.env, ...next.plain]) bytes += 2 * (name.length + value.length);
  for (const change of result.changes) bytes += 512 + 3 * (change.after?.bytes ?? 0);
  return bytes;
};
