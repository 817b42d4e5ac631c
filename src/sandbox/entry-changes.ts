import type { Entry } from './job.ts';

const sameData = (a: Entry['data'], b: Entry['data']): boolean =>
  a === b || (a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0);

/** What a command did to the paths of a state; times count. */
export const entryChanges = (
  before: readonly Entry[],
  after: readonly Entry[],
): { readonly changed: Entry[]; readonly removed: string[] } => {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const changed: Entry[] = [];
  for (const entry of after) {
    const was = old.get(entry.path);
    old.delete(entry.path);
    if (
      was === undefined ||
      was.kind !== entry.kind ||
      was.mode !== entry.mode ||
      was.mtimeMs !== entry.mtimeMs ||
      !sameData(was.data, entry.data)
    )
      changed.push(entry);
  }
  return { changed, removed: [...old.keys()] };
};
