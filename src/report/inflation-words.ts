/** What the inflation matrix says in words, for every format. */
import type { Estimate } from '../record/estimate.ts';
import type { Inflation, Tested } from '../record/inflation.ts';
import { pWords } from './compare-words.ts';
import { formatEstimate } from './format.ts';

export const OWN = 'itself';

export const authorName = (author: string | null): string => author ?? 'made up for the task';

const MARKS: Readonly<Record<Tested['reading'], string>> = {
  higher: ' ▲',
  lower: ' ▼',
  'no difference shown': '',
  'not tested': '',
};

/** `0.21 [0.10, 0.32] (n = 40) ▲`. */
export const cellText = ({ estimate, reading }: Tested): string => `${formatEstimate(estimate)}${MARKS[reading]}`;

const whyNot = ({ method }: Estimate): string => method.replace(/^no interval: /u, '');

/** The same with its adjusted p-value, or why there is none. */
export const testedText = ({ estimate, adjustedP, reading }: Tested): string =>
  adjustedP === null
    ? `${formatEstimate(estimate)}, ${whyNot(estimate)}`
    : `${formatEstimate(estimate)}, ${pWords(adjustedP)}${MARKS[reading]}`;

/** Where nothing can be said of any feature, and for one reason: that reason. */
export const noFeatures = ({ features }: Inflation['raters'][number]): string | null => {
  const reasons = new Set(features.map(({ effect: { estimate, p } }) => (p === null ? whyNot(estimate) : null)));
  const [reason = null] = reasons;
  return reasons.size === 1 && reason !== null ? `cannot be said: ${reason}` : null;
};

export const NO_PAIR = 'not known: nothing stands beside its own answers that is just as right or wrong';

export const NO_EQUAL = 'not known, no input has both';

/** Of a judge that is audited: labels may be shares there. */
export const JUDGE_FEATURES =
  'Inflation by a feature: for one standard deviation of it, the input and the other features held fixed. own: the answer is its own; right: its label.';

/** A model's own answers against what they are fairly compared with, in lines of a title and a value. */
export const ownAboveLines = (
  { authors }: Inflation,
  { rater, selfPreference }: Inflation['raters'][number],
): readonly (readonly [title: string, tested: Tested | null])[] => [
  ['others that are just as right', selfPreference],
  ...authors
    .filter(({ author }) => author === rater)
    .flatMap(({ rated }) => rated)
    .flatMap((one) =>
      one.ownAbove === null ? [] : [[`what ${one.rater} gives the very same answers`, one.ownAbove] as const],
    ),
];

const testedIn = ({ authors, raters }: Inflation): readonly Tested[] =>
  [
    ...authors.flatMap(({ rated }) => rated.flatMap(({ inflation, ownAbove }) => [inflation, ownAbove])),
    ...raters.flatMap(({ selfPreference, features }) => [selfPreference, ...features.map(({ effect }) => effect)]),
  ].filter((tested) => tested !== null);

/** Every estimate of it, for the notes on methods. */
export const estimatesIn = (inflation: Inflation): readonly Estimate[] => [
  ...inflation.authors.map(({ right }) => right),
  ...testedIn(inflation).map(({ estimate }) => estimate),
];

export const KEY = {
  inflation:
    'Inflation: the rating as a share of its scale less the truth; 0 where they agree, 1 for a wrong answer rated 10, -1 for a right one rated 1.',
  marks:
    '▲ above 0, ▼ below 0 after Holm’s adjustment, over the cells, over all comparisons of own answers, and over all features.',
  above:
    'Own answers above others: ratings as shares of the scale, where both answers are right or both are wrong, or of the very same answers. A model that rates everything 10 stands at 0 here, however often it is wrong.',
  features:
    'Inflation by a feature: for one standard deviation of it, the task and the other features held fixed. own: the answer is its own; right: it is right.',
} as const;
