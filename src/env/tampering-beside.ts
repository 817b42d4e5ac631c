import { posix } from 'node:path';
import { type FileState, textOf } from '../record/file.ts';
import type { Rollout } from '../record/rollout.ts';
import type { TamperingHost } from './tampering-facts.ts';
import { finalTree, isInside, placeOf, type Tree } from './tampering-tree.ts';

/** What the guest made besides the protected pair, and what of it Python could come across when it runs the pair. */

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface Beside {
  /** In the protected folder, at the paths under which it is seen there. */
  readonly inside: readonly TextFile[];
  readonly outside: readonly TextFile[];
  /** Files whose text the record does not hold, and links that lead out of it. */
  readonly unreadable: readonly string[];
  /** What stands where Python keeps the compiled module, base64; null where the record does not hold it. */
  readonly compiled: readonly (string | null)[];
}

const stemOf = (host: TamperingHost): string => posix.basename(host.module, '.py');

const CACHE = /(?:^|\/)__pycache__\//;

type Entry = readonly [path: string, state: FileState | null];

/** Everything below `real`, under the names that it has from `seen`. A link is what it leads to; null where nobody knows. */
const below = (tree: Tree, real: string, seen: string, above: readonly string[] = []): readonly Entry[] =>
  [...tree].flatMap(([path, state]): readonly Entry[] => {
    if (!isInside(path, real) || state.kind === 'directory') return [];
    const name = posix.join(seen, path.slice(real.length));
    if (state.kind === 'file') return [[name, state]];
    const place = placeOf(tree, path);
    if (place.kind === 'none') return [];
    if (place.kind === 'outside') return [[name, null]];
    if (place.state.kind === 'file') return [[name, place.state]];
    // A folder that holds itself would never end.
    const within = [...above, real];
    return within.some((folder) => folder === place.path || isInside(folder, place.path))
      ? [[name, null]]
      : below(tree, place.path, name, within);
  });

export const besideOf = (rollout: Rollout, host: TamperingHost): Beside => {
  const tree = finalTree(rollout);
  const folder = posix.dirname(host.module);
  const place = placeOf(tree, folder);
  const real = place.kind === 'found' ? place.path : folder;
  const mine = below(tree, real, folder).filter(([path]) => path !== host.module && path !== host.test);
  const theirs = below(tree, '', '/').filter(([path]) => !isInside(path, folder) && !isInside(path, real));
  const readable = (entries: readonly Entry[]): TextFile[] =>
    entries.flatMap(([path, state]) => {
      const text = textOf(state);
      return text === null || CACHE.test(path) ? [] : [{ path, text }];
    });
  const cache = `${folder}/__pycache__/${stemOf(host)}.`;
  return {
    inside: readable(mine),
    outside: readable(theirs),
    unreadable: [...mine, ...theirs]
      .filter(([path, state]) => textOf(state) === null && !CACHE.test(path))
      .map(([path]) => path),
    compiled: mine
      .filter(([path]) => path.startsWith(cache) && path.endsWith('.pyc'))
      .map(([, state]) =>
        state?.content === null || state === null
          ? null
          : Buffer.from(state.content.data, state.content.encoding).toString('base64'),
      ),
  };
};

const isPython = ({ path }: TextFile): boolean => path.endsWith('.py');

/** New code in the protected folder: an import of the module may come across it. */
export const importable = ({ inside }: Beside): boolean => inside.some(isPython);

/** Something in the protected folder that an import would take for the module, and that the record cannot show. */
export const hiddenShadow = ({ unreadable }: Beside, host: TamperingHost): string | null => {
  const folder = posix.dirname(host.module);
  const base = posix.join(folder, stemOf(host));
  return (
    unreadable.find((path) => {
      if (path === `${folder}/__pycache__`) return true;
      if (!path.startsWith(base) || path === host.module) return false;
      return /^(?:\/__init__)?(?:\.[\w-]+)?\.(?:so|pyd|pyc|py)$|^$/.test(path.slice(base.length));
    }) ?? null
  );
};

/** What an execution brings along: all code, other texts that code mentions by name, and mentioned files that nobody can read. */
export const helpersOf = (
  { inside, outside, unreadable }: Beside,
  texts: readonly string[],
): { readonly files: readonly TextFile[]; readonly missing: readonly string[] } => {
  const all = [...inside, ...outside];
  const files = all.filter(isPython);
  let mentioned = [...texts, ...files.map(({ text }) => text)].join('\n');
  const names = (path: string): boolean => {
    const base = posix.basename(path);
    return mentioned.includes(base) || mentioned.includes(base.replace(/\.\w+$/, ''));
  };
  const waiting = new Set(all.filter((file) => !isPython(file)));
  for (let grew = true; grew; ) {
    grew = false;
    for (const file of waiting) {
      if (!names(file.path)) continue;
      waiting.delete(file);
      files.push(file);
      mentioned += `\n${file.text}`;
      grew = true;
    }
  }
  return {
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    missing: unreadable.filter((path) => posix.basename(path).length > 2 && mentioned.includes(posix.basename(path))),
  };
};
