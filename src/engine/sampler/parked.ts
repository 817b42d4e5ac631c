/** Keys and values of rows that ended, kept for prompts that begin in the same way. */
export interface Parked {
  /** The longest beginning that a kept row shares with these ids. Counts as a use. */
  find(ids: Int32Array, count: number): ParkedHit | null;
  /** Keeps a row. Rows that it goes on from are dropped, then the least recently used until the rest fits. */
  keep(ids: Int32Array, packed: Float32Array): void;
  clear(): void;
  /** Numbers held. */
  readonly size: number;
}

export interface ParkedHit {
  /** How many ids are shared. At least 1. */
  readonly shared: number;
  /** How many positions `packed` holds. */
  readonly length: number;
  readonly packed: Float32Array;
}

interface Entry {
  readonly ids: Int32Array;
  readonly packed: Float32Array;
}

/** How many ids two sequences have in common at their beginning. */
export const sharedLength = (a: Int32Array, b: Int32Array, most: number): number => {
  const end = Math.min(a.length, b.length, most);
  let i = 0;
  while (i < end && a[i] === b[i]) i++;
  return i;
};

/** `capacity`: the most numbers that are held. */
export const parkedRows = (capacity: number): Parked => {
  // In order of use, the latest last.
  const entries = new Set<Entry>();
  let size = 0;
  const drop = (entry: Entry): void => {
    entries.delete(entry);
    size -= entry.packed.length;
  };
  return {
    get size() {
      return size;
    },
    find: (ids, count) => {
      let best: Entry | null = null;
      let shared = 0;
      for (const entry of entries) {
        const length = sharedLength(entry.ids, ids, count);
        if (length <= shared) continue;
        best = entry;
        shared = length;
      }
      if (best === null) return null;
      entries.delete(best);
      entries.add(best);
      return { shared, length: best.ids.length, packed: best.packed };
    },
    keep: (ids, packed) => {
      if (packed.length > capacity || ids.length === 0) return;
      for (const entry of entries) {
        if (sharedLength(entry.ids, ids, ids.length) === entry.ids.length) drop(entry);
      }
      for (const entry of entries) {
        if (size + packed.length <= capacity) break;
        drop(entry);
      }
      entries.add({ ids, packed });
      size += packed.length;
    },
    clear: () => {
      entries.clear();
      size = 0;
    },
  };
};
