import type { Scale } from './check.ts';
import { clusterMean, clusterTotals } from './clusters.ts';
import { tQuantile } from './quantiles.ts';

/** Residuals below this share of the scale are rounding, not variation, as in mean.ts. */
const ROUNDING = 1e-12;
const STEPS = 80;
/** The logarithm of the least tail that is told apart. */
const LEAST_TAIL = -80;

/** The chance of a Student t above `t` >= 0: the quantile function turned round by bisection on the logarithm of the tail. */
const tailAbove = (t: number, df: number): number => {
  let low = LEAST_TAIL;
  let high = Math.log(0.5);
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (-tQuantile(Math.exp(middle), df) > t) low = middle;
    else high = middle;
  }
  return Math.exp(high);
};

/** Two-sided p-value of a Student t. */
export const twoSided = (t: number, df: number): number => Math.min(1, 2 * tailAbove(Math.abs(t), df));

/** Where no cluster departs from the mean: the level at which the bound of mean.ts reaches 0. */
const withoutVariation = (mean: number, clusters: number, [low, high]: Scale): number => {
  if (mean === 0) return 1;
  const end = mean > 0 ? low : high;
  // Nothing on the scale lies beyond 0, so no cluster can pull the mean there.
  if (mean > 0 ? end >= 0 : end <= 0) return 1;
  return Math.min(1, 2 * (1 - mean / (mean - end)) ** clusters);
};

/**
 * Two-sided p-value that a mean over clusters is 0: the test that goes with the interval of `mean`, so that p < 0.05 exactly
 * where that interval (before it is cut to the scale) leaves 0 out. Null where there is no such interval: nothing scored, or
 * fewer than two clusters.
 */
export const meanTest = (
  observations: readonly { readonly value: number | null; readonly cluster: string }[],
  scale: Scale,
): number | null => {
  const scored = observations.flatMap(({ value, cluster }) => (value === null ? [] : [{ value, cluster }]));
  const totals = clusterTotals(scored);
  const { mean, standardError, clusters, df } = clusterMean(totals);
  if (mean === null || standardError === null) return null;
  const width = scale[1] - scale[0];
  if (totals.every(({ size, sum }) => Math.abs(sum / size - mean) <= ROUNDING * width))
    return withoutVariation(Math.abs(mean) <= ROUNDING * width ? 0 : mean, clusters, scale);
  return twoSided(mean / standardError, df);
};
