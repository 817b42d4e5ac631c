import type { Example } from './example.ts';
import type { Ledger } from './ledger.ts';

/**
 * As many of the examples as a share of what is left of the budget can ask, at least one: the first ones, since halves are in the order
 * of the dice.
 */
export const portion = (
  examples: readonly Example[],
  callsForEach: number,
  share: number,
  { left }: Pick<Ledger, 'left'>,
): readonly Example[] => examples.slice(0, Math.max(1, Math.floor((left.calls * share) / Math.max(1, callsForEach))));
