/** The worker's file systems in memory, mounted where only it and its guests see them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { Layout } from './bubblewrap-arguments.ts';
import { GUEST_HOME, GUEST_ID, GUEST_USER, type Machine } from './bubblewrap-machine.ts';
import { COMMAND_FILE, END_FILE, START_FILE } from './bubblewrap-session.ts';
import type { Owner } from './bubblewrap-tree.ts';

/** For what goes in and out of a shell: a command, the variables that it starts with, its listing at the end. */
const CONTROL_BYTES = 8_388_608;

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

const call = (command: string, args: readonly string[]): void => {
  const { status, stderr, error } = spawnSync(command, args, { env: { PATH }, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.trim() || `exit code ${status}`}`);
};

const mount = (at: string, bytes: number, inodes: number): void =>
  call('mount', [
    ...['-t', 'tmpfs', '-o', `nosuid,nodev,mode=755,size=${bytes},nr_inodes=${inodes}`],
    ...['tmpfs', at],
  ]);

const giveTo = (owner: Owner | null, path: string): void => {
  if (owner !== null) chownSync(path, owner.uid, owner.gid);
};

/** Once, as the worker starts. */
export const prepareLayout = (machine: Machine): Layout => {
  const at = machine.mountPoint;
  mount(at, CONTROL_BYTES, 256);
  const layout = {
    root: join(at, 'disk/root'),
    shared: join(at, 'disk/shared'),
    session: join(at, 'session'),
    fixed: join(at, 'fixed'),
  };
  for (const folder of [join(at, 'disk'), layout.session, layout.fixed, join(layout.fixed, 'etc')]) mkdirSync(folder);
  writeFileSync(
    join(layout.fixed, 'etc/passwd'),
    `${GUEST_USER}:x:${GUEST_ID}:${GUEST_ID}::${GUEST_HOME}:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n`,
  );
  writeFileSync(join(layout.fixed, 'etc/group'), `${GUEST_USER}:x:${GUEST_ID}:\nnogroup:x:65534:\n`);
  mkdirSync(join(layout.fixed, 'alias'));
  symlinkSync('/usr/bin/python3', join(layout.fixed, 'alias/python'));
  mountDisk(at, 4_096, 64);
  return layout;
};

const mountDisk = (at: string, bytes: number, inodes: number): void => mount(join(at, 'disk'), bytes, inodes);

/** Beyond so many paths a new file system is made sooner than the old one is emptied. */
const FEW_INODES = 500;

/** A disk that takes bytes and paths up to a size. */
export interface DiskSize {
  readonly bytes: number;
  readonly inodes: number;
}

/**
 * An empty disk for each command: what a guest left that no record holds cannot come back. `last`: the size of the present one. Where that
 * holds few paths it is emptied; starting `umount` and `mount` costs more.
 */
export const freshDisk = (machine: Machine, layout: Layout, last: DiskSize | null, size: DiskSize): void => {
  const disk = join(machine.mountPoint, 'disk');
  if (last === null || !emptied(disk)) {
    call('umount', ['-l', disk]);
    mountDisk(machine.mountPoint, size.bytes, size.inodes);
  } else if (last.bytes !== size.bytes || last.inodes !== size.inodes) {
    call('mount', ['-o', `remount,size=${size.bytes},nr_inodes=${size.inodes}`, disk]);
  }
  for (const folder of [layout.root, layout.shared]) {
    mkdirSync(folder);
    giveTo(machine.owner, folder);
  }
  chmodSync(layout.shared, 0o1777);
};

/** No link is followed. False where there is much to remove, or something has no name that a call would take. */
const emptied = (disk: string): boolean => {
  const { files, ffree } = statfsSync(disk);
  if (files - ffree > FEW_INODES) return false;
  try {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
  } catch {
    // Then a new one is made.
    return false;
  }
  return readdirSync(disk).length === 0;
};

export const writeSession = (machine: Machine, layout: Layout, start: string, command: string): void => {
  const end = join(layout.session, END_FILE);
  // First: the last guest may have filled the file system with it.
  writeFileSync(end, '');
  writeFileSync(join(layout.session, START_FILE), start);
  writeFileSync(join(layout.session, COMMAND_FILE), command);
  giveTo(machine.owner, end);
};
