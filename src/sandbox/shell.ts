import { Bash } from 'just-bash';
import { messageOf } from '../base/errors.ts';
import { entryChanges } from './entry-changes.ts';
import { guestDrew, guestNowMs, seedGuestRandom, setGuestClock } from './guest-clock.ts';
import { GUEST_COMMANDS, guestSleep } from './guest-commands.ts';
import { GuestFsError, mendReasons, shellMessage } from './guest-errors.ts';
import { GuestFs } from './guest-fs.ts';
import { collectEntries, loadEntries, systemTree } from './guest-tree.ts';
import type { ShellDone, ShellJob } from './job.ts';
import { hookInterpreter, type ShellState } from './just-bash-hooks.ts';
import { cut } from './output.ts';
import { type Running, SHELL_PID, startRunning } from './running.ts';

/** Environment bytes that outlive a command, and bytes of plain variables. A longer environment is not kept. */
const MAX_ENV_BYTES = 131_072;
const PLAIN_NAME = /^(?!_$)[A-Za-z_]\w*$/;
/** just-bash refuses longer commands too, but only after other work. */
const MAX_COMMAND_BYTES = 1_048_576;
/** Commands start this far apart on the guest's clock. */
const STEP_MS = 1_000;

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly state: ShellState | null;
  /** Variables that the shell makes by itself. */
  readonly shellOwn: ReadonlySet<string>;
}

/** Runs one command. A pure function of the job, but where it says that it is not repeatable. */
export const runShell = async (job: ShellJob): Promise<ShellDone> => {
  setGuestClock(job.clockMs);
  seedGuestRandom(job.seed);
  const fs = new GuestFs({ root: systemTree(job.entries), diskBytes: job.diskBytes, nowMs: guestNowMs });
  loadEntries(fs, job.entries, job.clockMs);
  const run = startRunning(fs, job);
  try {
    return result(run, await execute(run));
  } finally {
    run.stop();
  }
};

const execute = async (run: Running): Promise<Ended> => {
  const { job, fs } = run;
  const hooks = hookInterpreter();
  const shellOwn = new Set<string>();
  if (job.command.length > MAX_COMMAND_BYTES) {
    run.limit = 'source_size';
    return { exitCode: 126, stdout: '', stderr: 'bash: argument list too long\n', state: null, shellOwn };
  }
  hooks.begin(
    (thrown) => noteError(run, thrown),
    (state) => prepare(job, state, shellOwn),
  );
  try {
    const { exitCode, stdout, stderr } = await shellFor(fs, job).exec(job.command, {
      rawScript: true,
      signal: run.signal,
    });
    return { exitCode, stdout, stderr, state: hooks.end(), shellOwn };
  } catch (thrown) {
    const text = thrown instanceof GuestFsError ? shellMessage(thrown, job.cwd) : messageOf(thrown);
    return { exitCode: 1, stdout: '', stderr: `bash: ${text}\n`, state: hooks.end(), shellOwn };
  }
};

/** What just-bash takes no option for: where `cd -` leads, and variables that are not exported. */
const prepare = (job: ShellJob, state: ShellState, shellOwn: Set<string>): void => {
  state.previousDir = state.env.get('OLDPWD') ?? job.cwd;
  for (const name of state.env.keys()) if (!state.exportedVars.has(name)) shellOwn.add(name);
  for (const [name, value] of job.plain) if (!shellOwn.has(name)) state.env.set(name, value);
};

/** just-bash turns these into text; the outcome needs their names. */
const noteError = (run: Running, thrown: unknown): void => {
  if (thrown instanceof RangeError) {
    run.limit ??= 'stack';
    run.repeatable = false;
  } else if (thrown instanceof Error && thrown.name === 'ExecutionLimitError')
    run.limit ??= String(Reflect.get(thrown, 'limitType') ?? 'work');
};

const shellFor = (fs: GuestFs, job: ShellJob): Bash =>
  new Bash({
    fs,
    cwd: job.cwd,
    env: Object.assign(Object.create(null), Object.fromEntries(job.env)),
    executionLimitProfile: 'hardened',
    // The deadline is the signal's: `Date` stands still here.
    executionLimits: { maxFileSystemBytes: job.diskBytes, maxExecutionTimeMs: 3_600_000 },
    // A second layer for hosts that run just-bash in their own thread, at half the speed. The thread is ours to lose.
    defenseInDepth: false,
    sleep: guestSleep,
    processInfo: { pid: SHELL_PID, ppid: 1, uid: 0, gid: 0 },
    customCommands: [...GUEST_COMMANDS],
  });

const result = (run: Running, ended: Ended): ShellDone => {
  const { fs, job, timedOut } = run;
  const { changed, removed } = entryChanges(job.entries, collectEntries(fs.root));
  const stdout = cut(ended.stdout, job.outputBytes);
  const stderr = cut(
    plain(mendReasons(ended.stderr, fs.refusals, (path) => fs.resolvePath(job.cwd, path))),
    job.outputBytes,
  );
  return {
    kind: 'shell',
    exitCode: timedOut ? null : ended.exitCode,
    stdout: stdout.text,
    stderr: stderr.text,
    truncated: { stdout: stdout.truncated, stderr: stderr.truncated },
    outcome: timedOut ? 'timeout' : run.limit === null ? 'ok' : 'limit',
    limit: timedOut ? 'commandMs' : run.limit,
    ...kept(fs, job, ended),
    changed,
    removed,
    denied: fs.refusals.writes,
    clockMs: guestNowMs() + STEP_MS,
    drew: guestDrew(),
    repeatable: run.repeatable && !timedOut,
  };
};

/** What just-bash tells its host, not its guest. */
const plain = (stderr: string): string =>
  stderr
    .replace(/, increase executionLimits\.\w+/g, '')
    .replace(/^bash: [\w ]*(?:aborted|exceeded execution deadline.*)\n/gm, '');

/** cwd and variables that the next command starts with. */
const kept = (fs: GuestFs, job: ShellJob, { state, shellOwn }: Ended): Pick<ShellDone, 'cwd' | 'env' | 'plain'> => {
  if (state === null) return { cwd: job.cwd, env: job.env, plain: job.plain };
  const env = [...state.exportedVars].toSorted().flatMap((name): [string, string][] => {
    const value = state.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const bytes = env.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return {
    cwd: isFolder(fs, state.cwd) ? state.cwd : job.cwd,
    env: bytes > MAX_ENV_BYTES ? job.env : env,
    plain: plainVariables(state, shellOwn),
  };
};

/** Scalars only. What no longer fits is forgotten. */
const plainVariables = (state: ShellState, shellOwn: ReadonlySet<string>): ShellDone['plain'] => {
  let left = MAX_ENV_BYTES;
  return [...state.env]
    .filter(([name]) => PLAIN_NAME.test(name) && !shellOwn.has(name) && !state.exportedVars.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name, value]) => {
      const fits = name.length + value.length <= left;
      if (fits) left -= name.length + value.length;
      return fits;
    });
};

const isFolder = (fs: GuestFs, path: string): boolean => {
  try {
    return fs.existing(path, true, 'stat').inode.kind === 'directory';
  } catch (thrown) {
    if (thrown instanceof GuestFsError) return false;
    throw thrown;
  }
};
