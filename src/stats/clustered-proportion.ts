import type { ClusterTotal } from './clusters.ts';
import { clusterMean } from './clusters.ts';
import { betaLimits, clopperPearson, type Interval, LEVEL } from './proportion.ts';
import { tQuantile } from './quantiles.ts';

export interface ClusteredInterval {
  readonly interval: Interval | null;
  readonly method: string;
}

/** How an interval was made, or why there is none: the `method` of an Estimate. */
export const METHOD = {
  exact: 'clopper-pearson',
  effective: 'clopper-pearson on the effective sample size',
  onClusters: 'clopper-pearson on the clusters',
  clusterT: 'cluster-robust t',
  noVariation: 'clopper-pearson on the clusters (no variation seen)',
  unscored: 'no interval: nothing scored',
  oneCluster: 'no interval: fewer than two clusters',
} as const;

/**
 * Trials that independent sampling would need for the same precision: n / deff, where deff is the cluster-robust variance over
 * p(1-p)/n and never below 1. Null where the variance cannot be seen: fewer than two clusters, no event, or nothing else.
 */
export const effectiveSampleSize = (totals: readonly ClusterTotal[]): number | null => {
  const { n, mean, standardError } = clusterMean(totals);
  if (mean === null || standardError === null || mean <= 0 || mean >= 1) return null;
  const designEffect = (standardError ** 2 * n) / (mean * (1 - mean));
  return n / Math.max(1, designEffect);
};

/** What clusters say about a rate: how many show any event, how many any other outcome. */
const showing = (totals: readonly ClusterTotal[]): { event: number; other: number } => ({
  event: totals.filter(({ sum }) => sum > 0).length,
  other: totals.filter(({ sum, size }) => sum < size).length,
});

/**
 * Interval for a rate whose observations come in clusters; `sum` of a cluster counts its events.
 * Where no cluster repeats it is exact Clopper-Pearson. Else each limit is the tighter of two:
 * - Korn and Graubard's (1998, Survey Methodology 24:193): Clopper-Pearson at n* = (n / deff) (t(n-1) / t(df))^2 trials and p n*
 *   events. For the upper limit df is the number of clusters that show any event (for the lower one, any other outcome), at most
 *   C-1: a variance seen in two clusters is not known to C-1 degrees of freedom, and deff is too small when events are few.
 * - Clopper-Pearson on clusters: of C, those that show any event (for the lower limit, nothing but events). A cluster shows one
 *   with a chance of at least p whatever the dependence inside it, so this covers at least nominally
 *   where the size of a cluster has nothing to do with its outcome.
 * With no event, or nothing but events, only the second is left. Fewer than two clusters: no interval.
 */
export const clusteredProportion = (totals: readonly ClusterTotal[], level: number = LEVEL): ClusteredInterval => {
  const clusters = totals.length;
  const n = totals.reduce((all, { size }) => all + size, 0);
  const events = totals.reduce((all, { sum }) => all + sum, 0);
  if (n === 0) return { interval: null, method: METHOD.unscored };
  if (clusters < 2) return { interval: null, method: METHOD.oneCluster };
  if (clusters === n) return { interval: clopperPearson(events, n, level), method: METHOD.exact };
  const { event, other } = showing(totals);
  const onClusters: Interval = [
    clopperPearson(clusters - other, clusters, level)[0],
    clopperPearson(event, clusters, level)[1],
  ];
  const effective = effectiveSampleSize(totals);
  if (effective === null) return { interval: onClusters, method: METHOD.onClusters };
  const upper = (1 + level) / 2;
  const limits = (seen: number): Interval => {
    const df = Math.min(clusters - 1, seen);
    const trials = effective * (tQuantile(upper, n - 1) / tQuantile(upper, df)) ** 2;
    return betaLimits((events / n) * trials, trials, level);
  };
  const low = limits(other)[0];
  const high = limits(event)[1];
  // Where sizes differ much, a limit on the share of clusters can pass the rate itself: then it says nothing about the rate.
  const share = events / n;
  const interval: Interval = [
    onClusters[0] < share ? Math.max(onClusters[0], low) : low,
    onClusters[1] > share ? Math.min(onClusters[1], high) : high,
  ];
  return { interval, method: METHOD.effective };
};
