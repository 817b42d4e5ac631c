import { requireCount, requireOpenProbability, requireProportion } from './check.ts';
import { betaQuantile, normalQuantile } from './quantiles.ts';

/** A lower and an upper limit. */
export type Interval = [low: number, high: number];

/** Two-sided confidence of every interval that is not asked for another. */
export const LEVEL = 0.95;

/** Clopper-Pearson limits for events and trials that need not be whole (an effective sample size). */
export const betaLimits = (events: number, trials: number, level: number): Interval => {
  const tail = (1 - level) / 2;
  const share = events / trials;
  const low = events > 0 ? betaQuantile(tail, events, trials - events + 1) : 0;
  const high = events < trials ? betaQuantile(1 - tail, events + 1, trials - events) : 1;
  return [Math.min(low, share), Math.max(high, share)];
};

/**
 * Exact interval for a proportion: beta quantiles B(a/2; k, n-k+1) and B(1-a/2; k+1, n-k), a = 1 - level.
 * Coverage is at least `level` at every true rate. Clopper and Pearson 1934, Biometrika 26:404.
 */
export const clopperPearson = (events: number, trials: number, level: number = LEVEL): Interval => {
  requireProportion(events, trials);
  requireOpenProbability('level', level);
  return betaLimits(events, trials, level);
};

/**
 * Score interval for a proportion: (k + z^2/2 +- z sqrt(k(n-k)/n + z^2/4)) / (n + z^2). Its coverage is near `level` on average
 * over rates and below it at some of them. Wilson 1927, JASA 22:209.
 */
export const wilson = (events: number, trials: number, level: number = LEVEL): Interval => {
  requireProportion(events, trials);
  requireOpenProbability('level', level);
  const z = normalQuantile((1 + level) / 2);
  const share = events / trials;
  const centre = events + (z * z) / 2;
  const half = z * Math.sqrt((events * (trials - events)) / trials + (z * z) / 4);
  const at = (limit: number): number => limit / (trials + z * z);
  const low = events === 0 ? 0 : at(centre - half);
  const high = events === trials ? 1 : at(centre + half);
  return [Math.min(low, share), Math.max(high, share)];
};

/**
 * One-sided upper limit of a rate after `trials` without an event: 1 - (1 - level)^(1/n), which is about 3/n at 95 %
 * (the rule of three: Hanley and Lippman-Hand 1983, JAMA 249:1743).
 */
export const zeroEventsUpperBound = (trials: number, level: number = LEVEL): number => {
  requireCount('trials', trials, 1);
  requireOpenProbability('level', level);
  return -Math.expm1(Math.log1p(-level) / trials);
};
