/** The command line of bubblewrap for one command of a guest. */
import { existsSync } from 'node:fs';
import { join } from 'node:path/posix';
import { ALIAS_FOLDER, GUEST_ID, type Machine } from './bubblewrap-machine.ts';
import { BOOT, END_BYTES, END_FILE, SESSION_FOLDER } from './bubblewrap-session.ts';
import type { Scenery } from './bubblewrap-tree.ts';

/** Folders of a worker: what its guests get mounted. */
export interface Layout {
  /** The guest's root, and its /dev/shm: both on the file system of limited size. */
  readonly root: string;
  readonly shared: string;
  /** Becomes `SESSION_FOLDER`. */
  readonly session: string;
  /** Made once: passwd, group, and the folder of aliases. */
  readonly fixed: string;
}

/** What bubblewrap tells of the process that it starts, as lines of JSON. */
export const STATUS_FD = 3;
/** It waits until something can be read here. */
export const BLOCK_FD = 4;
export const FILTER_FD = 5;

export const SYSTEM_CANDIDATES: readonly string[] = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

export const bwrapArguments = (
  machine: Machine,
  layout: Layout,
  scenery: Scenery,
  limits: { readonly diskBytes: number; readonly seconds: number },
): readonly string[] => {
  const readOnly = (from: string, to: string = from): string[] => ['--ro-bind', from, to];
  const optional = (path: string): string[] => (scenery.mounted.includes(path) ? readOnly(path) : []);
  return [
    '--unshare-all --unshare-user --disable-userns --as-pid-1 --die-with-parent --new-session --clearenv'.split(' '),
    ['--cap-drop', 'ALL', '--uid', String(GUEST_ID), '--gid', String(GUEST_ID), '--hostname', 'localhost'],
    ['--bind', layout.root, '/'],
    readOnly('/usr'),
    machine.systemFolders.flatMap((path) => readOnly(path)),
    ['/etc/passwd', '/etc/group'].flatMap((path) =>
      scenery.mountedFiles.has(path) ? readOnly(join(layout.fixed, path), path) : [],
    ),
    optional('/etc/ld.so.cache'),
    optional('/etc/alternatives'),
    machine.aliasPython ? readOnly(join(layout.fixed, 'alias'), ALIAS_FOLDER) : [],
    readOnly(layout.session, SESSION_FOLDER),
    ['--bind', join(layout.session, END_FILE), `${SESSION_FOLDER}/${END_FILE}`],
    ['--proc', '/proc', '--dev', '/dev', '--bind', layout.shared, '/dev/shm'],
    // It would be a file system of half the memory.
    ['--remount-ro', '/dev'],
    ['--chdir', '/', '--seccomp', String(FILTER_FD), '--json-status-fd', String(STATUS_FD)],
    ['--block-fd', String(BLOCK_FD), '--'],
    [prlimit(), `--nproc=${machine.processes}`, `--as=${machine.memoryBytes}`],
    [`--fsize=${Math.max(limits.diskBytes, END_BYTES)}`, '--nofile=256', '--core=0', '--memlock=65536'],
    [`--cpu=${limits.seconds}`, bash(), '--noprofile', '--norc', '-c', BOOT, 'bash'],
  ].flat();
};

const found = (name: string): string => [`/usr/bin/${name}`, `/bin/${name}`].find((path) => existsSync(path)) ?? name;
const prlimit = (): string => found('prlimit');
const bash = (): string => found('bash');
