/**
 * How other people's code is started: in bubblewrap, with namespaces of its own. It sees the system's /usr and the folders that it is
 * given, read-only; it has no network, no host environment and no privileges; what it writes goes to memory of a fixed size and is gone with it.
 * Inside it is uid 1000; outside whoever started it, or `nobody` where that is root (ordinary-user.ts).
 * Boundary: it can read what it is given, so a grader's folder is no place for secrets.
 */
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { inputError } from '../../../base/errors.ts';
import { asOrdinaryUser } from './ordinary-user.ts';
import { isWithin, outermost } from './paths.ts';

/** Arguments of `spawn`. A null environment is that of this process. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>> | null;
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** In bubblewrap its children die with it; elsewhere they are one process group, killed together. */
  readonly enclosed: boolean;
}

export interface Surroundings {
  /** Absolute paths of the host that it may read. */
  readonly reads: readonly string[];
  readonly cwd: string;
  /** Where programs are looked for, before the system's own folders. */
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A folder in memory that it may write, beside its home and /tmp; null: none. */
  readonly workFolder: string | null;
  /** Where bubblewrap is. Default: looked for in the system's folders. */
  readonly bwrap?: string;
}

/** Its home, and its folder for temporary files. */
export const HOME = '/run/subterfuge';
const MEMORY_FOLDER_BYTES = '268435456';
const LIMITS = ['--data=4294967296', '--fsize=268435456', '--nproc=512', '--nofile=1024', '--core=0'];
const SYSTEM_PATH = ['/usr/local/bin', '/usr/bin', '/bin'];
const BWRAP = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];

/** Same answers from one run to the next where a grader walks over a set, and nothing written beside its sources. */
const PYTHON_ENV = { PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' } as const;

/** /bin and the like are links into /usr on most systems, and folders of their own on a few. */
const systemFolders = (): readonly string[] =>
  ['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap((path) => {
    if (!existsSync(path)) return [];
    return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });

const tmpfs = (path: string): readonly string[] => ['--size', MEMORY_FOLDER_BYTES, '--tmpfs', path];

const checkReads = (reads: readonly string[]): void => {
  for (const path of reads) {
    if (path !== '/' && !['/proc', '/dev', '/run'].some((taken) => isWithin(path, taken))) continue;
    throw inputError({
      code: 'unreadable-grader',
      what: 'A grader in this folder cannot be run in a sandbox: with it the sandbox would see the whole machine.',
      given: path,
      allowed: 'any folder but /, /proc, /dev and /run',
      todo: 'move the grader into a folder of its own, or run it without a sandbox: --trust',
    });
  }
};

export const enclose = (command: readonly string[], around: Surroundings): Launch => {
  const reads = outermost(around.reads);
  checkReads(reads);
  const path = [...around.path, ...SYSTEM_PATH].join(':');
  const env = {
    HOME,
    TMPDIR: `${HOME}/tmp`,
    USER: 'grader',
    LANG: 'C.UTF-8',
    PATH: path,
    ...PYTHON_ENV,
    ...around.env,
  };
  const limits = existsSync('/usr/bin/prlimit') ? ['/usr/bin/prlimit', ...LIMITS] : [];
  const bwrap = around.bwrap ?? BWRAP.find((candidate) => existsSync(candidate)) ?? 'bwrap';
  const argumentsWith = (sourceOf: (read: string) => string): readonly string[] =>
    [
      '--unshare-all --unshare-user --disable-userns --as-pid-1 --die-with-parent --new-session --clearenv'.split(' '),
      ['--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000', '--hostname', 'localhost'],
      ['--ro-bind', '/usr', '/usr', '--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
      ['--ro-bind-try', '/etc/alternatives', '/etc/alternatives', '--ro-bind-try', '/nix/store', '/nix/store'],
      systemFolders(),
      ['--proc', '/proc', '--dev', '/dev', ...tmpfs('/dev/shm'), ...tmpfs('/tmp'), ...tmpfs(HOME)],
      ['--dir', `${HOME}/tmp`],
      reads.flatMap((read) => ['--ro-bind', sourceOf(read), read]),
      around.workFolder === null ? [] : tmpfs(around.workFolder),
      // /dev is a tmpfs of half the memory otherwise.
      ['--remount-ro', '/dev', '--remount-ro', '/'],
      Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
      ['--chdir', around.cwd, '--', ...limits, ...command],
    ].flat();
  return asOrdinaryUser(bwrap, argumentsWith, reads);
};

/** Without a sandbox: the user's own rights and environment. */
export const trusting = (command: readonly string[], cwd: string): Launch => ({
  file: '/usr/bin/env',
  args: [...Object.entries(PYTHON_ENV).map(([name, value]) => `${name}=${value}`), ...command],
  cwd,
  env: null,
  user: null,
  enclosed: false,
});
