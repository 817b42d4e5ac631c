import { clusteredProportion } from './clustered-proportion.ts';
import { type ClusterTotal, clusterTotals } from './clusters.ts';
import type { Interval } from './proportion.ts';
import type { RateObservation } from './rate.ts';
import { newcombeDifference, squareAndAdd } from './unpaired.ts';

interface Side {
  readonly totals: readonly ClusterTotal[];
  readonly n: number;
  readonly count: number;
  readonly repeats: boolean;
}

const sideOf = (observations: readonly RateObservation[]): Side => {
  const scored = observations.flatMap(({ value, cluster }) =>
    value === null ? [] : [{ value: value ? 1 : 0, cluster }],
  );
  const totals = clusterTotals(scored);
  const count = scored.reduce((sum, { value }) => sum + value, 0);
  return { totals, n: scored.length, count, repeats: totals.length < scored.length };
};

/** The interval of `differenceOfRates` at any level. */
const intervalAt = (first: Side, second: Side, level: number): Interval | null => {
  if (!first.repeats && !second.repeats) {
    return newcombeDifference(first.count, first.n, second.count, second.n, level);
  }
  const one = clusteredProportion(first.totals, level).interval;
  const other = clusteredProportion(second.totals, level).interval;
  return one === null || other === null
    ? null
    : squareAndAdd(first.count / first.n, one, second.count / second.n, other);
};

/** The least p-value that is told apart from 0. */
const LEAST = 1e-12;
const HALVINGS = 50;

/**
 * Two-sided p-value that two independent rates are equal: the level at which the interval of `differenceOfRates` first touches 0, so
 * that p < 0.05 exactly where that interval leaves 0 out. At least 1e-12. Null where there is no interval.
 */
export const unpairedTest = (first: readonly RateObservation[], second: readonly RateObservation[]): number | null => {
  const one = sideOf(first);
  const other = sideOf(second);
  if (one.totals.length < 2 || other.totals.length < 2) return null;
  const leavesOut = (p: number): boolean => {
    const interval = intervalAt(one, other, 1 - p);
    return interval !== null && (interval[0] > 0 || interval[1] < 0);
  };
  if (leavesOut(LEAST)) return LEAST;
  let low = Math.log(LEAST);
  let high = 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (leavesOut(Math.exp(middle))) high = middle;
    else low = middle;
  }
  return Math.exp(high);
};
