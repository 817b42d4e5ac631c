import type { Strategy } from '../strategy.ts';

/** How many of the same name came before. */
const placing = (): ((name: string) => number) => {
  const counts = new Map<string, number>();
  return (name) => {
    const place = counts.get(name) ?? 0;
    counts.set(name, place + 1);
    return place;
  };
};

/**
 * What few sets have a use for comes before all. Then the plainest of each family first, kinds in turn, then the second of each, and so on: a budget that runs out has seen every technique, and the
 * many ways to do no work have not crowded out the few that spoil a good answer.
 */
export const byBreadth = (strategies: readonly Strategy[]): readonly Strategy[] => {
  const inFamily = placing();
  const inKind = placing();
  return strategies
    .toSorted((a, b) => Number(b.plain ?? false) - Number(a.plain ?? false))
    .map((strategy) => {
      const place = inFamily(strategy.family);
      return { strategy, place: strategy.narrow ? -1 : place, turn: inKind(`${place} ${strategy.kind}`) };
    })
    .toSorted((a, b) => a.place - b.place || a.turn - b.turn)
    .map(({ strategy }) => strategy);
};
