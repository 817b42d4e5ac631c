import { requireProbability } from './check.ts';

/** Walks sorted p-values, then puts the adjusted ones back in the order given. */
const adjust = (
  pValues: readonly number[],
  order: (a: number, b: number) => number,
  step: (p: number, position: number, before: number) => number,
  start: number,
): number[] => {
  for (const p of pValues) requireProbability('a p-value', p);
  const sorted = pValues.map((p, index) => ({ p, index })).sort((a, b) => order(a.p, b.p));
  const out = new Array<number>(pValues.length).fill(1);
  let before = start;
  for (const [position, { p, index }] of sorted.entries()) {
    before = step(p, position, before);
    out[index] = before;
  }
  return out;
};

/**
 * Holm's adjusted p-values, in the order given: rejecting those <= alpha keeps the chance of any false rejection at alpha,
 * whatever the dependence. Running maximum of (m - i) p(i), i from 0. Holm 1979, Scand J Statist 6:65.
 */
export const holm = (pValues: readonly number[]): number[] =>
  adjust(
    pValues,
    (a, b) => a - b,
    (p, position, before) => Math.max(before, Math.min(1, (pValues.length - position) * p)),
    0,
  );

/**
 * Benjamini-Hochberg adjusted p-values, in the order given: rejecting those <= q keeps the expected share of false rejections at q
 * for independent or positively dependent tests. Running minimum of m p(i) / i from the largest.
 * Benjamini and Hochberg 1995, J R Statist Soc B 57:289.
 */
export const benjaminiHochberg = (pValues: readonly number[]): number[] =>
  adjust(
    pValues,
    (a, b) => b - a,
    (p, position, before) => Math.min(before, (pValues.length * p) / (pValues.length - position)),
    1,
  );
