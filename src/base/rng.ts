import { hash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A random stream. Streams are forked by name, so adding a consumer never shifts another's dice:
 * `run.fork('rollout/12')` gives the same stream whatever was drawn from `run` before.
 */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). `below` is at least 1. */
  int(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  fork(label: string): Rng;
  /** 31-bit seed for a consumer that wants a plain integer (a provider, a sampler). */
  seed31(): number;
}

const TWO_53 = 2 ** 53;

export const rng = (seed: string | number): Rng => {
  const name = String(seed);
  const digest = hash('sha256', name, 'buffer');
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  const word = (): number => generator.next() >>> 0;
  const next = (): number => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / TWO_53;
  const int = (below: number): number => {
    if (!Number.isInteger(below) || below < 1) throw new RangeError(`int(below) needs an integer >= 1, got ${below}`);
    return Math.floor(next() * below);
  };
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index];
    if (item === undefined) throw new RangeError(`nothing to pick at ${index} of ${items.length}`);
    return item;
  };
  return {
    next,
    int,
    pick: (items) => at(items, int(Math.max(1, items.length))),
    shuffle: <T>(items: readonly T[]): T[] => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const moved = at(out, i);
        out[i] = at(out, j);
        out[j] = moved;
      }
      return out;
    },
    fork: (label) => rng(`${name}/${label}`),
    seed31: () => word() >>> 1,
  };
};
