import { inputError } from '../base/errors.ts';
import type { Estimate } from '../record/estimate.ts';
import { requireCount, requireOpenProbability, type Scale } from './check.ts';
import { METHOD } from './clustered-proportion.ts';
import { clusterTotals } from './clusters.ts';
import { type McNemar, mcnemarExact } from './mcnemar.ts';
import { meanInterval } from './mean.ts';
import { meanTest } from './mean-test.ts';
import { type PairedObservation, pairByTask, type TaskPair } from './pairs.ts';
import { type Interval, LEVEL } from './proportion.ts';
import { normalQuantile } from './quantiles.ts';

/**
 * Interval for the difference of two proportions seen on the same `pairs`, of which b answered yes only first and c only second:
 * d +- z sqrt((p12 + p21 - d^2) / (n + 2)), p12 = (b+1)/(n+2), p21 = (c+1)/(n+2), d = p12 - p21.
 * Bonett and Price 2012, J Educ Behav Statist 37:479.
 */
export const bonettPriceDifference = (
  onlyFirst: number,
  onlySecond: number,
  pairs: number,
  level: number = LEVEL,
): Interval => {
  requireCount('pairs', pairs, 1);
  requireCount('onlyFirst', onlyFirst);
  requireCount('onlySecond', onlySecond);
  requireOpenProbability('level', level);
  if (onlyFirst + onlySecond > pairs) {
    throw inputError({
      code: 'more-events-than-trials',
      what: 'more pairs differ than there are pairs',
      given: `${onlyFirst} + ${onlySecond} of ${pairs}`,
      allowed: `onlyFirst + onlySecond from 0 to ${pairs}`,
      todo: 'count every pair once',
    });
  }
  const first = (onlyFirst + 1) / (pairs + 2);
  const second = (onlySecond + 1) / (pairs + 2);
  const centre = first - second;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt((first + second - centre ** 2) / (pairs + 2));
  const seen = (onlyFirst - onlySecond) / pairs;
  return [Math.max(-1, Math.min(seen, centre - half)), Math.min(1, Math.max(seen, centre + half))];
};

export interface PairedDifference {
  /**
   * First run minus second, averaged over the n tasks scored in both. The bounds are over all paired tasks, each unscored answer
   * settled for the one run and for the other; they can exclude the mean, where the tasks that it leaves out lean one way.
   */
  readonly difference: Estimate;
  /** Null unless every answer is yes or no and no task or cluster repeats: the test needs independent pairs. */
  readonly mcnemar: McNemar | null;
  /** Two-sided p-value of no difference: McNemar's where there is one, else the test that goes with the cluster-robust interval. */
  readonly p: number | null;
  /** Tasks that only one run has; they are left out. */
  readonly unmatched: { readonly first: number; readonly second: number };
}

const intervalOf = (
  pairs: readonly { readonly difference: number; readonly cluster: string }[],
  mcnemar: McNemar | null,
  [low, high]: Scale,
): { interval: Interval | null; method: string } => {
  if (mcnemar !== null && pairs.length >= 2) {
    const interval = bonettPriceDifference(mcnemar.onlyFirst, mcnemar.onlySecond, pairs.length);
    return { interval, method: 'bonett-price' };
  }
  const totals = clusterTotals(pairs.map(({ difference, cluster }) => ({ value: difference, cluster })));
  return meanInterval(totals, [low - high, high - low]);
};

const mcnemarOf = (pairs: readonly TaskPair[], scored: readonly { difference: number }[]): McNemar | null => {
  const independent = new Set(pairs.map(({ cluster }) => cluster)).size === pairs.length;
  if (scored.length === 0 || !independent || !pairs.every(({ single }) => single)) return null;
  const count = (sign: number): number => scored.filter(({ difference }) => Math.sign(difference) === sign).length;
  return mcnemarExact(count(1), count(-1));
};

/**
 * First run minus second, task by task. Repeats of a task are averaged before pairing, so that the task is the unit.
 * Interval: Bonett-Price for one yes/no answer per task and no repeated cluster, else the cluster-robust t interval of mean.ts.
 * `scale` is the range of a value, [0, 1] unless given; the difference lives on [low - high, high - low].
 * Throws inputError where the runs share no task, or disagree about a task's cluster.
 */
export const pairedDifference = (
  first: readonly PairedObservation[],
  second: readonly PairedObservation[],
  scale: Scale = [0, 1],
): PairedDifference => {
  const { pairs, unmatched } = pairByTask(first, second, scale);
  const scored = pairs.flatMap(({ first: a, second: b, cluster }) =>
    a.mean === null || b.mean === null ? [] : [{ difference: a.mean - b.mean, cluster }],
  );
  const mcnemar = mcnemarOf(pairs, scored);
  const n = scored.length;
  const average = (of: (pair: TaskPair) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const difference: Estimate = {
    mean: n === 0 ? null : scored.reduce((sum, pair) => sum + pair.difference, 0) / n,
    ...(n === 0 ? { interval: null, method: METHOD.unscored } : intervalOf(scored, mcnemar, scale)),
    n,
    clusters: new Set(scored.map(({ cluster }) => cluster)).size,
    bounds: [
      average(({ first: a, second: b }) => a.low - b.high),
      average(({ first: a, second: b }) => a.high - b.low),
    ],
  };
  const [low, high] = scale;
  const differences = scored.map((pair) => ({ value: pair.difference, cluster: pair.cluster }));
  const p = mcnemar?.p ?? meanTest(differences, [low - high, high - low]);
  return { difference, mcnemar, p, unmatched };
};
