import { GuestFsError } from './guest-errors.ts';
import type { Inode, InodeDirectory } from './guest-inode.ts';

/** Where a path leads. `inode` is undefined where only the last name is missing. `path` is the real path. */
export interface Found {
  readonly parent: InodeDirectory;
  readonly name: string;
  readonly path: string;
  readonly inode: Inode | undefined;
}

const MAX_SYMLINKS = 40;
const MAX_NAME = 255;
const MAX_PATH = 4_096;

/** Owner bits bind on the guest's files, the bits for others on the system's. */
export const may = (inode: Inode, right: 'r' | 'w' | 'x'): boolean => {
  const bit = right === 'r' ? 0o4 : right === 'w' ? 0o2 : 0o1;
  return (inode.mode & (inode.system ? bit : bit << 6)) !== 0;
};

/** Throws ENOENT, ENOTDIR, EACCES or ELOOP where the way to the last name is barred. */
export const lookup = (root: InodeDirectory, path: string, follow: boolean, verb: string, bar: () => never): Found => {
  if (path.includes('\0') || path.length > MAX_PATH) throw new GuestFsError('ENOENT', verb, path);
  let links = 0;
  const pending = path.split('/').reverse();
  const trail: { readonly name: string; readonly directory: InodeDirectory }[] = [];
  let here: InodeDirectory = root;
  const realPath = (name?: string): string => {
    const names = trail.map((step) => step.name);
    if (name !== undefined) names.push(name);
    return `/${names.join('/')}`;
  };
  for (;;) {
    const name = pending.pop();
    if (name === undefined) {
      const last = trail.at(-1);
      if (last === undefined) return { parent: root, name: '', path: '/', inode: root };
      const parent = trail.at(-2)?.directory ?? root;
      return { parent, name: last.name, path: realPath(), inode: here };
    }
    if (name === '' || name === '.') continue;
    if (name.length > MAX_NAME) throw new GuestFsError('ENAMETOOLONG', verb, path);
    if (!may(here, 'x')) bar();
    if (name === '..') {
      trail.pop();
      here = trail.at(-1)?.directory ?? root;
      continue;
    }
    const inode: Inode | undefined = here.children.get(name);
    const isLast = pending.every((rest) => rest === '' || rest === '.');
    if (inode === undefined) {
      if (!isLast) throw new GuestFsError('ENOENT', verb, path);
      return { parent: here, name, path: realPath(name), inode };
    }
    if (inode.kind === 'symlink' && (follow || !isLast)) {
      links += 1;
      if (links > MAX_SYMLINKS) throw new GuestFsError('ELOOP', verb, path);
      pending.push(...inode.target.split('/').reverse());
      if (inode.target.startsWith('/')) {
        trail.length = 0;
        here = root;
      }
      continue;
    }
    if (inode.kind !== 'directory') {
      if (!isLast) throw new GuestFsError('ENOTDIR', verb, path);
      return { parent: here, name, path: realPath(name), inode };
    }
    trail.push({ name, directory: inode });
    here = inode;
  }
};
