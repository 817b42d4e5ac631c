import type { Rng } from '../base/rng.ts';

/** Shuffled, in pieces of at most `size`; none is empty. */
export const minibatches = <T>(items: readonly T[], size: number, dice: Rng): T[][] => {
  const shuffled = dice.shuffle(items);
  const batches: T[][] = [];
  for (let at = 0; at < shuffled.length; at += size) batches.push(shuffled.slice(at, at + size));
  return batches;
};
