/** The numbers of the inflation matrix, with their p-values; what they may be called is said in inflation-tests.ts. */
import { SURFACE_FEATURES, textFeatures } from '../grade/text-features.ts';
import type { Estimate, Rate } from '../record/estimate.ts';
import { mean } from '../stats/mean.ts';
import { meanTest } from '../stats/mean-test.ts';
import { pairedDifference } from '../stats/paired.ts';
import { rate } from '../stats/rate.ts';
import { type SlopeRow, testedSlopesOf } from '../stats/slopes.ts';
import { inflationOf, type Rating } from './inflation-rows.ts';

/** Share of the scale less truth, and one share less another. */
const SCALE = [-1, 1] as const;
/** Ratings as shares of the scale. */
const SHARE = [0, 1] as const;

/** An estimate and the two-sided p-value that it is 0; null where nothing could be tested. */
export interface Untested {
  readonly estimate: Estimate;
  readonly p: number | null;
}

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

/** One answer, whoever rates it. */
const answerOf = ({ task, text }: Rating): string => JSON.stringify([task, text]);

/** Paired by answer: how right it is, how long, how hard the question was is the same on both sides. */
const ownAboveOf = (own: readonly Rating[], others: readonly Rating[]): Untested | null => {
  const known = new Set(own.map(answerOf));
  const shared = others.filter((one) => known.has(answerOf(one)));
  if (shared.length === 0) return null;
  const side = (ratings: readonly Rating[]) =>
    ratings.map((one) => ({ task: answerOf(one), cluster: one.task, value: one.rating }));
  const { difference, p } = pairedDifference(side(own), side(shared), SHARE);
  return { estimate: difference, p };
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
        inflation: meanOf(cell.map((one) => ({ value: inflationOf(one), cluster: one.task }))),
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

/** Pairs of which one is right and the other is not say nothing of it; those of which that is not known might. */
const preferenceOf = (ratings: readonly Rating[]): Untested | null => {
  const pairs = [...Map.groupBy(ratings, ({ rollout }) => rollout).values()].flatMap((pair) => {
    const own = pair.find((one) => one.own);
    const other = pair.find((one) => !one.own);
    if (own === undefined || other === undefined) return [];
    const isKnown = own.correct !== null && other.correct !== null;
    if (isKnown && own.correct !== other.correct) return [];
    const value = isKnown && own.rating !== null && other.rating !== null ? own.rating - other.rating : null;
    return [{ value, cluster: own.task }];
  });
  return pairs.length === 0 ? null : meanOf(pairs);
};

const NAMES = ['own', 'right', ...SURFACE_FEATURES] as const;

/** None where nothing is stated: there is no inflation of it. */
const rowsOf = (one: Rating): readonly SlopeRow[] => {
  if (one.correct === null) return [];
  const features = textFeatures(one.text);
  const truth = Number(one.correct);
  return [
    {
      cluster: one.task,
      value: inflationOf(one),
      range: [-truth, 1 - truth],
      features: [Number(one.own), truth, ...SURFACE_FEATURES.map((name) => features[name])],
    },
  ];
};

const raterOf = (rater: string, ratings: readonly Rating[]): RaterEstimates => {
  const by = ratings.filter((rating) => rating.rater === rater);
  return {
    rater,
    selfPreference: preferenceOf(by),
    features: testedSlopesOf(by.flatMap(rowsOf)).map(({ effect, p }, index) => ({
      feature: NAMES[index] ?? '',
      effect: { estimate: effect, p },
    })),
  };
};

export const ratersOf = (ratings: readonly Rating[]): readonly RaterEstimates[] =>
  [...new Set(ratings.map(({ rater }) => rater))].map((rater) => raterOf(rater, ratings));
