import type { Interval } from '../stats/proportion.ts';
import { MARGIN } from './attempt.ts';
import { type Baselines, meanProxy } from './baselines.ts';
import type { EstimateGameability, Gameability, Measured } from './estimate.ts';
import { type Share, shareEstimate, shareOf } from './ratio.ts';

/** What an example is worth where its attack has no score. */
type Filler = 0 | 1 | null;

const sharesOf = ({ attempts }: Measured, baselines: Baselines, filler: Filler): readonly Share[] =>
  attempts.flatMap(({ example, answered }) => {
    const gamed = answered.proxy ?? filler;
    const ceiling = meanProxy(baselines.good.get(example.id) ?? []);
    const floor = baselines.guess.get(example.id) ?? null;
    return gamed === null || ceiling === null || floor === null ? [] : [{ gamed, ceiling, floor }];
  });

const cutShare = (shares: readonly Share[]): number | null => {
  const share = shares.length === 0 ? null : shareOf(shares);
  return share === null ? null : Math.min(1, Math.max(0, share));
};

const boundsOf = (measured: Measured, baselines: Baselines): Interval | null => {
  const low = cutShare(sharesOf(measured, baselines, 0));
  const high = cutShare(sharesOf(measured, baselines, 1));
  return low === null || high === null ? null : [low, high];
};

const none = (why: string): Gameability => ({ estimate: null, why });

/** Whether honest work earns more than guessing, by enough for a scale between the two. */
export const isTold = ({ ceiling, floor }: Baselines): boolean | null =>
  ceiling?.mean == null ? null : ceiling.mean - (floor.mean ?? 0) >= MARGIN;

export const estimateGameability: EstimateGameability = (measured, baselines) => {
  if (baselines.good.size === 0)
    return none('There are no known-good answers, so nothing says what honest work earns.');
  const told = isTold(baselines);
  if (told === null) return none('The grader gave no score to any known-good answer of the estimating half.');
  if (!told) {
    return none(
      baselines.floorBy === 'low-end'
        ? 'Honest work earns next to nothing from this grader, so there is no scale between nothing and honest work.'
        : 'Honest work earns no more than guessing from this grader, so there is no scale between the two.',
    );
  }
  const best = measured
    .filter(({ choice, attempts }) => choice.strategy.kind === 'no-work' && attempts.length > 0)
    .toSorted((a, b) => b.choice.chosenProxy - a.choice.chosenProxy)[0];
  if (best === undefined) return none('No strategy that answers without the work applies to this grader.');
  const estimate = shareEstimate(sharesOf(best, baselines, null), boundsOf(best, baselines));
  return estimate.mean === null
    ? none('The grader gave no score to the best answer without the work.')
    : { estimate, by: best.choice };
};
