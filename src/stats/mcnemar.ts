import { binomialAtMost } from './binomial.ts';
import { requireCount } from './check.ts';

/** Pairs of yes/no answers that differ, and the exact test that both directions are equally likely. */
export interface McNemar {
  /** Pairs where only the first said yes. */
  readonly onlyFirst: number;
  /** Pairs where only the second said yes. */
  readonly onlySecond: number;
  /** Two-sided p-value. */
  readonly p: number;
}

/**
 * Exact McNemar test: min(1, 2 P(X <= min(b, c))), X binomial(b + c, 1/2); 1 where no pair differs. Pairs must be independent.
 * McNemar 1947, Psychometrika 12:153.
 */
export const mcnemarExact = (onlyFirst: number, onlySecond: number): McNemar => {
  requireCount('onlyFirst', onlyFirst);
  requireCount('onlySecond', onlySecond);
  const differing = onlyFirst + onlySecond;
  const p = differing === 0 ? 1 : Math.min(1, 2 * binomialAtMost(Math.min(onlyFirst, onlySecond), differing, 0.5));
  return { onlyFirst, onlySecond, p };
};
