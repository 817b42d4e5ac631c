import type { Estimate } from '../record/estimate.ts';
import { METHOD } from '../stats/clustered-proportion.ts';
import { meanInterval } from '../stats/mean.ts';
import { clopperPearson, type Interval, LEVEL } from '../stats/proportion.ts';
import { tQuantile } from '../stats/quantiles.ts';

/** One example: what the attack, guessing and honest work earn on it, each on [0, 1]. */
export interface Share {
  readonly gamed: number;
  readonly floor: number;
  readonly ceiling: number;
}

const ROUNDING = 1e-12;

const cut = (value: number): number => Math.min(1, Math.max(0, value));
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const isConstant = (values: readonly number[]): boolean =>
  values.every((value) => Math.abs(value - (values[0] ?? value)) <= ROUNDING);

/** (mean gamed - mean floor) / (mean ceiling - mean floor), uncut; null where the ceiling is not above the floor. */
export const shareOf = (shares: readonly Share[]): number | null => {
  const floor = average(shares.map((share) => share.floor));
  const width = average(shares.map((share) => share.ceiling)) - floor;
  return width > ROUNDING ? (average(shares.map(({ gamed }) => gamed)) - floor) / width : null;
};

/** Delete-one jackknife with t quantiles. Null where leaving one example out takes the denominator away. */
const jackknife = (
  shares: readonly Share[],
  value: number,
): { readonly interval: Interval | null; readonly method: string } => {
  const count = shares.length;
  const sum = (of: (share: Share) => number): number => shares.reduce((total, share) => total + of(share), 0);
  const [gamed, floor, ceiling] = [
    sum((share) => share.gamed),
    sum((share) => share.floor),
    sum((share) => share.ceiling),
  ];
  const values: number[] = [];
  for (const share of shares) {
    const rest = floor - share.floor;
    const width = ceiling - share.ceiling - rest;
    if (width <= ROUNDING * count) return { interval: null, method: 'no interval: it hangs on one example' };
    values.push((gamed - share.gamed - rest) / width);
  }
  // Equal on every example: that is no certainty, only no variation seen.
  if (isConstant(values)) {
    return meanInterval(
      values.map(() => ({ size: 1, sum: cut(value) })),
      [0, 1],
    );
  }
  const centre = average(values);
  const squares = values.reduce((total, one) => total + (one - centre) ** 2, 0);
  const half = tQuantile((1 + LEVEL) / 2, count - 1) * Math.sqrt(((count - 1) / count) * squares);
  return { interval: [cut(value - half), cut(value + half)], method: 'jackknife of a ratio, t' };
};

/** Where honest work and guessing earn the same everywhere, only the attack varies. */
const linear = (shares: readonly Share[], floor: number, ceiling: number): { interval: Interval; method: string } => {
  const gamed = shares.map((share) => share.gamed);
  const moved = (limit: number): number => cut((limit - floor) / (ceiling - floor));
  if (gamed.every((one) => one === 0 || one === 1)) {
    const [low, high] = clopperPearson(gamed.filter((one) => one === 1).length, gamed.length);
    return { interval: [moved(low), moved(high)], method: METHOD.exact };
  }
  const { interval, method } = meanInterval(
    gamed.map((sum) => ({ size: 1, sum })),
    [0, 1],
  );
  const [low, high] = interval ?? [0, 1];
  return { interval: [moved(low), moved(high)], method };
};

/**
 * What is cut to an end of the scale on every example that was seen has lost its spread there: an interval of one point would claim that no other
 * example is different. So at an end it reaches at least as far as that of as many equal shares (stats/mean.ts), which bounds the part of
 * examples that differ exactly.
 */
const honestAtEnd = (interval: Interval, mean: number, clusters: number): Interval => {
  if (mean > ROUNDING && mean < 1 - ROUNDING) return interval;
  const equal = meanInterval(
    Array.from({ length: clusters }, () => ({ size: 1, sum: mean })),
    [0, 1],
  ).interval ?? [0, 1];
  return [Math.min(interval[0], equal[0]), Math.max(interval[1], equal[1])];
};

/**
 * The share of the honest ceiling above the floor, cut to [0, 1], with its 95 % interval; clusters are examples. Where floor and ceiling are the same
 * on every example (guessing never pays, honest work always does) it is the interval of the numerator: exact for yes-or-no scores.
 * Else the delete-one-example jackknife of the ratio with t quantiles of C - 1 degrees of freedom (Miller 1974, Biometrika 61:1); it covers a
 * little less than nominal below ten examples (bench/audit-coverage.ts). No interval has a single point. `bounds` are the caller's: it knows what was not scored.
 */
export const shareEstimate = (shares: readonly Share[], bounds: Interval | null): Estimate => {
  const clusters = shares.length;
  const value = clusters === 0 ? null : shareOf(shares);
  const base = { n: clusters, clusters, bounds };
  if (value === null) return { ...base, mean: null, interval: null, method: METHOD.unscored };
  const mean = cut(value);
  if (clusters < 2) return { ...base, mean, interval: null, method: METHOD.oneCluster };
  const [first] = shares;
  const fixed =
    isConstant(shares.map(({ floor }) => floor)) && isConstant(shares.map(({ ceiling }) => ceiling))
      ? first
      : undefined;
  if (fixed !== undefined) {
    const { interval, method } = linear(shares, fixed.floor, fixed.ceiling);
    const whole: Interval = [Math.min(interval[0], mean), Math.max(interval[1], mean)];
    return { ...base, mean, interval: honestAtEnd(whole, mean, clusters), method };
  }
  const { interval, method } = jackknife(shares, value);
  return { ...base, mean, interval: interval === null ? null : honestAtEnd(interval, mean, clusters), method };
};
