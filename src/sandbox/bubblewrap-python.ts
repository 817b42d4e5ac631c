import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path/posix';
import type { Readable, Writable } from 'node:stream';
import PQueue from 'p-queue';
import { inputError, messageOf } from '../base/errors.ts';
import { keepOutcomes } from './kept-outcomes.ts';
import { cut } from './output.ts';
import type { PythonOutcome, PythonProgram, PythonRunner } from './python.ts';

export interface BubblewrapPythonOptions {
  /** Path of bwrap. Default `bwrap`, looked up in /usr/bin and /usr/local/bin. */
  readonly bwrap?: string;
  /** An interpreter under /usr, since that is what the sandbox sees of the host. Default /usr/bin/python3. */
  readonly python?: string;
  /** Programs at a time. Default: one for each processor. */
  readonly concurrency?: number;
  /** For programs that name none. Default 10 s. */
  readonly timeoutMs?: number;
  /** Bytes of stdout, and of stderr; more is the outcome `limit`. Default 1 MB. */
  readonly outputBytes?: number;
  /** Address space of each of its processes. Default 1 GB. */
  readonly memoryBytes?: number;
  /** Outcomes kept by content hash. 0 keeps none. Default 10,000. */
  readonly keep?: number;
}

export interface BubblewrapPythonRunner extends PythonRunner {
  /** Whether it works on this machine, and if not, why and what to do. */
  probe(): Promise<{ readonly ok: true; readonly detail: string } | { readonly ok: false; readonly reason: string }>;
}

/** The host's Python in namespaces of its own: no network, no host files but /usr, no host environment, no privileges. */
export const bubblewrapPython = (options: BubblewrapPythonOptions = {}): BubblewrapPythonRunner => {
  const settings: Settings = {
    bwrap: options.bwrap ?? 'bwrap',
    python: options.python ?? '/usr/bin/python3',
    outputBytes: options.outputBytes ?? 1_048_576,
    memoryBytes: options.memoryBytes ?? 1_073_741_824,
  };
  const queue = new PQueue({ concurrency: options.concurrency ?? availableParallelism() });
  const ended = new AbortController();
  const perform = async (program: PythonProgram): Promise<PythonOutcome> => {
    const timeoutMs = program.timeoutMs ?? options.timeoutMs ?? 10_000;
    const outcome = await queue.add(() => runOnce(settings, program, timeoutMs, ended.signal));
    return outcome ?? { kind: 'lost', message: 'the runner was disposed' };
  };
  return {
    name: 'bubblewrap',
    run: keepOutcomes(perform, options.keep ?? 10_000),
    probe: async () => {
      const probed = await perform({ files: [{ path: '/w/probe.py', text: 'print("ok")\n' }], main: '/w/probe.py' });
      if (probed.kind === 'exited' && probed.stdout === 'ok\n')
        return { ok: true, detail: `${settings.python} in bwrap` };
      return { ok: false, reason: reasonOf(probed, settings) };
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await queue.onIdle();
    },
  };
};

interface Settings {
  readonly bwrap: string;
  readonly python: string;
  readonly outputBytes: number;
  readonly memoryBytes: number;
}

const reasonOf = (outcome: PythonOutcome, settings: Settings): string => {
  if (outcome.kind === 'lost') {
    const { message } = outcome;
    if (message.includes('ENOENT')) return `${settings.bwrap} is not installed: apt-get install bubblewrap`;
    if (/namespace|Permission|not permitted/i.test(message))
      return `${message}: allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; kernel.apparmor_restrict_unprivileged_userns=0; in Docker a seccomp profile that allows them)`;
    return message;
  }
  if (outcome.kind === 'exited') return `${settings.python} exited with ${outcome.exitCode}: ${outcome.stderr.trim()}`;
  return `a program that prints "ok" ended as ${outcome.kind}`;
};

/** Folders of the sandbox that a program's files must not be put into. */
const RESERVED = new Set(['usr', 'bin', 'lib', 'lib64', 'sbin', 'proc', 'dev', 'etc']);
const TMPFS_BYTES = '67108864';
const UNPRIVILEGED = 65_534;
const STATUS_FD = 3;
const FIRST_FILE_FD = 4;

const argumentsFor = (settings: Settings, program: PythonProgram, timeoutMs: number): string[] => {
  const tops = new Set<string>(['tmp', 'root']);
  for (const { path } of program.files) {
    const top = /^\/([^/]+)\/(?!.*(?:^|\/)\.\.(?:\/|$))/.exec(path)?.[1];
    if (top === undefined || RESERVED.has(top))
      throw inputError({
        code: 'python-path',
        what: 'a Python program has a file where bubblewrap cannot put it',
        given: JSON.stringify(path),
        allowed: `an absolute path in a folder, the folder not one of ${[...RESERVED].map((name) => `/${name}`).join(', ')}`,
      });
    tops.add(top);
  }
  const seconds = Math.ceil(timeoutMs / 1_000) + 1;
  return [
    '--unshare-all --unshare-user --disable-userns --as-pid-1 --die-with-parent --new-session --clearenv'.split(' '),
    ['--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000', '--hostname', 'localhost'],
    ['--ro-bind', '/usr', '/usr', '--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ['--symlink', 'usr/bin', '/bin', '--symlink', 'usr/lib', '/lib'],
    ['--symlink', 'usr/lib64', '/lib64', '--symlink', 'usr/sbin', '/sbin'],
    ['--proc', '/proc', '--dev', '/dev'],
    // /dev is a tmpfs of half the memory otherwise.
    ['--remount-ro', '/dev'],
    ...[...tops].map((top) => ['--size', TMPFS_BYTES, '--tmpfs', `/${top}`]),
    ...program.files.map(({ path }, i) => ['--perms', '0644', '--file', String(FIRST_FILE_FD + i), path]),
    ['--remount-ro', '/'],
    ['--setenv', 'HOME', '/root', '--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'LANG', 'C.UTF-8'],
    ['--setenv', 'PYTHONHASHSEED', '0', '--setenv', 'PYTHONDONTWRITEBYTECODE', '1'],
    ['--chdir', dirname(program.main), '--json-status-fd', String(STATUS_FD), '--'],
    ['/usr/bin/prlimit', '--nproc=32', `--as=${settings.memoryBytes}`, `--fsize=${TMPFS_BYTES}`, '--nofile=256'],
    ['--core=0', `--cpu=${seconds}`, settings.python, '-s', program.main],
  ].flat();
};

const findBwrap = (name: string): string =>
  name.includes('/')
    ? name
    : (['/usr/bin', '/usr/local/bin', '/bin'].map((dir) => `${dir}/${name}`).find(existsSync) ?? name);

const runOnce = (
  settings: Settings,
  program: PythonProgram,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<PythonOutcome> => {
  const args = argumentsFor(settings, program, timeoutMs);
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'lost', message: 'the runner was disposed' });
      return;
    }
    const isRoot = process.getuid?.() === 0;
    const child = spawn(findBwrap(settings.bwrap), args, {
      env: {},
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...program.files.map(() => 'pipe' as const)],
      ...(isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}),
    });
    let early: PythonOutcome | null = null;
    const stop = (outcome: PythonOutcome): void => {
      early ??= outcome;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop({ kind: 'timeout' }), timeoutMs);
    const onAbort = (): void => stop({ kind: 'lost', message: 'the runner was disposed' });
    signal.addEventListener('abort', onAbort, { once: true });
    const tooMuch = (): void => stop({ kind: 'limit', limit: 'output_size' });
    const stdout = collect(child.stdout, settings.outputBytes, tooMuch);
    const stderr = collect(child.stderr, settings.outputBytes, tooMuch);
    const status = collect(streamAt(child, STATUS_FD), 65_536, () => undefined);
    program.files.forEach(({ text }, i) => {
      const pipe = streamAt(child, FIRST_FILE_FD + i) as Writable | null;
      // A program that never started reads nothing: its outcome says so.
      pipe?.on('error', () => undefined);
      pipe?.end(text);
    });
    let failure: string | null = null;
    child.on('error', (error) => {
      failure = messageOf(error);
      if (child.pid === undefined) settle();
    });
    child.on('close', () => settle());
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(early ?? exitOf(status(), failure, stdout(), stderr(), settings.outputBytes));
    };
  });
};

const streamAt = (child: ChildProcess, fd: number): Readable | null => (child.stdio[fd] ?? null) as Readable | null;

const collect = (stream: Readable | null, cap: number, tooMuch: () => void): (() => Buffer) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('error', () => undefined);
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > cap) {
      stream.destroy();
      tooMuch();
    } else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
};

/** bwrap writes the exit code to its status pipe only where the program ran. */
const exitOf = (status: Buffer, failure: string | null, stdout: Buffer, stderr: Buffer, cap: number): PythonOutcome => {
  const exitCode = /"exit-code"\s*:\s*(\d+)/.exec(status.toString('utf8'))?.[1];
  if (exitCode === undefined)
    return { kind: 'lost', message: failure ?? (stderr.toString('utf8').trim() || 'bwrap did not start the program') };
  const text = (bytes: Buffer): string => cut(bytes.toString('utf8'), cap).text;
  return { kind: 'exited', exitCode: Number(exitCode), stdout: text(stdout), stderr: text(stderr) };
};
