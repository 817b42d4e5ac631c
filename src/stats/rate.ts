import { inputError } from '../base/errors.ts';
import type { Estimate, Rate } from '../record/estimate.ts';
import { requireName } from './check.ts';
import { clusteredProportion } from './clustered-proportion.ts';
import { clusterTotals } from './clusters.ts';

/** One rollout's answer to a yes/no question. Where the question does not arise, pass no observation. */
export interface RateObservation {
  /** Null: could not be scored. */
  readonly value: boolean | null;
  /** What repeats: the task, or the group of twins. Its own name for each observation where nothing repeats. */
  readonly cluster: string;
}

/**
 * A rate with its 95 % interval (clustered-proportion.ts says which) and its bounds: (count) / all and (count + unscored) / all.
 * Without anything scored the mean and the interval are null.
 */
export const rate = (observations: readonly RateObservation[]): Rate => {
  const scored: { value: number; cluster: string }[] = [];
  for (const { value, cluster } of observations) {
    requireName('cluster', cluster);
    if (value === null) continue;
    if (typeof value !== 'boolean') {
      throw inputError({
        code: 'not-yes-or-no',
        what: 'an observation of a rate is not yes or no',
        given: String(value),
        allowed: 'true, false, or null where it could not be scored',
        todo: 'use mean() for numbers',
      });
    }
    scored.push({ value: value ? 1 : 0, cluster });
  }
  const totals = clusterTotals(scored);
  const all = observations.length;
  const n = scored.length;
  const count = totals.reduce((events, { sum }) => events + sum, 0);
  return {
    mean: n === 0 ? null : count / n,
    ...clusteredProportion(totals),
    n,
    clusters: totals.length,
    bounds: all === 0 ? null : [count / all, (count + all - n) / all],
    count,
  };
};

/** Rounding in the difference of two bounds must not trip the warning at exactly the limit. */
const ROUNDING = 1e-9;

/** True when the unscored observations could move the estimate by more than 0.01, so that a report must say so. */
export const boundsWarning = ({ bounds }: Pick<Estimate, 'bounds'>): boolean =>
  bounds !== null && bounds[1] - bounds[0] > 0.01 + ROUNDING;
