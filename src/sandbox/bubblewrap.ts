/**
 * A sandbox of real programs: bash, python3, git and what else the system has below /usr, in bubblewrap. Files lie with the host as a state;
 * each command gets a fresh disk with them, namespaces of its own, and what it leaves is read when nothing of it runs any more.
 * Clock and random numbers are the machine's. docs/sandbox.md says what is enforced and by what.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inputError, messageOf, runError } from '../base/errors.ts';
import { type Grouping, makeGroup, removeFolders, sweepGroups } from './bubblewrap-cgroup.ts';
import { type Found, findMachine, groupPlace, startAdvice } from './bubblewrap-host.ts';
import { ALIAS_FOLDER, GUEST_PATH, GUEST_USER, type Machine, SYSTEM_FOLDERS } from './bubblewrap-machine.ts';
import { openingState } from './opening.ts';
import {
  DEFAULT_SANDBOX_LIMITS,
  type SandboxCapabilities,
  type SandboxLimits,
  type SandboxProvider,
  type SandboxSpec,
} from './sandbox.ts';
import type { GuestState } from './state.ts';
import { stateSandbox } from './state-sandbox.ts';
import { completed, cutShort, type Step, shellJob, type Transition } from './transition.ts';
import { type WorkerPool, workerPool } from './worker-pool.ts';

export interface BubblewrapOptions {
  /** Path of bwrap. Default `bwrap`, looked up in the system's folders. */
  readonly bwrap?: string;
  /** Commands at a time. Default: one for each processor. */
  readonly workers?: number;
  /** Memory of all processes of a command together, and address space of each. Default 1 GB. */
  readonly memoryBytes?: number;
  /** Processes of a command. Default 128. */
  readonly processes?: number;
  /** Whether a control group is made where one can be. Default true; without one resident memory is watched. */
  readonly controlGroups?: boolean;
}

export interface BubblewrapProvider extends SandboxProvider {
  /** Commands that run or wait for a worker. */
  readonly pending: number;
}

const CAPABILITIES: SandboxCapabilities = {
  python: 'native',
  git: true,
  enforcesModes: true,
  recordsDenied: false,
  pinned: false,
  isolation: 'namespace',
};

/** From a command's deadline to the watchdog's: time to read what it left. */
const GRACE_MS = 3_000;
const HEAP_MB = 256;
/** The worker itself does not grow with its guests. */
const WORKER_RESIDENT_MB = 1_024;
const REMOVE_MS = 2_000;

const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './bubblewrap-worker.ts' : './bubblewrap-worker.js', import.meta.url),
);

export const bubblewrapSandbox = (options: BubblewrapOptions = {}): BubblewrapProvider => {
  const limits = { memoryBytes: options.memoryBytes ?? 1_073_741_824, processes: options.processes ?? 128 };
  const finding = findMachine({ bwrap: options.bwrap ?? 'bwrap', ...limits }, [WORKER, process.execPath]);
  const groups = groupMaker(limits, options.controlGroups ?? true);
  const pool = finding.ok
    ? workerPool({
        workers: options.workers ?? availableParallelism(),
        residentMb: WORKER_RESIDENT_MB,
        launch: () => launch(finding.found, groups),
      })
    : null;
  const usable = (): WorkerPool => {
    if (pool !== null) return pool;
    throw runError({
      code: 'no-bubblewrap',
      what: 'The bubblewrap sandbox cannot run here.',
      given: finding.ok ? '' : finding.reason,
      todo: 'do what it says, or take --sandbox simulated',
    });
  };
  return {
    name: 'bubblewrap',
    capabilities: CAPABILITIES,
    probe: async () => (finding.ok ? await probe(usable(), groups) : finding),
    open: async (spec) => {
      const workers = usable();
      refuseSystemPaths(spec);
      const sandboxLimits = { ...DEFAULT_SANDBOX_LIMITS, ...spec.limits };
      const path = finding.ok && finding.found.machine.aliasPython ? `${GUEST_PATH}:${ALIAS_FOLDER}` : GUEST_PATH;
      const full = { ...spec, env: { PATH: path, USER: GUEST_USER, ...spec.env } };
      const opening = openingState(full, sandboxLimits);
      return stateSandbox((...given) => transit(workers, ...given), { spec: full, limits: sandboxLimits, opening });
    },
    get pending() {
      return pool?.pending ?? 0;
    },
    [Symbol.asyncDispose]: async () => {
      await pool?.[Symbol.asyncDispose]();
      await groups.removeAll();
    },
  };
};

const transit = async (pool: WorkerPool, limits: SandboxLimits, state: GuestState, step: Step): Promise<Transition> => {
  const outcome = await pool.run(shellJob(state, step, limits, 0), step.commandMs + GRACE_MS, step.signal);
  // What a guest does ends as an outcome of its command; where the worker throws, bubblewrap could not be started.
  if (outcome.kind !== 'done' || outcome.done.kind !== 'shell') return cutShort(state, outcome, step.signal, 'host');
  return completed(state, outcome.done);
};

const refuseSystemPaths = (spec: SandboxSpec): void => {
  for (const path of [...spec.files.map((file) => file.path), spec.cwd])
    for (const folder of SYSTEM_FOLDERS)
      if (path === folder || path.startsWith(`${folder}/`))
        throw inputError({
          code: 'sandbox-path',
          what: 'A sandbox path is where bubblewrap puts the system.',
          given: JSON.stringify(path),
          allowed: `any path but those below ${SYSTEM_FOLDERS.join(', ')}`,
        });
};

/** A worker has mount and process namespaces of its own: with it goes everything that it started and mounted. */
const launch = ({ machine, unshare }: Found, groups: GroupMaker): ChildProcess => {
  const groupFolders = groups.make();
  const full: Machine = { ...machine, groupFolders };
  const isRoot = machine.owner !== null;
  const child = fork(WORKER, [JSON.stringify(full)], {
    execPath: unshare,
    execArgv: [
      ...(isRoot ? [] : ['--user', '--map-root-user']),
      ...['--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc', '--'],
      ...[process.execPath, `--max-old-space-size=${HEAP_MB}`],
    ],
    env: { TZ: 'UTC', NODE_NO_WARNINGS: '1' },
    cwd: '/',
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.once('close', () => groups.remove(groupFolders));
  return child;
};

interface GroupMaker {
  /** Folders of a new group; none where there can be none. */
  make(): readonly string[];
  remove(folders: readonly string[]): void;
  removeAll(): Promise<void>;
  /** How memory and processes are limited. */
  describe(): string;
}

const groupMaker = (
  limits: { readonly memoryBytes: number; readonly processes: number },
  wanted: boolean,
): GroupMaker => {
  let made = 0;
  let last: Grouping = {
    ok: false,
    reason: wanted ? 'no control group was made yet' : 'control groups are switched off',
  };
  let left: readonly string[] = [];
  return {
    make: () => {
      if (!wanted) return [];
      if (made === 0) sweepGroups(groupPlace());
      made += 1;
      last = makeGroup(groupPlace(), `${process.pid}-${groupNumber()}`, limits);
      if (!last.ok) return [];
      left = [...left, ...last.group.folders];
      return last.group.folders;
    },
    remove: (folders) => {
      const stuck = removeFolders(folders);
      left = left.filter((folder) => !folders.includes(folder) || stuck.includes(folder));
    },
    removeAll: async () => {
      for (let waited = 0; left.length > 0 && waited < REMOVE_MS; waited += 20) {
        left = removeFolders(left);
        if (left.length > 0) await sleep(20);
      }
    },
    describe: () =>
      last.ok
        ? `memory and processes limited together by cgroup ${last.group.version}`
        : `resident memory watched, processes limited for each user (${last.reason})`,
  };
};

let groupNumbers = 0;
/** Unique in this process, over all providers. */
const groupNumber = (): number => {
  groupNumbers += 1;
  return groupNumbers;
};

const PROBE = `bash --version | head -1 | grep -o 'version [0-9.]*'; python3 --version; git --version
grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'; id -u; ulimit -u`;
const CONFINED = /CapEff:0+\nNoNewPrivs:1\nSeccomp:2\n1000\n/;

const probe = async (pool: WorkerPool, groups: GroupMaker): ReturnType<SandboxProvider['probe']> => {
  try {
    const limits = { ...DEFAULT_SANDBOX_LIMITS, commandMs: 10_000 };
    const state = openingState({ files: [], cwd: '/tmp', env: { PATH: GUEST_PATH }, seed: 'probe' }, limits);
    const signal = new AbortController().signal;
    const { result } = await transit(pool, limits, state, { command: PROBE, commandMs: 10_000, seed: '', signal });
    const { outcome, stdout, stderr } = result;
    if (outcome === 'sandbox-lost') return { ok: false, reason: startAdvice(stderr) };
    if (!CONFINED.test(stdout))
      return { ok: false, reason: `a guest is not confined: ${JSON.stringify([stdout, stderr])}` };
    const [bash = '', python = '', git = ''] = stdout.split('\n');
    return { ok: true, detail: `bash ${bash}, ${python}, ${git}, in bwrap; ${groups.describe()}` };
  } catch (thrown) {
    return { ok: false, reason: messageOf(thrown) };
  }
};
