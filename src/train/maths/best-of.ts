import type { Rng } from '../../base/rng.ts';

/** The one with the highest reward; among equals the dice choose. Null of nothing. */
export const bestOf = <T>(candidates: readonly T[], reward: (candidate: T) => number, dice: Rng): T | null => {
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) most = Math.max(most, reward(candidate));
  const best = candidates.filter((candidate) => reward(candidate) === most);
  return best.length === 0 ? null : dice.pick(best);
};

/** At most `cap` of them, chosen by the dice, in the order given. Null: all. */
export const atMost = <T>(candidates: readonly T[], cap: number | null, dice: Rng): readonly T[] => {
  if (cap === null || candidates.length <= cap) return candidates;
  const chosen = new Set(dice.shuffle(candidates.map((_, index) => index)).slice(0, cap));
  return candidates.filter((_, index) => chosen.has(index));
};
