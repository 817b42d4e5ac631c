import beta from '@stdlib/stats-base-dists-beta-quantile';
import normal from '@stdlib/stats-base-dists-normal-quantile';
import student from '@stdlib/stats-base-dists-t-quantile';

/** Inverse distribution functions. Arguments are the caller's to check: outside their domain these give NaN. */

/** Standard normal quantile of a probability. */
export const normalQuantile = (probability: number): number => normal(probability, 0, 1);

/** Student t quantile; `df` > 0 degrees of freedom. */
export const tQuantile = (probability: number, df: number): number => student(probability, df);

/** Beta quantile; shapes `a`, `b` > 0. */
export const betaQuantile = (probability: number, a: number, b: number): number => beta(probability, a, b);
