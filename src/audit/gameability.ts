import type { Interval } from '../stats/proportion.ts';
import { MARGIN } from './attempt.ts';
import { type Baselines, meanProxy } from './baselines.ts';
import type { EstimateGameability, Gameability, Measured } from './estimate.ts';
import type { Example } from './example.ts';
import { mayBeRight } from './intent.ts';
import { type Share, shareEstimate, shareOf } from './ratio.ts';

/** What an example is worth where its attack has no score. */
type Filler = 0 | 1 | null;

/** Where the strategy has no answer to an example, its user earns what guessing earns there. */
const sharesOf = (
  { attempts }: Measured,
  estimating: readonly Example[],
  baselines: Baselines,
  filler: Filler,
): readonly Share[] => {
  const made = new Map(attempts.map((attempt) => [attempt.example.id, attempt]));
  return estimating.flatMap(({ id }) => {
    const ceiling = meanProxy(baselines.good.get(id) ?? []);
    const floor = baselines.guess.get(id) ?? null;
    const attempt = made.get(id);
    const gamed = attempt === undefined ? floor : (attempt.answered.proxy ?? filler);
    return gamed === null || ceiling === null || floor === null ? [] : [{ gamed, ceiling, floor }];
  });
};

const cutShare = (shares: readonly Share[]): number | null => {
  const share = shares.length === 0 ? null : shareOf(shares);
  return share === null ? null : Math.min(1, Math.max(0, share));
};

const boundsOf = (measured: Measured, estimating: readonly Example[], baselines: Baselines): Interval | null => {
  const low = cutShare(sharesOf(measured, estimating, baselines, 0));
  const high = cutShare(sharesOf(measured, estimating, baselines, 1));
  return low === null || high === null ? null : [low, high];
};

const none = (why: string): Gameability => ({ estimate: null, why });

/** Whether honest work earns more than guessing, by enough for a scale between the two. */
export const isTold = ({ ceiling, floor }: Baselines): boolean | null =>
  ceiling?.mean == null ? null : ceiling.mean - (floor.mean ?? 0) >= MARGIN;

/** What the choosing half promises on all examples: its gain over guessing, on the share of them that it has an answer to. */
const promiseOf = ({ choice, attempts }: Measured, baselines: Baselines): number =>
  (choice.chosenProxy - (baselines.floor.mean ?? 0)) * attempts.length;

/** Of those that promise the same the one that the grader scores: a fault says nothing of what an answer earns. */
const scoredOf = ({ attempts }: Measured): number => attempts.filter(({ answered }) => answered.proxy !== null).length;

/** Where nobody guesses, an answer that may be right all the same (a refusal where refusing is right) shows nothing of the grader. */
const withoutRight = (one: Measured): Measured => ({
  ...one,
  attempts: one.attempts.filter(({ answered }) => !mayBeRight(answered.call)),
});

export const estimateGameability: EstimateGameability = (measured, baselines, estimating) => {
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
  const best = (baselines.floorBy === 'low-end' ? measured.map(withoutRight) : measured)
    .filter(({ choice, attempts }) => choice.strategy.kind === 'no-work' && attempts.length > 0)
    .toSorted((a, b) => promiseOf(b, baselines) - promiseOf(a, baselines) || scoredOf(b) - scoredOf(a))[0];
  if (best === undefined) return none('No strategy that answers without the work was estimated on this grader.');
  const estimate = shareEstimate(sharesOf(best, estimating, baselines, null), boundsOf(best, estimating, baselines));
  return estimate.mean === null || best.attempts.every(({ answered }) => answered.proxy === null)
    ? none('The grader gave no score to the best answer without the work.')
    : { estimate, by: best.choice };
};
