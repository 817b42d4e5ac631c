import type { Estimate, Rate } from '../record/estimate.ts';
import { requireName, requireOnScale, requireOpenProbability, requireScale, type Scale } from './check.ts';
import { METHOD } from './clustered-proportion.ts';
import type { MeanObservation } from './mean.ts';
import { type Interval, LEVEL } from './proportion.ts';
import type { RateObservation } from './rate.ts';

/** The mean of one cluster, with every unscored observation in it at the low and at the high end of [0, 1]. Equal where all are scored. */
export interface SequenceUnit {
  readonly low: number;
  readonly high: number;
}

/** How the intervals of this file are made: the `method` of an Estimate. */
export const SEQUENCE_METHOD = 'hedged betting confidence sequence on cluster means';

/** No bet risks more than this share of the capital. Waudby-Smith and Ramdas name 1/2 and 3/4; the larger is better for rare events. */
const MOST_RISKED = 0.75;
/** Halvings of [0, 1]: limits are exact to 1e-12. */
const HALVINGS = 40;

/**
 * The numbers of clusters that bets are sized for, each with an equal part of the capital: near one of them an interval is about as narrow
 * as if that number had been fixed, between them a little wider.
 */
const HORIZONS = [64, 512, 4_096, 32_768] as const;

/**
 * What is bet on each value before it is seen, from those before it alone: sqrt(2 ln(2/alpha) / (variance horizon)), the variance as known
 * so far, starting at 1/4 (the paper's predictable plug-in for a fixed number, section 4).
 */
const betsOn = (values: readonly number[], alpha: number, horizon: number): number[] => {
  let sum = 0.5;
  let squares = 0.25;
  return values.map((value, index) => {
    const bet = Math.sqrt((2 * Math.log(2 / alpha) * (index + 1)) / (squares * horizon));
    sum += value;
    squares += (value - sum / (index + 2)) ** 2;
    return bet;
  });
};

/** ln of the capital of who bet that the mean is above `mean`. Falls as `mean` grows. */
const capital = (values: readonly number[], bets: readonly number[], mean: number): number => {
  const most = mean > 0 ? MOST_RISKED / mean : Number.POSITIVE_INFINITY;
  let total = 0;
  for (const [index, value] of values.entries()) total += Math.log1p(Math.min(bets[index] ?? 0, most) * (value - mean));
  return total;
};

/** The greatest mean that is ruled out from below; 0 where none is. */
const lowerLimit = (values: readonly number[], alpha: number): number => {
  const purses = HORIZONS.map((horizon) => betsOn(values, alpha, horizon));
  const wanted = Math.log((2 / alpha) * HORIZONS.length);
  // The sum of the parts, without overflow.
  const ruledOut = (mean: number): boolean => {
    const parts = purses.map((bets) => capital(values, bets, mean));
    const most = Math.max(...parts);
    return most + Math.log(parts.reduce((sum, part) => sum + Math.exp(part - most), 0)) >= wanted;
  };
  if (!ruledOut(0)) return 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (ruledOut(middle)) low = middle;
    else high = middle;
  }
  return low;
};

/**
 * An interval for the mean of clusters that come one after the other, valid at every moment at once: the chance that it misses the
 * mean at any of them is at most 1 - level, so that one may look as often as one likes and stop when one likes. The hedged capital
 * process of Waudby-Smith and Ramdas 2024 (J R Statist Soc B 86:1, theorem 3), its bets diversified over horizons, without the running
 * intersection. Units come in an order that does not depend on their values. The lower limit is that of `low`, the upper one that of `high`.
 */
export const confidenceSequence = (units: readonly SequenceUnit[], level: number = LEVEL): Interval => {
  requireOpenProbability('level', level);
  for (const { low, high } of units) {
    requireOnScale(low, [0, 1]);
    requireOnScale(high, [low, 1]);
  }
  const alpha = 1 - level;
  const low = lowerLimit(
    units.map((unit) => unit.low),
    alpha,
  );
  const high = lowerLimit(
    units.map((unit) => 1 - unit.high),
    alpha,
  );
  return [low, 1 - high];
};

interface Cluster {
  sum: number;
  scored: number;
  unscored: number;
}

const clustersOf = (observations: readonly MeanObservation[], scale: Scale): Cluster[] => {
  const clusters = new Map<string, Cluster>();
  for (const { value, cluster } of observations) {
    requireName('cluster', cluster);
    if (value !== null) requireOnScale(value, scale);
    const known = clusters.get(cluster) ?? { sum: 0, scored: 0, unscored: 0 };
    clusters.set(cluster, known);
    if (value === null) known.unscored += 1;
    else {
      known.scored += 1;
      known.sum += value;
    }
  }
  return [...clusters.values()];
};

/**
 * `mean` of mean.ts with the interval of a confidence sequence. Observations are in the order in which they were planned; clusters
 * count in the order of their first observation. A mean that lies outside its sequence widens it.
 */
export const sequentialMean = (observations: readonly MeanObservation[], scale: Scale = [0, 1]): Estimate => {
  requireScale(scale);
  const [low, high] = scale;
  const clusters = clustersOf(observations, scale);
  const total = (of: (cluster: Cluster) => number): number => clusters.reduce((sum, cluster) => sum + of(cluster), 0);
  const all = observations.length;
  const n = total(({ scored }) => scored);
  const sum = total((cluster) => cluster.sum);
  const seen = clusters.filter(({ scored }) => scored > 0).length;
  const base = {
    n,
    clusters: seen,
    bounds: all === 0 ? null : ([(sum + (all - n) * low) / all, (sum + (all - n) * high) / all] satisfies Interval),
  };
  if (n === 0) return { ...base, mean: null, interval: null, method: METHOD.unscored };
  const mean = sum / n;
  if (seen < 2) return { ...base, mean, interval: null, method: METHOD.oneCluster };
  // Rounding may carry a share past its ends by a last bit.
  const share = (value: number, size: number): number => Math.min(1, Math.max(0, (value / size - low) / (high - low)));
  const [lower, upper] = confidenceSequence(
    clusters.map((cluster) => {
      const size = cluster.scored + cluster.unscored;
      const worst = share(cluster.sum + cluster.unscored * low, size);
      return { low: worst, high: Math.max(worst, share(cluster.sum + cluster.unscored * high, size)) };
    }),
  );
  const at = (unit: number): number => low + unit * (high - low);
  return {
    ...base,
    mean,
    interval: [Math.min(mean, at(lower)), Math.max(mean, at(upper))],
    method: SEQUENCE_METHOD,
  };
};

/** `rate` of rate.ts with the interval of a confidence sequence, as `sequentialMean`. */
export const sequentialRate = (observations: readonly RateObservation[]): Rate => ({
  ...sequentialMean(
    observations.map(({ value, cluster }) => ({ value: value === null ? null : value ? 1 : 0, cluster })),
  ),
  count: observations.filter(({ value }) => value === true).length,
});
