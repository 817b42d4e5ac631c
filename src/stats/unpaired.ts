import type { Estimate, Rate } from '../record/estimate.ts';
import { METHOD } from './clustered-proportion.ts';
import { type Interval, LEVEL, wilson } from './proportion.ts';

/**
 * Square-and-add: limits of a difference from the limits of its two independent parts. With Wilson limits it is Newcombe's
 * method 10; with others it is MOVER (Zou and Donner 2008, Statist Med 27:1693).
 */
export const squareAndAdd = (p1: number, [low1, high1]: Interval, p2: number, [low2, high2]: Interval): Interval => [
  Math.max(-1, p1 - p2 - Math.hypot(p1 - low1, high2 - p2)),
  Math.min(1, p1 - p2 + Math.hypot(high1 - p1, p2 - low2)),
];

/**
 * Interval for the difference k1/n1 - k2/n2 of two independent proportions: hybrid score, without continuity correction.
 * Newcombe 1998, Statist Med 17:873, method 10.
 */
export const newcombeDifference = (
  events1: number,
  trials1: number,
  events2: number,
  trials2: number,
  level: number = LEVEL,
): Interval =>
  squareAndAdd(events1 / trials1, wilson(events1, trials1, level), events2 / trials2, wilson(events2, trials2, level));

/**
 * First rate minus second, for runs that share no tasks (else `pairedDifference`). Newcombe's interval where no cluster repeats
 * in either run; MOVER on the two intervals where one does; none where either rate has none.
 */
export const differenceOfRates = (first: Rate, second: Rate): Estimate => {
  const n = first.n + second.n;
  const clusters = first.clusters + second.clusters;
  const bounds: Interval | null =
    first.bounds === null || second.bounds === null
      ? null
      : [first.bounds[0] - second.bounds[1], first.bounds[1] - second.bounds[0]];
  if (first.mean === null || second.mean === null) {
    return { mean: null, interval: null, n, clusters, method: METHOD.unscored, bounds };
  }
  const mean = first.mean - second.mean;
  if (first.interval === null || second.interval === null) {
    return { mean, interval: null, n, clusters, method: METHOD.oneCluster, bounds };
  }
  if (first.clusters === first.n && second.clusters === second.n) {
    const interval = newcombeDifference(first.count, first.n, second.count, second.n);
    return { mean, interval, n, clusters, method: 'newcombe hybrid score', bounds };
  }
  const interval = squareAndAdd(first.mean, first.interval, second.mean, second.interval);
  return { mean, interval, n, clusters, method: 'mover on the intervals of the two rates', bounds };
};
