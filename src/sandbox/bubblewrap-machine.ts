/** What a worker of the bubblewrap sandbox is told of its machine, and how a guest sees it. Made by the host, read by its workers. */
import type { Architecture } from './bubblewrap-seccomp.ts';
import { SESSION_FOLDER } from './bubblewrap-session.ts';
import type { Owner, Scenery } from './bubblewrap-tree.ts';

export interface Machine {
  readonly bwrap: string;
  /** An empty folder that the worker mounts over, in a mount namespace of its own. */
  readonly mountPoint: string;
  /** Whom guests run as, where the worker is root; null where it is an ordinary user. */
  readonly owner: Owner | null;
  readonly architecture: Architecture;
  /** Folders of the system beside /usr: /bin, /lib and the like. */
  readonly systemFolders: readonly string[];
  /** Address space of each process; resident memory of all, where no group limits it. */
  readonly memoryBytes: number;
  readonly processes: number;
  /** Control groups of this worker's guests; none: memory is watched instead. */
  readonly groupFolders: readonly string[];
  /** Whether there is a `python3`, but no `python`. */
  readonly aliasPython: boolean;
  readonly hasAlternatives: boolean;
  readonly hasLibraryCache: boolean;
}

export const GUEST_USER = 'user';
export const GUEST_ID = 1_000;
export const GUEST_HOME = '/root';
export const ALIAS_FOLDER = '/opt/bin';
export const GUEST_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Under these no task can have files: they are the system's. */
export const SYSTEM_FOLDERS: readonly string[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/proc',
  '/dev',
  SESSION_FOLDER,
  ALIAS_FOLDER,
  '/etc/alternatives',
];

/** `taken`: files of the guest that stand where the system would put one. */
export const sceneryOf = (machine: Machine, taken: ReadonlySet<string>): Scenery => {
  const files = ['/etc/passwd', '/etc/group', ...(machine.hasLibraryCache ? ['/etc/ld.so.cache'] : [])].filter(
    (path) => !taken.has(path),
  );
  return {
    folders: [
      ['/tmp', 0o1777],
      [GUEST_HOME, 0o755],
      ['/etc', 0o755],
      ['/run', 0o755],
      ...(machine.aliasPython ? ([['/opt', 0o755]] as const) : []),
    ],
    mounted: [
      ...['/usr', '/proc', '/dev', SESSION_FOLDER, ...machine.systemFolders],
      ...(machine.aliasPython ? [ALIAS_FOLDER] : []),
      ...(machine.hasAlternatives ? ['/etc/alternatives'] : []),
      ...files,
    ],
    mountedFiles: new Set(files),
  };
};
