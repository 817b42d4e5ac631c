import type { Estimate } from '../record/estimate.ts';
import { requireName, requireOnScale, requireScale, type Scale } from './check.ts';
import { METHOD } from './clustered-proportion.ts';
import { type ClusterTotal, clusterMean, clusterTotals } from './clusters.ts';
import { type Interval, LEVEL, zeroEventsUpperBound } from './proportion.ts';
import { tQuantile } from './quantiles.ts';

/** One measurement. Where the question does not arise, pass no observation. */
export interface MeanObservation {
  /** Null: could not be scored. */
  readonly value: number | null;
  /** What repeats: the task, the group of twins, or the seed where a training method is judged. */
  readonly cluster: string;
}

const UNIT: Scale = [0, 1];

/** Residuals below this share of the scale are rounding, not variation. */
const ROUNDING = 1e-12;

/** What clusters would have to do to move a mean that none of C clusters departs from: at most this share of them differ. */
const noVariation = (mean: number, clusters: number, [low, high]: Scale): Interval => {
  const differ = zeroEventsUpperBound(clusters, (1 + LEVEL) / 2);
  return [mean - differ * (mean - low), mean + differ * (high - mean)];
};

/**
 * 95 % interval of a mean over clusters: mean +- t(0.975, df) times the cluster-robust standard error, df as in
 * clusters.ts (C - 1 for clusters of one size), cut to the scale.
 * Where every cluster has the same mean that would have no width; instead the share of clusters that differ is bounded exactly
 * and those are put at either end of the scale. Null with fewer than two clusters.
 */
export const meanInterval = (
  totals: readonly ClusterTotal[],
  scale: Scale,
): { interval: Interval | null; method: string } => {
  requireScale(scale);
  const { mean, standardError, clusters, df } = clusterMean(totals);
  if (mean === null) return { interval: null, method: METHOD.unscored };
  if (standardError === null) return { interval: null, method: METHOD.oneCluster };
  const [low, high] = scale;
  const same = totals.every(({ size, sum }) => Math.abs(sum / size - mean) <= ROUNDING * (high - low));
  if (same) return { interval: noVariation(mean, clusters, scale), method: METHOD.noVariation };
  const half = tQuantile((1 + LEVEL) / 2, df) * standardError;
  return { interval: [Math.max(low, mean - half), Math.min(high, mean + half)], method: METHOD.clusterT };
};

/**
 * A mean with its cluster-robust 95 % interval. `scale` is the range that a value can take, [0, 1] unless given: values outside
 * are refused, and the bounds put every unscored observation at its low and at its high end.
 */
export const mean = (observations: readonly MeanObservation[], scale: Scale = UNIT): Estimate => {
  requireScale(scale);
  const scored: { value: number; cluster: string }[] = [];
  for (const { value, cluster } of observations) {
    requireName('cluster', cluster);
    if (value === null) continue;
    requireOnScale(value, scale);
    scored.push({ value, cluster });
  }
  const totals = clusterTotals(scored);
  const all = observations.length;
  const unscored = all - scored.length;
  const sum = totals.reduce((total, part) => total + part.sum, 0);
  const [low, high] = scale;
  return {
    mean: scored.length === 0 ? null : sum / scored.length,
    ...meanInterval(totals, scale),
    n: scored.length,
    clusters: totals.length,
    bounds: all === 0 ? null : [(sum + unscored * low) / all, (sum + unscored * high) / all],
  };
};
