import { getCommandNames } from 'just-bash';
import type { GuestFs } from './guest-fs.ts';
import { directory, file, type Inode, type InodeDirectory, restartInodes, symlink } from './guest-inode.ts';
import { STUB_FILES } from './guest-stubs.ts';
import type { Entry } from './job.ts';

/**
 * The tree that a command starts from: the system's part, which no state holds, and the guest's files over it.
 * What the guest finds but cannot change: /bin, /usr/bin, /dev, /proc. What is the guest's: /, /tmp and /root.
 */
const encoder = new TextEncoder();
const EMPTY = new Uint8Array(0);
const OWN_COMMANDS = ['python', 'python3', ...STUB_FILES];
/** Under these nothing is ever part of a state, not even what the guest made. */
const VOLATILE = new Set(['dev', 'proc']);

const put = (parent: InodeDirectory, name: string, inode: Inode): void => {
  inode.links = 1;
  parent.children.set(name, inode);
};

/** 2026-01-01T00:00:00Z: the age of everything that is the system's. */
const SYSTEM_MS = Date.UTC(2026, 0, 1);

const folder = (mode: number): InodeDirectory => directory(mode, SYSTEM_MS, true);

interface Fixed {
  readonly usr: InodeDirectory;
  readonly bin: InodeDirectory;
  readonly proc: InodeDirectory;
}

const makeFixed = (): Fixed => {
  const [usr, bin, proc] = [folder(0o755), folder(0o755), folder(0o555)];
  put(usr, 'bin', bin);
  for (const name of [...getCommandNames(), ...OWN_COMMANDS])
    put(bin, name, file(encoder.encode(`#!/bin/bash\n# Built-in command: ${name}\n`), 0o755, SYSTEM_MS, true));
  put(proc, 'version', file(encoder.encode('Linux version 6.1.0\n'), 0o444, SYSTEM_MS, true));
  return { usr, bin, proc };
};

/** Nothing that a guest does changes these, so commands share them: unless the task put files there. */
let shared: Fixed | null = null;
const FIXED_PATH = /^\/(?:bin|usr|proc)\//;

export const systemTree = (entries: readonly Entry[]): InodeDirectory => {
  shared ??= makeFixed();
  restartInodes();
  const { usr, bin, proc } = entries.some((entry) => FIXED_PATH.test(entry.path)) ? makeFixed() : shared;
  const root = folder(0o1777);
  const dev = folder(0o755);
  put(root, 'usr', usr);
  put(root, 'bin', bin);
  put(root, 'proc', proc);
  put(root, 'dev', dev);
  put(root, 'tmp', folder(0o1777));
  put(root, 'root', folder(0o777));
  put(dev, 'fd', folder(0o777));
  for (const name of ['null', 'zero', 'stdin', 'stdout', 'stderr'])
    put(dev, name, file(EMPTY, 0o666, SYSTEM_MS, true, true));
  return root;
};

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '');

/** The directory at `names`, made where it is missing. */
const folderAt = (root: InodeDirectory, names: readonly string[], clockMs: number): InodeDirectory => {
  let here = root;
  for (const name of names) {
    const next = here.children.get(name);
    if (next?.kind === 'directory') here = next;
    else {
      const made = directory(0o755, clockMs);
      put(here, name, made);
      here = made;
    }
  }
  return here;
};

/** Puts a state's entries into the tree. Parents come before children, since paths are sorted. */
export const loadEntries = (fs: GuestFs, entries: readonly Entry[], clockMs: number): void => {
  for (const entry of entries) {
    const names = namesOf(entry.path);
    const name = names.pop();
    if (name === undefined) continue;
    const parent = folderAt(fs.root, names, clockMs);
    put(parent, name, inodeOf(entry));
    fs.inodes += 1;
    if (entry.data instanceof Uint8Array) fs.usedBytes += entry.data.length;
  }
};

const inodeOf = (entry: Entry): Inode => {
  if (entry.kind === 'symlink') return symlink(String(entry.data), entry.mtimeMs);
  if (entry.kind === 'directory') return directory(entry.mode, entry.mtimeMs);
  return file(entry.data instanceof Uint8Array ? entry.data : EMPTY, entry.mode, entry.mtimeMs);
};

const isShared = (inode: InodeDirectory): boolean => inode === shared?.usr || inode === shared?.bin;

/** Every path that is the guest's, sorted. Content is shared, not copied. */
export const collectEntries = (root: InodeDirectory): Entry[] => {
  const out: Entry[] = [];
  const walk = (here: InodeDirectory, path: string): void => {
    for (const [name, inode] of here.children) {
      if (path === '' && VOLATILE.has(name)) continue;
      const full = `${path}/${name}`;
      if (!inode.system)
        out.push({
          path: full,
          kind: inode.kind,
          mode: inode.mode,
          mtimeMs: inode.mtimeMs,
          data: inode.kind === 'file' ? inode.bytes : inode.kind === 'symlink' ? inode.target : null,
        });
      if (inode.kind === 'directory' && !isShared(inode)) walk(inode, full);
    }
  };
  walk(root, '');
  return out.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
};

/** Takes over what a program that enforced permissions by itself has changed. */
export const applyEntries = (fs: GuestFs, changed: readonly Entry[], removed: readonly string[]): void => {
  for (const path of removed.toReversed()) {
    const names = namesOf(path);
    const name = names.pop();
    const parent = parentAt(fs.root, names);
    const inode = name === undefined ? undefined : parent?.children.get(name);
    if (name === undefined || parent === undefined || inode === undefined) continue;
    parent.children.delete(name);
    forget(fs, inode);
  }
  for (const entry of changed) {
    const names = namesOf(entry.path);
    const name = names.pop();
    const parent = parentAt(fs.root, names);
    if (name === undefined || parent === undefined) continue;
    const old = parent.children.get(name);
    if (old?.kind === 'directory' && entry.kind === 'directory') {
      old.mode = entry.mode;
      old.mtimeMs = entry.mtimeMs;
      continue;
    }
    if (old !== undefined) forget(fs, old);
    put(parent, name, inodeOf(entry));
    fs.inodes += 1;
    if (entry.data instanceof Uint8Array) fs.usedBytes += entry.data.length;
  }
};

const forget = (fs: GuestFs, inode: Inode): void => {
  fs.inodes -= 1;
  if (inode.kind === 'file') fs.usedBytes -= inode.bytes.length;
};

const parentAt = (root: InodeDirectory, names: readonly string[]): InodeDirectory | undefined => {
  let here: InodeDirectory = root;
  for (const name of names) {
    const next = here.children.get(name);
    if (next?.kind !== 'directory') return undefined;
    here = next;
  }
  return here;
};
