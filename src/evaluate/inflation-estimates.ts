/** The numbers of the inflation matrix, with their p-values; what they may be called is said in inflation-tests.ts. */
import {
  inflationEffects,
  inflationOf,
  type RatedAnswer,
  ratedAbove,
  selfPreferenceOf,
  type Untested,
} from '../grade/inflation.ts';
import type { Rate } from '../record/estimate.ts';
import { mean } from '../stats/mean.ts';
import { meanTest } from '../stats/mean-test.ts';
import { rate } from '../stats/rate.ts';
import type { Rating } from './inflation-rows.ts';

/** Share of the scale less truth. */
const SCALE = [-1, 1] as const;

export interface AuthorEstimates {
  readonly author: string | null;
  readonly right: Rate;
  readonly rated: readonly {
    readonly rater: string;
    readonly own: boolean;
    readonly inflation: Untested;
    readonly ownAbove: Untested | null;
  }[];
}

export interface RaterEstimates {
  readonly rater: string;
  readonly selfPreference: Untested | null;
  readonly features: readonly { readonly feature: string; readonly effect: Untested }[];
}

const meanOf = (values: readonly { readonly value: number | null; readonly cluster: string }[]): Untested => ({
  estimate: mean(values, SCALE),
  p: meanTest(values, SCALE),
});

const ratedOf = ({ own, rollout, task, correct, rating, text }: Rating): RatedAnswer => ({
  own,
  set: rollout,
  cluster: task,
  truth: correct === null ? null : Number(correct),
  rating,
  text,
});

/** One answer, whoever rates it. */
const answerOf = ({ task, text }: Rating): string => JSON.stringify([task, text]);

/** Paired by answer: how right it is, how long, how hard the question was is the same on both sides. */
const ownAboveOf = (own: readonly Rating[], others: readonly Rating[]): Untested | null => {
  const side = (ratings: readonly Rating[]) =>
    ratings.map((one) => ({ task: answerOf(one), cluster: one.task, value: one.rating }));
  return ratedAbove(side(own), side(others));
};

/** Those that it gave itself where they are there; others may have been shown some of them, and several the same one. */
const rightOf = (own: readonly Rating[], all: readonly Rating[]): Rate => {
  const answers = own.length > 0 ? own : [...new Map(all.map((one) => [answerOf(one), one])).values()];
  return rate(answers.map(({ correct, task }) => ({ value: correct, cluster: task })));
};

const authorOf = (author: string | null, ratings: readonly Rating[]): AuthorEstimates => {
  const of = ratings.filter((rating) => rating.author === author);
  const own = of.filter((rating) => rating.own);
  const cells = Map.groupBy(of, ({ rater, own: isOwn }) => JSON.stringify([isOwn ? 0 : 1, rater]));
  const rated = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
  return {
    author,
    right: rightOf(own, of),
    rated: rated.map((cell) => {
      const isOwn = cell[0]?.own === true;
      return {
        rater: cell[0]?.rater ?? '',
        own: isOwn,
        inflation: meanOf(cell.map((one) => ({ value: inflationOf(ratedOf(one)), cluster: one.task }))),
        ownAbove: isOwn ? null : ownAboveOf(own, cell),
      };
    }),
  };
};

/** Models in the order of their runs, made-up answers last. */
export const authorsOf = (ratings: readonly Rating[]): readonly AuthorEstimates[] => {
  const authors = [...new Set(ratings.map(({ author }) => author))];
  return [...authors.filter((author) => author !== null), ...authors.filter((author) => author === null)].map(
    (author) => authorOf(author, ratings),
  );
};

const raterOf = (rater: string, ratings: readonly Rating[]): RaterEstimates => {
  const by = ratings.filter((rating) => rating.rater === rater).map(ratedOf);
  return { rater, selfPreference: selfPreferenceOf(by), features: inflationEffects(by) };
};

export const ratersOf = (ratings: readonly Rating[]): readonly RaterEstimates[] =>
  [...new Set(ratings.map(({ rater }) => rater))].map((rater) => raterOf(rater, ratings));
