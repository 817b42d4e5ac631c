import type { Rng } from '../base/rng.ts';

/**
 * Shuffled, in as few pieces of at most `size` as will do; their sizes differ by at most one. An optimiser that forgets
 * the scale of gradients takes as large a step for one sequence that is left over as for a whole piece.
 */
export const minibatches = <T>(items: readonly T[], size: number, dice: Rng): T[][] => {
  const shuffled = dice.shuffle(items);
  const pieces = Math.ceil(items.length / size);
  const start = (piece: number): number => Math.floor((piece * items.length) / pieces);
  return Array.from({ length: pieces }, (_, piece) => shuffled.slice(start(piece), start(piece + 1)));
};

/** How many updates it takes to pass over the items as often as a recipe says. */
export const updatesOf = (
  items: readonly unknown[],
  { epochs, batchSequences }: { readonly epochs: number; readonly batchSequences: number },
): number => epochs * Math.ceil(items.length / batchSequences);
