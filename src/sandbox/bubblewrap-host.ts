/** What bubblewrap needs of this machine: found once, and where something is missing, said with what to do. */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { arch, platform } from 'node:process';
import { SYSTEM_CANDIDATES } from './bubblewrap-arguments.ts';
import type { GroupPlace } from './bubblewrap-cgroup.ts';
import type { Machine } from './bubblewrap-machine.ts';
import { architectureOf } from './bubblewrap-seccomp.ts';

const UNPRIVILEGED = 65_534;
const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'];
/** Empty folders that every system has. */
const MOUNT_POINTS = ['/mnt', '/media', '/srv', '/opt'];

export const GROUPS: Omit<GroupPlace, 'own'> = { root: '/sys/fs/cgroup', processes: '/proc' };

export const groupPlace = (): GroupPlace => ({ ...GROUPS, own: readFileSync('/proc/self/cgroup', 'utf8') });

export const findProgram = (name: string): string | null =>
  name.includes('/')
    ? existsSync(name)
      ? name
      : null
    : (FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null);

/** Everything but what differs between workers. */
export interface Found {
  readonly machine: Omit<Machine, 'groupFolders'>;
  readonly unshare: string;
}

export type Finding = { readonly ok: true; readonly found: Found } | { readonly ok: false; readonly reason: string };

const missing = (reason: string): Finding => ({ ok: false, reason });

/** `needed`: files that the worker's own program is made of; a folder that holds one is not mounted over. */
export const findMachine = (
  options: { readonly bwrap: string; readonly memoryBytes: number; readonly processes: number },
  needed: readonly string[],
): Finding => {
  if (platform !== 'linux')
    return missing(`bubblewrap needs Linux, and this is ${platform}: use the simulated sandbox`);
  const architecture = architectureOf(arch);
  if (architecture === null) return missing(`there is no system call filter for ${arch}: only for x64 and arm64`);
  const bwrap = findProgram(options.bwrap);
  if (bwrap === null) return missing(`${options.bwrap} is not installed: apt-get install bubblewrap`);
  for (const name of ['bash', 'python3', 'git'])
    if (!existsSync(`/usr/bin/${name}`) && !existsSync(`/usr/local/bin/${name}`) && !existsSync(`/bin/${name}`))
      return missing(
        `guests need ${name} below /usr, since that is what they see of the system: apt-get install ${name}`,
      );
  for (const name of ['unshare', 'mount', 'umount', 'prlimit'])
    if (findProgram(name) === null) return missing(`${name} is not installed: apt-get install util-linux mount`);
  const mountPoint = MOUNT_POINTS.find(
    (point) => existsSync(point) && !needed.some((path) => path.startsWith(`${point}/`)),
  );
  if (mountPoint === undefined)
    return missing(`none of ${MOUNT_POINTS.join(', ')} is there to be mounted over: mkdir /mnt`);
  return {
    ok: true,
    found: {
      unshare: findProgram('unshare') ?? 'unshare',
      machine: {
        bwrap,
        mountPoint,
        architecture,
        owner: process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : null,
        systemFolders: SYSTEM_CANDIDATES.filter((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined),
        memoryBytes: options.memoryBytes,
        processes: options.processes,
        aliasPython: !existsSync('/usr/bin/python') && !existsSync('/usr/local/bin/python'),
        hasAlternatives: existsSync('/etc/alternatives'),
        hasLibraryCache: existsSync('/etc/ld.so.cache'),
      },
    },
  };
};

/** What to do about a worker that could not start. */
export const startAdvice = (message: string): string =>
  /unshare|namespace|not permitted|denied|mount/i.test(message)
    ? `${message}: allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; kernel.apparmor_restrict_unprivileged_userns=0; in Docker --security-opt seccomp=unconfined and systempaths=unconfined)`
    : message;
