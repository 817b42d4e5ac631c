import type { DeniedWrite } from '../record/rollout.ts';
import { type EmscriptenFs, type EmscriptenNode, isFolder, NODE_TYPE } from './cpython.ts';
import { entryChanges } from './entry-changes.ts';
import type { Refusals } from './guest-errors.ts';
import type { GuestFs } from './guest-fs.ts';
import { applyEntries, collectEntries } from './guest-tree.ts';
import type { Entry } from './job.ts';

const TYPE_FILE = 0o100_000;
const TYPE_LINK = 0o120_000;

/** Copies the guest's files into the interpreter. Called before permissions are enforced. */
export const pushEntries = (entries: readonly Entry[], python: EmscriptenFs): void => {
  for (const { path, kind, data } of entries) {
    if (kind === 'directory') python.mkdirTree(path);
    else {
      const parent = path.slice(0, path.lastIndexOf('/'));
      if (parent !== '') python.mkdirTree(parent);
      if (kind === 'symlink') python.symlink(String(data), path);
      else python.writeFile(path, data instanceof Uint8Array ? data : new Uint8Array(0));
    }
  }
  // Deepest first, so that setting a folder's time is not undone by what is put into it.
  for (const { path, kind, mode, mtimeMs } of entries.toReversed()) {
    if (kind === 'symlink') continue;
    python.chmod(path, mode);
    python.utime(path, mtimeMs, mtimeMs);
  }
};

/** Reads back everything that is the guest's, sorted by path. */
export const pullEntries = (python: EmscriptenFs, system: ReadonlySet<EmscriptenNode>): Entry[] => {
  const out: Entry[] = [];
  const walk = (folder: EmscriptenNode, path: string): void => {
    for (const [name, node] of Object.entries(folder.contents as Record<string, EmscriptenNode>)) {
      const full = `${path}/${name}`;
      if (full === '/dev' || full === '/proc') continue;
      const type = node.mode & NODE_TYPE;
      const mode = node.mode & 0o7777;
      const entry = { path: full, mode, mtimeMs: Math.floor(node.mtime) };
      if (isFolder(node)) {
        if (!system.has(node)) out.push({ ...entry, kind: 'directory', data: null });
        walk(node, full);
      } else if (system.has(node)) continue;
      else if (type === TYPE_LINK) out.push({ ...entry, kind: 'symlink', data: node.link ?? '' });
      else if (type === TYPE_FILE) out.push({ ...entry, kind: 'file', data: contentOf(node) });
    }
  };
  walk(python.lookupPath('/', { follow: true }).node, '');
  return out.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
};

const contentOf = (node: EmscriptenNode): Uint8Array =>
  ArrayBuffer.isView(node.contents)
    ? new Uint8Array(node.contents.buffer, node.contents.byteOffset, node.usedBytes).slice()
    : new Uint8Array(0);

export const pushFiles = (fs: GuestFs, python: EmscriptenFs): void => pushEntries(collectEntries(fs.root), python);

export const pullFiles = (fs: GuestFs, python: EmscriptenFs, system: ReadonlySet<EmscriptenNode>): void => {
  const { changed, removed } = entryChanges(collectEntries(fs.root), pullEntries(python, system));
  applyEntries(fs, changed, removed);
};

const EACCES = 2;
const WRITING = 0b11;

/** Keeps what the interpreter's own permission checks refuse. */
export const watchDenied = (python: EmscriptenFs, refusals: Refusals): void => {
  const { mayOpen, mayCreate, mayDelete, rename, doTruncate } = python;
  let renaming = false;
  const note = (errno: number, path: () => string, operation: DeniedWrite['operation']): number => {
    if (errno === EACCES) refusals.write({ path: path(), operation });
    return errno;
  };
  python.mayOpen = (node, flags) => {
    const errno = mayOpen(node, flags);
    return (flags & WRITING) === 0 ? errno : note(errno, () => python.getPath(node), 'write');
  };
  python.mayCreate = (folder, name) =>
    note(mayCreate(folder, name), () => `${trimmed(python.getPath(folder))}/${name}`, renaming ? 'rename' : 'create');
  python.mayDelete = (folder, name, isFolder) =>
    note(
      mayDelete(folder, name, isFolder),
      () => `${trimmed(python.getPath(folder))}/${name}`,
      renaming ? 'rename' : 'delete',
    );
  python.rename = (from, to) => {
    renaming = true;
    try {
      return rename(from, to);
    } finally {
      renaming = false;
    }
  };
  python.doTruncate = (stream, node, length) => {
    if ((node.mode & 0o222) === 0) note(EACCES, () => python.getPath(node), 'write');
    doTruncate(stream, node, length);
  };
};

const trimmed = (path: string): string => (path === '/' ? '' : path);
