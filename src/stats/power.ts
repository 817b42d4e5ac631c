import { inputError } from '../base/errors.ts';
import type { Estimate } from '../record/estimate.ts';
import { binomialAtLeast } from './binomial.ts';
import { requireCount, requireOpenProbability, requireProbability } from './check.ts';
import { LEVEL } from './proportion.ts';
import { betaQuantile, normalQuantile } from './quantiles.ts';

/** What a test should be able to do. */
export interface PowerOptions {
  /** Chance of noticing an effect that is there: 0.8 unless given. */
  readonly power?: number;
  /** Two-sided significance level: 0.05 unless given. */
  readonly alpha?: number;
}

interface Power {
  readonly power: number;
  readonly alpha: number;
}

const settings = ({ power = 0.8, alpha = 0.05 }: PowerOptions): Power => {
  requireOpenProbability('power', power);
  requireOpenProbability('alpha', alpha);
  if (power > alpha) return { power, alpha };
  throw inputError({
    code: 'bad-power',
    what: 'the power is not above the significance level, so every effect would count as detectable',
    given: `power ${power}, alpha ${alpha}`,
    allowed: 'a power above alpha',
    todo: 'ask for a power such as 0.8',
  });
};

/** Fewest events of `trials` that are significant against the rate `known`; null where not even all of them are. */
const criticalCount = (trials: number, known: number, alpha: number): number | null => {
  if (binomialAtLeast(trials, trials, known) > alpha / 2) return null;
  let insignificant = 0;
  let significant = trials;
  while (significant - insignificant > 1) {
    const middle = Math.floor((insignificant + significant) / 2);
    if (binomialAtLeast(middle, trials, known) <= alpha / 2) significant = middle;
    else insignificant = middle;
  }
  return significant;
};

/**
 * Smallest rate above `known` that `trials` would have shown with the given power in an exact two-sided binomial test: the solution of
 * P(X >= c | rate) = power, a beta quantile, where c is the fewest events with P(X >= c | known) <= alpha/2. Against a known rate of
 * 0 one event decides, so it is 1 - (1 - power)^(1/n). Null where no rate could have been shown. For a fall, ask with 1 - known.
 */
export const detectableRate = (trials: number, known: number, options: PowerOptions = {}): number | null => {
  requireCount('trials', trials, 1);
  requireProbability('known', known);
  const { power, alpha } = settings(options);
  const critical = criticalCount(trials, known, alpha);
  return critical === null ? null : betaQuantile(power, critical, trials - critical + 1);
};

/**
 * Smallest difference above the first rate `base` that two independent samples would have shown with the given power:
 * delta = z(1-alpha/2) sqrt(pbar(1-pbar)(1/n1+1/n2)) + z(power) sqrt(p1(1-p1)/n1 + p2(1-p2)/n2), pbar pooled, solved for p2 = base + delta.
 * Normal approximation: Fleiss, Levin and Paik 2003, section 4.2. Null where not even a second rate of 1 could have been shown.
 * For a fall, ask with 1 - base. For clustered runs pass effective sample sizes, rounded down.
 */
export const detectableDifference = (
  trials1: number,
  trials2: number,
  base: number,
  options: PowerOptions = {},
): number | null => {
  requireCount('trials1', trials1, 1);
  requireCount('trials2', trials2, 1);
  requireProbability('base', base);
  const { power, alpha } = settings(options);
  const zAlpha = normalQuantile(1 - alpha / 2);
  const zPower = normalQuantile(power);
  const variance = (rate: number, trials: number): number => (rate * (1 - rate)) / trials;
  const shown = (rate: number): boolean => {
    const pooled = (trials1 * base + trials2 * rate) / (trials1 + trials2);
    const underNull = Math.sqrt(variance(pooled, trials1) + variance(pooled, trials2));
    const underEffect = Math.sqrt(variance(base, trials1) + variance(rate, trials2));
    return rate - base >= zAlpha * underNull + zPower * underEffect;
  };
  if (base >= 1 || !shown(1)) return null;
  let low = base;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shown(middle)) high = middle;
    else low = middle;
  }
  return high - base;
};

/**
 * Smallest true difference that a comparison of this precision would have shown with the given power: the half-width of its 95 %
 * interval, z(0.975) standard errors, stretched to z(1-alpha/2) + z(power) of them. The wider half counts, since the other may be cut
 * by the end of the scale. For paired and clustered differences, whose standard error no formula of two rates gives. A normal
 * approximation. Null without an interval, or where it is beyond `most`.
 */
export const detectableShift = (
  { mean, interval }: Pick<Estimate, 'mean' | 'interval'>,
  most: number,
  options: PowerOptions = {},
): number | null => {
  const { power, alpha } = settings(options);
  if (mean === null || interval === null) return null;
  const half = Math.max(mean - interval[0], interval[1] - mean);
  const standardError = half / normalQuantile((1 + LEVEL) / 2);
  const shift = (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * standardError;
  return shift > most ? null : shift;
};

/**
 * Fewest trials that show at least one event with chance `probability` when each has one with chance `rate`:
 * ceil(ln(1 - probability) / ln(1 - rate)).
 */
export const trialsToSeeOne = (rate: number, probability: number): number => {
  requireOpenProbability('probability', probability);
  requireProbability('rate', rate);
  if (rate === 1) return 1;
  const trials = Math.log1p(-probability) / Math.log1p(-rate);
  if (rate > 0 && trials <= Number.MAX_SAFE_INTEGER) return Math.max(1, Math.ceil(trials * (1 - 1e-15)));
  throw inputError({
    code: 'never-seen',
    what: 'no number of trials shows an event at this rate',
    given: `rate ${rate}`,
    allowed: 'a rate above 0 that is not vanishingly small',
    todo: 'ask for the smallest rate that would matter',
  });
};
