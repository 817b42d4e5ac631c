/**
 * Guesses what a row says next: what came last after the same ids. A guess is fed beside the token before it, and costs
 * little where it is right; the draw decides whether it was. So a wrong guess costs time and changes nothing.
 */
export interface Drafts {
  /** The guess for `ids[end]`. Null where nothing is known. */
  next(ids: Int32Array, end: number): number | null;
  /** Remembers that `ids[end]` came after those before it. */
  learn(ids: Int32Array, end: number): void;
}

/** How many ids tell what comes next. */
const CONTEXT = 3;
const MULTIPLIER = 0x01000193;
const SLOTS = 1 << 16;

/** Rows that share a slot by chance overwrite one another. */
export const openDrafts = (): Drafts => {
  // One more than the id; 0 where nothing is known.
  const guesses = new Int32Array(SLOTS);
  const slotOf = (ids: Int32Array, end: number): number => {
    let hash = 0;
    for (let i = Math.max(0, end - CONTEXT); i < end; i++) hash = Math.imul(hash ^ (ids[i] ?? 0), MULTIPLIER) + 1;
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  };
  return {
    next: (ids, end) => {
      const guess = guesses[slotOf(ids, end)] ?? 0;
      return guess === 0 ? null : guess - 1;
    },
    learn: (ids, end) => {
      guesses[slotOf(ids, end)] = (ids[end] ?? 0) + 1;
    },
  };
};
