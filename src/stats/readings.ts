import { holm } from './multiplicity.ts';

/** The chance of any false reading in one table of differences. */
export const ALPHA = 0.05;

export type Reading = 'higher' | 'lower' | 'no difference shown' | 'not tested';

/**
 * What each of several differences may be called, with its p-value adjusted for their number (Holm). Nothing is called higher or
 * lower but here. What could not be tested counts as one of the number.
 */
export const readingsOf = (
  rows: readonly { readonly difference: number | null; readonly p: number | null }[],
): { readonly adjusted: number | null; readonly reading: Reading }[] => {
  const adjusted = holm(rows.map(({ p }) => p ?? 1));
  return rows.map(({ difference, p }, index) => {
    const own = adjusted[index] ?? 1;
    if (difference === null || p === null) return { adjusted: null, reading: 'not tested' };
    if (own > ALPHA) return { adjusted: own, reading: 'no difference shown' };
    return { adjusted: own, reading: difference > 0 ? 'higher' : 'lower' };
  });
};
