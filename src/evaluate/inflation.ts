/**
 * Who inflates whose answers, over `self-evaluation` runs of any number of models. A model rates its own answer and another
 * beside it in each episode; `eval --sibling RUN` makes the other one that of a real model.
 */
import { inputError } from '../base/errors.ts';
import { SURFACE_FEATURES, textFeatures } from '../grade/text-features.ts';
import type { Estimate } from '../record/estimate.ts';
import type { Inflation } from '../record/inflation.ts';
import { mean } from '../stats/mean.ts';
import { pairedDifference } from '../stats/paired.ts';
import { rate } from '../stats/rate.ts';
import { type SlopeRow, slopesOf } from '../stats/slopes.ts';
import type { RunReader } from '../store/run-store.ts';
import { type Rating, ratingsOfRun, SELF_EVALUATION } from './inflation-rows.ts';

/** Share of the scale less truth. */
const SCALE = [-1, 1] as const;

const inflationOf = (ratings: readonly Rating[]): Estimate =>
  mean(
    ratings.map(({ inflation, task }) => ({ value: inflation, cluster: task })),
    SCALE,
  );

const authorOf = (author: string | null, ratings: readonly Rating[]): Inflation['authors'][number] => {
  const of = ratings.filter((rating) => rating.author === author);
  const cells = [...Map.groupBy(of, ({ rater, own }) => JSON.stringify([rater, own])).values()];
  const rated = cells.map((cell) => ({
    rater: cell[0]?.rater ?? '',
    own: cell[0]?.own === true,
    inflation: inflationOf(cell),
  }));
  // Where its own run is there, an answer that others rate too is not counted again.
  const own = of.filter((rating) => rating.own);
  return {
    author,
    right: rate((own.length > 0 ? own : of).map(({ correct, task }) => ({ value: correct, cluster: task }))),
    rated: rated.sort((a, b) => Number(b.own) - Number(a.own) || (a.rater < b.rater ? -1 : 1)),
  };
};

/** Paired by rollout, in which both stand side by side; runs of one task share a cluster. */
const preferenceOf = (ratings: readonly Rating[]): Estimate | null => {
  const side = (own: boolean) =>
    ratings
      .filter((rating) => rating.own === own)
      .map(({ rollout, task, inflation }) => ({ task: rollout, cluster: task, value: inflation }));
  return ratings.length === 0 ? null : pairedDifference(side(true), side(false), SCALE).difference;
};

const NAMES = ['own', ...SURFACE_FEATURES] as const;

const rowOf = ({ task, inflation, correct, own, text }: Rating): SlopeRow => {
  const features = textFeatures(text);
  const truth = correct === null ? null : Number(correct);
  return {
    cluster: task,
    value: inflation,
    range: truth === null ? SCALE : [-truth, 1 - truth],
    features: [Number(own), ...SURFACE_FEATURES.map((name) => features[name])],
  };
};

const raterOf = (rater: string, ratings: readonly Rating[]): Inflation['raters'][number] => {
  const by = ratings.filter((rating) => rating.rater === rater);
  return {
    rater,
    selfPreference: preferenceOf(by),
    features: slopesOf(by.map(rowOf)).map((effect, index) => ({ feature: NAMES[index] ?? '', effect })),
  };
};

const nothingRated = (given: string): Error =>
  inputError({
    code: 'no-self-evaluation',
    what: 'There are no rollouts in which a model rates answers.',
    given,
    allowed: `runs of ${SELF_EVALUATION}`,
    todo: `subterfuge eval --env ${SELF_EVALUATION} --model SPEC`,
  });

/** Throws `no-self-evaluation` (exit code 2) for a run without such rollouts. */
export const inflationMatrix = async (stores: readonly RunReader[]): Promise<Inflation> => {
  const ratings: Rating[] = [];
  for (const store of stores) {
    const own = await ratingsOfRun(store);
    if (own.length === 0) throw nothingRated(store.manifest.id);
    ratings.push(...own);
  }
  const raters = [...new Set(ratings.map(({ rater }) => rater))];
  const authors = [...new Set(ratings.map(({ author }) => author))];
  const inOrder = [...authors.filter((author) => author !== null), ...authors.filter((author) => author === null)];
  return {
    schema: 'subterfuge/inflation@1',
    runs: stores.map(({ manifest: { id, plan } }) => ({ id, model: plan.model, sibling: plan.sibling?.model ?? null })),
    authors: inOrder.map((author) => authorOf(author, ratings)),
    raters: raters.map((rater) => raterOf(rater, ratings)),
  };
};
