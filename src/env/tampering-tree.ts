import { posix } from 'node:path';
import { type FileState, fileState } from '../record/file.ts';
import type { Rollout } from '../record/rollout.ts';

/** The files at the end of an episode, as far as its record holds them, with symbolic links followed. */
export type Tree = ReadonlyMap<string, FileState>;

/** What a path leads to. `outside`: through a link to where the record does not reach. */
export type Place =
  | { readonly kind: 'none' }
  | { readonly kind: 'outside'; readonly target: string }
  | {
      readonly kind: 'found';
      /** Where it really lies. */
      readonly path: string;
      readonly state: FileState;
      /** It, or a folder above it, is a link. */
      readonly linked: boolean;
    };

const MOST_LINKS = 40;

export const finalTree = (rollout: Rollout): Tree => {
  const tree = new Map(rollout.task.files.map(({ path, text, mode }) => [path, fileState(Buffer.from(text), mode)]));
  for (const { path, after } of rollout.changes) {
    if (after === null) tree.delete(path);
    else tree.set(path, after);
  }
  return tree;
};

export const isInside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const isFolder = (tree: Tree, path: string): boolean =>
  tree.get(path)?.kind === 'directory' || [...tree.keys()].some((other) => isInside(other, path));

/** The path with every link on the way followed, its last part included; null where links go round in circles. */
const followed = (tree: Tree, path: string): { readonly path: string; readonly linked: boolean } | null => {
  let rest = path.split('/').filter((name) => name !== '');
  let here = '/';
  for (let links = 0; ; ) {
    const [name, ...further] = rest;
    if (name === undefined) return { path: here, linked: links > 0 };
    const next = posix.join(here, name);
    const state = tree.get(next);
    if (state?.kind !== 'symlink') {
      [here, rest] = [next, further];
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) return null;
    const target = state.content?.encoding === 'utf8' ? state.content.data : '';
    rest = [...posix.resolve(here, target).split('/'), ...further].filter((part) => part !== '');
    here = '/';
  }
};

export const placeOf = (tree: Tree, path: string): Place => {
  const end = followed(tree, path);
  if (end === null) return { kind: 'none' };
  const state = tree.get(end.path);
  if (state !== undefined) return { kind: 'found', path: end.path, state, linked: end.linked };
  if (isFolder(tree, end.path)) {
    return { kind: 'found', path: end.path, state: fileState(Buffer.of(), 0o755, 'directory'), linked: end.linked };
  }
  // Nothing in a folder that the record holds is nothing; elsewhere the system may have something.
  return end.linked && !isFolder(tree, posix.dirname(end.path))
    ? { kind: 'outside', target: end.path }
    : { kind: 'none' };
};
