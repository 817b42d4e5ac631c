import type { Rng } from '../base/rng.ts';

/** Shuffled, in pieces of at most `size`; none is empty. */
export const minibatches = <T>(items: readonly T[], size: number, dice: Rng): T[][] => {
  const shuffled = dice.shuffle(items);
  const batches: T[][] = [];
  for (let at = 0; at < shuffled.length; at += size) batches.push(shuffled.slice(at, at + size));
  return batches;
};

/** How many updates it takes to pass over the items as often as a recipe says. */
export const updatesOf = (
  items: readonly unknown[],
  { epochs, batchSequences }: { readonly epochs: number; readonly batchSequences: number },
): number => epochs * Math.ceil(items.length / batchSequences);
