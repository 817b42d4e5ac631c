import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { sha256 } from '../base/json.ts';
import { DEFAULT_SANDBOX_LIMITS, type SandboxLimits, type SandboxProvider } from './sandbox.ts';
import { keptOpenings } from './simulated-openings.ts';
import type { GuestState } from './state.ts';
import { stateSandbox } from './state-sandbox.ts';
import { completed, cutShort, type Step, shellJob, type Transition } from './transition.ts';
import { launchSimulated, type WorkerPool, workerPool } from './worker-pool.ts';

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
      residentMb: options.residentMb ?? 1_024,
      launch: () => launchSimulated(options.heapMb ?? 512),
    }),
    memo: memoBytes > 0 ? new LRUCache({ maxSize: memoBytes, sizeCalculation: sizeOf }) : null,
    pythonBytes: options.pythonBytes ?? 268_435_456,
    hits: 0,
    misses: 0,
  };
  const openingOf = keptOpenings();
  return {
    name: 'simulated',
    capabilities: {
      python: 'wasm',
      git: false,
      enforcesModes: true,
      recordsDenied: true,
      pinned: true,
      isolation: 'simulated',
    },
    probe: async () => ({ ok: true, detail: 'just-bash in worker processes; needs nothing but Node' }),
    open: async (spec) => {
      const limits = { ...DEFAULT_SANDBOX_LIMITS, ...spec.limits };
      return stateSandbox((...given) => transit(shared, ...given), { spec, limits, opening: openingOf(spec, limits) });
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

const transit = async (shared: Shared, limits: SandboxLimits, state: GuestState, step: Step): Promise<Transition> => {
  const key = sha256(
    `${state.hash} ${limits.outputBytes} ${limits.diskBytes} ${step.commandMs} ${shared.pythonBytes}\n${step.command}`,
  );
  const known = recall(shared, key, step.seed);
  if (known !== null) return known;
  shared.misses += 1;
  const outcome = await shared.pool.run(
    shellJob(state, step, limits, shared.pythonBytes),
    step.commandMs + GRACE_MS,
    step.signal,
  );
  // A pure job that throws does so each time: the guest's doing, or it could leave the count by finding a bug.
  if (outcome.kind !== 'done' || outcome.done.kind !== 'shell') return cutShort(state, outcome, step.signal, 'guest');
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

/** Bytes that a remembered transition holds by itself: what it shares with other states is counted once, where it arose. */
const sizeOf = (remembered: Remembered): number => {
  if (remembered === 'seeded') return 256;
  const { result, next } = remembered;
  let bytes = 1_024 + 64 * next.items.size + 2 * (result.stdout.length + result.stderr.length);
  for (const [name, value] of [...next.env, ...next.plain]) bytes += 2 * (name.length + value.length);
  for (const change of result.changes) bytes += 512 + 3 * (change.after?.bytes ?? 0);
  return bytes;
};
