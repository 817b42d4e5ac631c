import { requireName } from './check.ts';

/** What one cluster (a repeated task, a group of twins, a seed) adds to a mean. */
export interface ClusterTotal {
  /** Observations in it, at least 1. */
  readonly size: number;
  readonly sum: number;
}

/** Sums observations by cluster, in order of first appearance. */
export const clusterTotals = (
  observations: Iterable<{ readonly value: number; readonly cluster: string }>,
): ClusterTotal[] => {
  const totals = new Map<string, { size: number; sum: number }>();
  for (const { value, cluster } of observations) {
    requireName('cluster', cluster);
    const total = totals.get(cluster);
    if (total === undefined) totals.set(cluster, { size: 1, sum: value });
    else {
      total.size += 1;
      total.sum += value;
    }
  }
  return [...totals.values()];
};

export interface ClusterMean {
  readonly n: number;
  readonly clusters: number;
  /** Null without observations. */
  readonly mean: number | null;
  /** Cluster-robust standard error of the mean; null with fewer than two clusters. */
  readonly standardError: number | null;
  /**
   * Degrees of freedom of that standard error: n^2 / (sum of squared cluster sizes) - 1, which is C - 1 for clusters of one size and
   * less where few large ones carry the mean (Kish's effective number of clusters, less one). 0 with fewer than two clusters.
   */
  readonly df: number;
}

/**
 * Mean of all observations and its cluster-robust standard error, the delete-one-cluster jackknife (CR3):
 * sqrt((C-1)/C * sum over the C clusters of (mean without the cluster - mean)^2). With clusters of one size this is the usual
 * sandwich (Liang and Zeger 1986, Biometrika 73:13) with the factor C/(C-1), with clusters of one observation s/sqrt(n); where
 * sizes differ it is less optimistic. Bell and McCaffrey 2002, Survey Methodology 28:169; MacKinnon, Nielsen and Webb 2023,
 * J Econometrics 232:272. For evaluations of language models: Miller 2024, arXiv:2411.00640.
 */
export const clusterMean = (totals: readonly ClusterTotal[]): ClusterMean => {
  const clusters = totals.length;
  const n = totals.reduce((all, { size }) => all + size, 0);
  if (n === 0) return { n, clusters, mean: null, standardError: null, df: 0 };
  const mean = totals.reduce((all, { sum }) => all + sum, 0) / n;
  if (clusters < 2) return { n, clusters, mean, standardError: null, df: 0 };
  // Removing a cluster moves the mean by its residual sum over what is left.
  const squares = totals.reduce((all, { size, sum }) => all + ((sum - size * mean) / (n - size)) ** 2, 0);
  const df = n ** 2 / totals.reduce((all, { size }) => all + size ** 2, 0) - 1;
  return { n, clusters, mean, standardError: Math.sqrt(((clusters - 1) / clusters) * squares), df };
};
