import type { Estimate, Rate } from '../record/estimate.ts';
import { boundsWarning } from '../stats/rate.ts';

/**
 * The only way a report writes an estimate. A percentage never stands without its interval: where there is none the
 * text says so and gives the counts, which are facts. `n/a`: the question does not arise in this environment.
 */
export interface RateText {
  readonly state: 'estimated' | 'no-interval' | 'unscored' | 'inapplicable';
  /** `13.7 %`, `no interval`, `unscored` or `n/a`. */
  readonly value: string;
  /** `[10.3, 18.4]`, in points; empty where there is none. */
  readonly interval: string;
  /** `45/328`; empty where nothing was scored. */
  readonly count: string;
  /** Its bounds, where they are more than one point apart; otherwise null. */
  readonly warning: string | null;
}

/** Decimals that show two digits of the interval's width, from 1 to 4. `widthPoints` is in percentage points. */
export const decimalsFor = (widthPoints: number): number =>
  widthPoints <= 0 ? 1 : Math.min(4, Math.max(1, 1 - Math.floor(Math.log10(widthPoints))));

/** The same for tables of training, where two decimals are the least: rates are small, and the paper prints two. */
export const decimalsOver = ([low, high]: readonly [number, number]): number =>
  Math.max(2, decimalsFor((high - low) * 100));

const points = (share: number, decimals: number): string => (share * 100).toFixed(decimals);

/** Never rounds a rate that is neither none nor all to 0 or 100. */
export const shareText = (share: number, decimals: number, isNone: boolean, isAll: boolean): string => {
  const text = points(share, decimals);
  const least = 10 ** -decimals;
  if (!isNone && Number(text) === 0) return `<${least.toFixed(decimals)} %`;
  if (!isAll && Number(text) === 100) return `>${(100 - least).toFixed(decimals)} %`;
  return `${text} %`;
};

/** `13.2 to 16.8 %`: the rate with every unscored rollout counted 0, then 1. Null where that is within a point. */
export const boundsText = (estimate: Estimate): string | null =>
  estimate.bounds === null || !boundsWarning(estimate)
    ? null
    : `${points(estimate.bounds[0], 1)} to ${points(estimate.bounds[1], 1)} %`;

export const describeRate = (rate: Rate): RateText => {
  const warning = boundsText(rate);
  if (rate.mean === null) {
    const state = rate.bounds === null ? 'inapplicable' : 'unscored';
    return { state, value: state === 'inapplicable' ? 'n/a' : 'unscored', interval: '', count: '', warning };
  }
  const count = `${rate.count}/${rate.n}`;
  if (rate.interval === null) return { state: 'no-interval', value: 'no interval', interval: '', count, warning };
  const [low, high] = rate.interval;
  const decimals = decimalsFor((high - low) * 100);
  return {
    state: 'estimated',
    value: shareText(rate.mean, decimals, rate.count === 0, rate.count === rate.n),
    interval: `[${points(low, decimals)}, ${points(high, decimals)}]`,
    count,
    warning,
  };
};

/** `13.7 % [10.3, 18.4] (45/328)`; with `! bounds ...` behind it where the unscored matter. */
export const formatRate = (rate: Rate): string => {
  const text = describeRate(rate);
  const body = [text.value, text.interval, text.count === '' ? '' : `(${text.count})`].filter((part) => part !== '');
  return body.join(' ') + (text.warning === null ? '' : ` ! ${text.warning} with the unscored`);
};

/** Never `-0.000`: a difference that rounds to nothing has no sign. */
export const fixed = (value: number, decimals: number): string => {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
};

/** A mean on a scale of its own (a gap, a reward): `0.214 [0.150, 0.278] (n = 328)`. */
export const formatEstimate = (estimate: Estimate): string => {
  if (estimate.mean === null) return estimate.bounds === null ? 'n/a' : 'unscored';
  if (estimate.interval === null) return `no interval (n = ${estimate.n})`;
  const [low, high] = estimate.interval;
  const decimals = Math.min(6, decimalsFor(high - low) + 1);
  const body = `${fixed(estimate.mean, decimals)} [${fixed(low, decimals)}, ${fixed(high, decimals)}] (n = ${estimate.n})`;
  if (estimate.bounds === null || !boundsWarning(estimate)) return body;
  const [worst, best] = estimate.bounds;
  return `${body} ! ${fixed(worst, decimals)} to ${fixed(best, decimals)} with the unscored`;
};

/** 12345 as `12,345`, without a locale. */
export const thousands = (count: number): string =>
  Math.round(count)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/gu, ',');

/** `1 rollout`, `12 rollouts`, `1,640 rollouts`. */
export const plural = (count: number, noun: string): string => `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;

/** The distinct methods behind some estimates, for the notes of a table or a page. */
export const methodsOf = (estimates: readonly Estimate[]): string[] =>
  [...new Set(estimates.filter((e) => e.interval !== null).map((e) => e.method))].sort();
