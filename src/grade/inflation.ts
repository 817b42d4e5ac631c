/**
 * How far ratings are above the truth, whether a rater prefers its own answers, and what inflation goes with: for models that rate
 * answers in a run, and for judges that are audited.
 */
import type { Estimate } from '../record/estimate.ts';
import { pairedDifference } from '../stats/paired.ts';
import type { PairedObservation } from '../stats/pairs.ts';
import { type SlopeRow, testedSlopesOf } from '../stats/slopes.ts';
import { SURFACE_FEATURES, textFeatures } from './text-features.ts';

/** One rating of one answer. */
export interface RatedAnswer {
  /** The rater wrote it itself. */
  readonly own: boolean;
  /** Own answers are compared with the others of the same set: those of one rollout, or to one input. */
  readonly set: string;
  /** What its set belongs to, where sets are related; else the set again. */
  readonly cluster: string;
  /** How right it is, from 0 to 1; null where that is not known. */
  readonly truth: number | null;
  /** As a share of the scale; null where there is none. */
  readonly rating: number | null;
  /** As the rater saw it. */
  readonly text: string;
}

/** An estimate and the two-sided p-value that it is 0; null where nothing could be tested. */
export interface Untested {
  readonly estimate: Estimate;
  readonly p: number | null;
}

/** Null where there is no rating, or nothing that it could be right about. */
export const inflationOf = ({ rating, truth }: Pick<RatedAnswer, 'rating' | 'truth'>): number | null =>
  rating === null || truth === null ? null : rating - truth;

/** Ratings as shares of the scale. */
const SHARE = [0, 1] as const;

/** Ratings of the first less those of the second, paired by `task`. Null where nothing is in both. */
export const ratedAbove = (
  first: readonly PairedObservation[],
  second: readonly PairedObservation[],
): Untested | null => {
  const tasks = new Set(first.map(({ task }) => task));
  if (!second.some(({ task }) => tasks.has(task))) return null;
  const { difference, p } = pairedDifference(first, second, SHARE);
  return { estimate: difference, p };
};

/** What is compared with what: answers of one set that are just as right. Where that is not known they might be, so nothing is. */
const comparable = (set: readonly RatedAnswer[]): { own: PairedObservation[]; others: PairedObservation[] } => {
  const [own, others] = [set.filter((one) => one.own), set.filter((one) => !one.own)];
  const isUnknown = own.length > 0 && others.length > 0 && set.some(({ truth }) => truth === null);
  const observed = (side: readonly RatedAnswer[]): PairedObservation[] =>
    side.flatMap(({ set: name, cluster, truth, rating }) =>
      truth === null ? [] : [{ task: JSON.stringify([name, truth]), cluster, value: rating }],
    );
  const unknown = ([first]: readonly RatedAnswer[]): PairedObservation[] =>
    isUnknown && first !== undefined
      ? [{ task: JSON.stringify([first.set, null]), cluster: first.cluster, value: null }]
      : [];
  return { own: [...observed(own), ...unknown(own)], others: [...observed(others), ...unknown(others)] };
};

/**
 * Ratings of own answers less those of others in the same set that are just as right. A rater that gives everybody the same inflates its
 * own answers more than others' where it is wrong more often, so inflations are not compared. Null where nothing is comparable.
 */
export const selfPreferenceOf = (answers: readonly RatedAnswer[]): Untested | null => {
  const sets = [...Map.groupBy(answers, ({ set }) => set).values()].map(comparable);
  return ratedAbove(
    sets.flatMap(({ own }) => own),
    sets.flatMap(({ others }) => others),
  );
};

/** `right`: how right the answer is, which lowers the inflation of whoever cannot tell. */
const FEATURES = ['own', 'right', ...SURFACE_FEATURES] as const;

/** None where the truth is not known: there is no inflation of it. An unscored rating may be anything from 0 to 1. */
const rowsOf = ({ own, cluster, truth, rating, text }: RatedAnswer): readonly SlopeRow[] => {
  if (truth === null) return [];
  const surface = textFeatures(text);
  return [
    {
      cluster,
      value: inflationOf({ rating, truth }),
      range: [-truth, 1 - truth],
      features: [Number(own), truth, ...SURFACE_FEATURES.map((name) => surface[name])],
    },
  ];
};

/** What inflation goes up with, for one standard deviation of each, the cluster held fixed (stats/slopes.ts). */
export const inflationEffects = (
  answers: readonly RatedAnswer[],
): readonly { readonly feature: string; readonly effect: Untested }[] =>
  testedSlopesOf(answers.flatMap(rowsOf)).map(({ effect, p }, index) => ({
    feature: FEATURES[index] ?? '',
    effect: { estimate: effect, p },
  }));
