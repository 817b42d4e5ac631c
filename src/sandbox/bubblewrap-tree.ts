/**
 * A guest's files on a file system of their own, put there before its command and read back when nothing of the guest runs any more. So
 * nothing changes while it is read; still no link is followed, and nothing but regular files is opened.
 */
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lchownSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { Entry } from './job.ts';

/** Longer paths have no name that a call would take. */
const MAX_PATH_BYTES = 3_900;
const PAGE_BYTES = 4_096;
/** From this length on the target of a link takes a page. */
const LONG_LINK_BYTES = 127;
/** Sizes of large disks are rounded down to this: so that most commands find the last one as large as they need it. */
const LARGE_BYTES = 1_048_576;
const ROUND_PAGES = 16;
/** As the simulated sandbox counts: names cost, too. */
const BYTES_PER_INODE = 256;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** What a guest sees of the system beside its own files. */
export interface Scenery {
  /** Folders, parents first, with their modes. They are the guest's to use; a replaced one is put back. */
  readonly folders: readonly (readonly [path: string, mode: number])[];
  /** Where something of the system is mounted: nothing there is the guest's. */
  readonly mounted: readonly string[];
  /** Of these, which are files. */
  readonly mountedFiles: ReadonlySet<string>;
}

/** The state cannot be kept: the command is undone. */
export class CannotKeep extends Error {
  readonly limit: string;
  constructor(limit: string, message: string) {
    super(message);
    this.limit = limit;
  }
}

/** Room that the given files leave: a file system counts in pages, so each of them may round up. */
export const diskFor = (
  entries: readonly Entry[],
  diskBytes: number,
): { readonly bytes: number; readonly inodes: number } => {
  let used = 0;
  let pages = 0;
  for (const { data } of entries) {
    if (typeof data === 'string' && Buffer.byteLength(data) >= LONG_LINK_BYTES) pages += 1;
    if (!(data instanceof Uint8Array)) continue;
    used += data.length;
    pages += Math.ceil(data.length / PAGE_BYTES);
  }
  const free = Math.max(0, Math.floor((diskBytes - used) / PAGE_BYTES));
  const exact = pages + free;
  const rounded = diskBytes < LARGE_BYTES ? exact : Math.floor(exact / ROUND_PAGES) * ROUND_PAGES;
  return {
    // A size of 0 would mean: no limit.
    bytes: Math.max(1, rounded < pages ? exact : rounded) * PAGE_BYTES,
    inodes: Math.max(entries.length, Math.ceil(diskBytes / BYTES_PER_INODE)) + 64,
  };
};

/**
 * The most bytes that all files together may have when they are read back. More than the disk, since what rounds up to a page can be filled;
 * but bounded, since ever more small files would gain ever more pages.
 */
export const keptBytes = (diskBytes: number): number => Math.floor(diskBytes * 1.25) + 65_536;

/** `root` is empty and nobody else's. Entries are sorted, so parents come first. */
export const loadTree = (root: string, entries: readonly Entry[], scenery: Scenery, owner: Owner | null): void => {
  const own = (path: string): void => {
    if (owner !== null) lchownSync(path, owner.uid, owner.gid);
  };
  const mountPoints = new Set(scenery.mounted);
  const modes = new Map<string, number>(scenery.folders);
  const folder = (path: string): void => {
    mkdirSync(root + path);
    own(root + path);
    modes.set(path, modes.get(path) ?? 0o755);
  };
  // Before anything of the guest's: no link of its can then lie on the way to where the system is mounted.
  for (const [path] of scenery.folders) folder(path);
  for (const path of scenery.mounted) {
    if (!scenery.mountedFiles.has(path)) mkdirSync(root + path);
    else writeFileSync(root + path, '');
  }
  const kept: Entry[] = [];
  for (const entry of entries) {
    const { path, kind, data, mode } = entry;
    if (mountPoints.has(path) || (kind !== 'directory' && modes.has(path))) continue;
    if (kind === 'symlink') symlinkSync(String(data), root + path);
    else if (kind === 'file') writeFileSync(root + path, data instanceof Uint8Array ? data : '', { flag: 'wx' });
    else if (modes.has(path)) modes.set(path, mode);
    else {
      folder(path);
      modes.set(path, mode);
    }
    own(root + path);
    kept.push(entry);
  }
  // Modes and times at last, the deepest first: making a file changes its folder, and a folder may be closed to us as well.
  for (const { path, kind, mode, mtimeMs } of kept.toReversed()) {
    if (kind === 'symlink') lutimesSync(root + path, mtimeMs / 1_000, mtimeMs / 1_000);
    else if (kind === 'file') {
      chmodSync(root + path, mode);
      utimesSync(root + path, mtimeMs / 1_000, mtimeMs / 1_000);
    } else {
      utimesSync(root + path, mtimeMs / 1_000, mtimeMs / 1_000);
    }
  }
  for (const [path, mode] of [...modes].toReversed()) chmodSync(root + path, mode);
  if (owner !== null) chownSync(root, owner.uid, owner.gid);
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const nameOf = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch {
    // No record could name it.
    return null;
  }
};

/**
 * Every path that is the guest's, sorted. Fifos, sockets, devices and names that are not UTF-8 are left out. Throws `CannotKeep` where files are
 * longer in all than the disk (holes count), or a path is longer than a path can be.
 */
export const collectTree = (root: string, before: readonly Entry[], scenery: Scenery, bytes: number): Entry[] => {
  const out: Entry[] = [];
  const mounted = new Set(scenery.mounted);
  const folders = new Map(scenery.folders);
  const opening = new Set(before.map((entry) => entry.path));
  let left = bytes;
  const walk = (path: string): void => {
    if (Buffer.byteLength(path) > MAX_PATH_BYTES)
      throw new CannotKeep('pathBytes', `a path is longer than ${MAX_PATH_BYTES} bytes`);
    for (const raw of readdirSync(root + (path === '' ? '/' : path), { encoding: 'buffer' })) {
      const name = nameOf(raw);
      const full = `${path}/${name}`;
      if (name === null || mounted.has(full)) continue;
      const stat = lstatSync(root + full);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : null;
      if (kind === null) continue;
      if (kind === 'file') {
        left -= stat.size;
        if (left < 0) throw new CannotKeep('diskBytes', `the files are longer than ${bytes} bytes (holes count)`);
      }
      if (!folders.has(full) || opening.has(full)) {
        const data =
          kind === 'directory'
            ? null
            : kind === 'symlink'
              ? readlinkSync(root + full)
              : readBytes(root + full, stat.size);
        out.push({ path: full, kind, mode: stat.mode & 0o7777, mtimeMs: Math.round(stat.mtimeMs), data });
      }
      if (kind === 'directory') walk(full);
    }
  };
  walk('');
  return out.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
};

const EMPTY = new Uint8Array(0);

const readBytes = (path: string, bytes: number): Uint8Array => {
  if (bytes === 0) return EMPTY;
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
};
