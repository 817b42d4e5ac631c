/** One job of a bubblewrap worker: files in, a command, files out. */
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { unreachable } from '../base/errors.ts';
import { bwrapArguments, type Layout } from './bubblewrap-arguments.ts';
import { memoryKills } from './bubblewrap-cgroup.ts';
import { type Ran, runCommand } from './bubblewrap-command.ts';
import { type DiskSize, freshDisk, writeSession } from './bubblewrap-disk.ts';
import { type Machine, sceneryOf } from './bubblewrap-machine.ts';
import { guestFilter } from './bubblewrap-seccomp.ts';
import { END_BYTES, END_FILE, type Ended, readEnd, startScript } from './bubblewrap-session.ts';
import { CannotKeep, collectTree, diskFor, keptBytes, loadTree, type Scenery } from './bubblewrap-tree.ts';
import { entryChanges } from './entry-changes.ts';
import type { Entry, ShellDone, ShellJob } from './job.ts';
import { cut } from './output.ts';

const MAX_COMMAND_BYTES = 1_048_576;
/** Exit codes of a process that a signal has killed: 128 and the number of the signal. */
const KILLED_FROM = 129;
const KILLED_TO = 159;

export interface Bench {
  readonly machine: Machine;
  readonly layout: Layout;
  /** The system call filter, as a file. */
  readonly filter: string;
  /** Size of the present disk; null before the first command. */
  disk: DiskSize | null;
}

export const makeBench = (machine: Machine, layout: Layout): Bench => {
  const filter = join(layout.fixed, 'filter');
  writeFileSync(filter, guestFilter(machine.architecture));
  return { machine, layout, filter, disk: null };
};

export const runShell = async (bench: Bench, job: ShellJob): Promise<ShellDone> => {
  const { machine, layout } = bench;
  if (Buffer.byteLength(job.command) > MAX_COMMAND_BYTES)
    return unchanged(job, {
      outcome: 'limit',
      limit: 'source_size',
      exitCode: 126,
      stderr: 'bash: argument list too long\n',
    });
  const files = job.entries.filter((entry) => entry.kind === 'file').map((entry) => entry.path);
  const scenery = sceneryOf(machine, new Set(files));
  const size = diskFor(job.entries, job.diskBytes);
  freshDisk(machine, layout, bench.disk, size);
  bench.disk = size;
  loadTree(layout.root, job.entries, scenery, machine.owner);
  writeSession(machine, layout, startScript(job.cwd, job.env, job.plain), job.command);
  const killsBefore = memoryKills(machine.groupFolders);
  const args = bwrapArguments(machine, layout, scenery, {
    diskBytes: job.diskBytes,
    seconds: Math.ceil(job.commandMs / 1_000) + 1,
  });
  const ran = await runCommand(machine, args, bench.filter, job);
  return result(bench, job, scenery, ran, memoryKills(machine.groupFolders) > killsBefore);
};

const result = ({ layout }: Bench, job: ShellJob, scenery: Scenery, ran: Ran, ranOutOfMemory: boolean): ShellDone => {
  const ended = readEnd(endListing(layout), job);
  const fate = fateOf(ran, ended !== null, ranOutOfMemory);
  const stdout = cut(ran.stdout.toString('utf8'), job.outputBytes);
  const stderr = cut(ran.stderr.toString('utf8') + fate.note, job.outputBytes);
  const truncated = { stdout: stdout.truncated, stderr: stderr.truncated };
  const said = { stdout: stdout.text, stderr: stderr.text, truncated };
  let after: Entry[];
  try {
    after = collectTree(layout.root, job.entries, scenery, keptBytes(job.diskBytes));
  } catch (thrown) {
    if (!(thrown instanceof CannotKeep)) throw thrown;
    const note = `bash: ${thrown.message}: the command was undone\n`;
    const told = cut(said.stderr + note, job.outputBytes);
    return unchanged(job, { ...said, stderr: told.text, outcome: 'limit', limit: thrown.limit, exitCode: null });
  }
  return {
    ...unchanged(job, { ...said, ...fate }),
    ...keptOf(layout, scenery, job, ended),
    ...entryChanges(job.entries, after),
  };
};

interface Fate {
  readonly exitCode: number | null;
  readonly outcome: ShellDone['outcome'];
  readonly limit: string | null;
  readonly note: string;
}

const fateOf = ({ end }: Ran, listed: boolean, ranOutOfMemory: boolean): Fate => {
  switch (end.kind) {
    case 'timeout':
      return { exitCode: null, outcome: 'timeout', limit: 'commandMs', note: '' };
    case 'flood':
      return { exitCode: null, outcome: 'limit', limit: 'output_size', note: '' };
    case 'memory':
      return { exitCode: null, outcome: 'shell-died', limit: 'memoryBytes', note: 'Killed\n' };
    case 'exited': {
      // A shell that listed nothing and ended as if by a signal was killed; one that ran `exit 137` listed what it had.
      const died = !listed && end.code >= KILLED_FROM && end.code <= KILLED_TO;
      if (!died) return { exitCode: end.code, outcome: 'ok', limit: null, note: '' };
      const signal = `signal ${end.code - 128}`;
      return {
        exitCode: null,
        outcome: 'shell-died',
        limit: ranOutOfMemory ? 'memoryBytes' : signal,
        note: ranOutOfMemory ? 'Killed\n' : '',
      };
    }
    default:
      return unreachable(end);
  }
};

const endListing = (layout: Layout): Uint8Array => {
  const path = join(layout.session, END_FILE);
  return lstatSync(path).size > END_BYTES ? new Uint8Array(0) : readFileSync(path);
};

const keptOf = (
  layout: Layout,
  scenery: Scenery,
  job: ShellJob,
  ended: Ended | null,
): Pick<ShellDone, 'cwd' | 'env' | 'plain'> => {
  if (ended === null) return { cwd: job.cwd, env: job.env, plain: job.plain };
  const { env, plain, cwd } = ended;
  return { cwd: cwd !== null && isFolder(layout, scenery, cwd) ? cwd : job.cwd, env, plain };
};

/** No link is followed: it could lead anywhere in the host. Where one is on the way, the guest's next `cd` finds out. */
const isFolder = (layout: Layout, scenery: Scenery, cwd: string): boolean => {
  let here = '';
  for (const name of cwd.split('/').filter((part) => part !== '' && part !== '.')) {
    if (name === '..') return false;
    here += `/${name}`;
    // Not to be seen from here, and there for every command.
    if (scenery.mounted.includes(here)) return true;
    const stat = lstatSync(layout.root + here, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink() === true) return true;
    if (stat?.isDirectory() !== true) return false;
  }
  return true;
};

/** Nothing of the command stays. */
const unchanged = (
  job: ShellJob,
  ended: Partial<ShellDone> & Pick<ShellDone, 'outcome' | 'limit' | 'exitCode'>,
): ShellDone => ({
  kind: 'shell',
  stdout: '',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  cwd: job.cwd,
  env: job.env,
  plain: job.plain,
  changed: [],
  removed: [],
  denied: [],
  clockMs: job.clockMs,
  drew: true,
  repeatable: false,
  ...ended,
});
