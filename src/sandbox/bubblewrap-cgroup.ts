/**
 * A control group for the guests of one worker: a limit on the memory and the number of all their processes together, which no limit of a
 * single process gives. Only where this process may make one: as root, or in a delegated subtree (cgroup v2), with the controllers at hand.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../base/errors.ts';

export interface GroupLimits {
  readonly memoryBytes: number;
  readonly processes: number;
}

/** Where control groups are, on this machine. */
export interface GroupPlace {
  /** /sys/fs/cgroup */
  readonly root: string;
  /** Text of /proc/self/cgroup. */
  readonly own: string;
  /** /proc: says which makers of groups are still alive. */
  readonly processes: string;
}

export interface Group {
  readonly version: 'v1' | 'v2';
  /** A process that is written to `cgroup.procs` of each of them is held by the limits. */
  readonly folders: readonly string[];
}

export type Grouping = { readonly ok: true; readonly group: Group } | { readonly ok: false; readonly reason: string };

const PREFIX = 'subterfuge-';
const CONTROLLERS = ['memory', 'pids'] as const;

/** Folder of this process in one hierarchy; the hierarchy's own root where that cannot be seen, as in some containers. */
const ownFolder = (place: GroupPlace, hierarchy: string, path: string): string => {
  const inside = join(place.root, hierarchy, path);
  return existsSync(inside) ? inside : join(place.root, hierarchy);
};

const pathIn = (own: string, controller: string): string | null =>
  own
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .find((found) => found?.[1]?.split(',').includes(controller))?.[2] ?? null;

/** Parents in which groups could be made: one with both controllers (v2), or one for each (v1). */
const parentsOf = (place: GroupPlace): { readonly version: Group['version']; readonly folders: readonly string[] } => {
  if (existsSync(join(place.root, 'cgroup.controllers')))
    return { version: 'v2', folders: [ownFolder(place, '', pathIn(place.own, '') ?? '/')] };
  return {
    version: 'v1',
    folders: CONTROLLERS.map((controller) => ownFolder(place, controller, pathIn(place.own, controller) ?? '/')),
  };
};

/** Settings that some kernels lack: without swap there is none to limit. */
const writeIfThere = (path: string, value: string): void => {
  if (existsSync(path)) writeFileSync(path, value);
};

const limitV1 = ([memory = '', pids = '']: readonly string[], limits: GroupLimits): void => {
  writeFileSync(join(memory, 'memory.limit_in_bytes'), String(limits.memoryBytes));
  writeIfThere(join(memory, 'memory.memsw.limit_in_bytes'), String(limits.memoryBytes));
  writeFileSync(join(pids, 'pids.max'), String(limits.processes));
};

const limitV2 = (parent: string, [folder = '']: readonly string[], limits: GroupLimits): void => {
  // Allowed only where the parent holds no process itself: true of a delegated subtree that was set up for this.
  if (!existsSync(join(folder, 'memory.max')) || !existsSync(join(folder, 'pids.max')))
    appendFileSync(join(parent, 'cgroup.subtree_control'), '+memory +pids');
  writeFileSync(join(folder, 'memory.max'), String(limits.memoryBytes));
  writeIfThere(join(folder, 'memory.swap.max'), '0');
  writeFileSync(join(folder, 'pids.max'), String(limits.processes));
};

/** `name` is unique on the machine as long as it starts with the maker's process id. */
export const makeGroup = (place: GroupPlace, name: string, limits: GroupLimits): Grouping => {
  const { version, folders: parents } = parentsOf(place);
  const folders: string[] = [];
  try {
    for (const parent of parents) {
      const folder = join(parent, PREFIX + name);
      mkdirSync(folder);
      folders.push(folder);
    }
    if (version === 'v1') limitV1(folders, limits);
    else limitV2(parents[0] ?? place.root, folders, limits);
    return { ok: true, group: { version, folders } };
  } catch (thrown) {
    removeFolders(folders);
    return { ok: false, reason: `no control group can be made here (cgroup ${version}): ${messageOf(thrown)}` };
  }
};

/** Tells which folders are still there: those that hold a process. */
export const removeFolders = (folders: readonly string[]): readonly string[] =>
  folders.filter((folder) => {
    try {
      rmdirSync(folder);
    } catch {
      // Gone already, or in use: the answer says which.
    }
    return existsSync(folder);
  });

/** Groups that a killed process has left behind. */
export const sweepGroups = (place: GroupPlace): void => {
  for (const parent of parentsOf(place).folders) {
    if (!existsSync(parent)) continue;
    const left = readdirSync(parent).filter((name) => {
      const maker = /^subterfuge-(\d+)-\d+$/.exec(name)?.[1];
      return maker !== undefined && !existsSync(join(place.processes, maker));
    });
    removeFolders(left.map((name) => join(parent, name)));
  }
};

export const joinGroup = (folders: readonly string[], pid: number): void => {
  for (const folder of folders) writeFileSync(join(folder, 'cgroup.procs'), String(pid));
};

/** How many processes the kernel has killed for want of memory, since the group was made. */
export const memoryKills = (folders: readonly string[]): number => {
  const texts = folders.flatMap((folder) =>
    ['memory.events', 'memory.oom_control'].map((name) => join(folder, name)).filter((path) => existsSync(path)),
  );
  return texts.reduce((sum, path) => sum + Number(/^oom_kill (\d+)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0), 0);
};
