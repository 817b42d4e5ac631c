import type { Rng } from '../base/rng.ts';
import { binomialMass } from './binomial.ts';
import type { ClusterTotal } from './clusters.ts';
import type { Interval } from './proportion.ts';

/**
 * How often an interval holds the truth: summed over every outcome where that can be done, else simulated. For tests and bench/.
 */

/** Limits are rounded; one that equals the truth but for that still holds it. */
const ROUNDING = 1e-12;

export const holds = ([low, high]: Interval, truth: number): boolean =>
  low - ROUNDING <= truth && truth <= high + ROUNDING;

/** Coverage of one proportion; `intervals` has the interval for 0, 1, ... n events. */
export const binomialCoverage = (intervals: readonly Interval[], rate: number): number =>
  intervals.reduce(
    (sum, interval, events) => (holds(interval, rate) ? sum + binomialMass(events, intervals.length - 1, rate) : sum),
    0,
  );

/** Coverage of a difference of two independent proportions; `intervals[k1][k2]`. */
export const twoBinomialCoverage = (
  intervals: readonly (readonly Interval[])[],
  rate1: number,
  rate2: number,
): number => {
  const masses2 = (intervals[0] ?? []).map((_, events, row) => binomialMass(events, row.length - 1, rate2));
  return intervals.reduce((sum, row, events) => {
    const held = row.reduce((inner, interval, k2) => {
      return holds(interval, rate1 - rate2) ? inner + (masses2[k2] ?? 0) : inner;
    }, 0);
    return sum + held * binomialMass(events, intervals.length - 1, rate1);
  }, 0);
};

/** Coverage of a paired difference; `intervals[b][c]` for b + c <= n; the rates are those of the two kinds of differing pair. */
export const pairedCoverage = (
  intervals: readonly (readonly Interval[])[],
  onlyFirst: number,
  onlySecond: number,
): number => {
  const pairs = intervals.length - 1;
  return intervals.reduce((sum, row, b) => {
    const rest = Math.min(1, onlySecond / (1 - onlyFirst));
    const held = row.reduce(
      (inner, interval, c) =>
        holds(interval, onlyFirst - onlySecond) ? inner + (pairs === b ? 1 : binomialMass(c, pairs - b, rest)) : inner,
      0,
    );
    return sum + held * binomialMass(b, pairs, onlyFirst);
  }, 0);
};

/**
 * Yes/no observations that agree within clusters: a Polya urn, so that each cluster is beta-binomial with the given rate and
 * intra-cluster correlation (0: independent, 1: all the same).
 */
export const drawClusters = (rng: Rng, sizes: readonly number[], rate: number, correlation: number): ClusterTotal[] =>
  sizes.map((size) => {
    let sum = 0;
    for (let seen = 0; seen < size; seen++) {
      const shared = (correlation * seen) / (1 - correlation + correlation * seen || 1);
      const chance = seen === 0 ? rate : (1 - shared) * rate + shared * (sum / seen);
      if (rng.next() < chance) sum += 1;
    }
    return { size, sum };
  });

/** Measurements in [0, 1] with mean 1 / (power + 1), skewed for power > 1; each follows its cluster's draw with chance `share`. */
export const drawMeans = (rng: Rng, sizes: readonly number[], power: number, share: number): ClusterTotal[] =>
  sizes.map((size) => {
    const common = rng.next();
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (rng.next() < share ? common : rng.next()) ** power;
    return { size, sum };
  });
