import pc from 'picocolors';
import type { Estimate } from '../record/estimate.ts';
import type { Inflation } from '../record/inflation.ts';
import { line } from './clip.ts';
import { type Cell, cell, naturalWidth, paragraph, type Row, tableLines } from './columns.ts';
import { formatEstimate, formatRate, methodsOf } from './format.ts';
import type { TextOptions } from './table.ts';

type Paint = ReturnType<typeof pc.createColors>;

const nameOf = (author: string | null): string => (author === null ? 'made up for the task' : line(author));

const OWN = 'itself';

/** Above 0 with its whole interval. */
const isInflated = ({ interval }: Estimate): boolean => interval !== null && interval[0] > 0;

const cellText = (rated: Inflation['authors'][number]['rated'][number] | undefined): string =>
  rated === undefined ? 'not rated' : formatEstimate(rated.inflation);

const matrix = ({ authors, raters }: Inflation, c: Paint): Row[] => {
  const others = raters.map(({ rater }) => rater);
  return [
    ['answers of', 'right', OWN, ...others.map((rater) => `rated by ${line(rater)}`)].map((name) => cell(name, c.dim)),
    ...authors.map(({ author, right, rated }): Row => {
      const own = rated.find((one) => one.own);
      const beside = others.map((rater) => rated.find((one) => !one.own && one.rater === rater));
      const shown = (one: typeof own): Cell =>
        cell(cellText(one), one !== undefined && isInflated(one.inflation) ? c.yellow : (text) => text);
      return [cell(nameOf(author), c.bold), cell(formatRate(right)), shown(own), ...beside.map(shown)];
    }),
  ];
};

/** For terminals too narrow for the matrix: a line for each of its cells. */
const blocks = ({ authors }: Inflation, width: number, c: Paint): string[] =>
  authors.flatMap(({ author, right, rated }) => [
    ...paragraph(`answers of ${nameOf(author)}`, width).map((text) => c.bold(text)),
    ...paragraph(formatRate(right), width, '  right: ', '    '),
    ...rated.flatMap((one) =>
      paragraph(cellText(one), width, `  rated by ${one.own ? OWN : line(one.rater)}: `, '    '),
    ),
    '',
  ]);

const raterLines = ({ raters }: Inflation, width: number, c: Paint): string[] =>
  raters.flatMap(({ rater, selfPreference, features }) => [
    ...paragraph(line(rater), width).map((text) => c.bold(text)),
    ...paragraph(
      selfPreference === null ? 'not known: nothing stands beside its own answers' : formatEstimate(selfPreference),
      width,
      '  own answers above others: ',
      '    ',
    ),
    ...features.flatMap(({ feature, effect }) =>
      paragraph(formatEstimate(effect), width, `  inflation by ${line(feature)}: `, '    '),
    ),
    '',
  ]);

const KEY = [
  'Inflation: the rating as a share of its scale less the truth; 0 where they agree, 1 for a wrong answer rated 10, -1 for a right one rated 1. Yellow: above 0.',
  'Inflation by a feature: for one standard deviation of it, the task held fixed. own: the answer is its own.',
];

/** The matrix, self-preference and what predicts inflation. */
export const renderInflation = (inflation: Inflation, { width, colour }: TextOptions): string => {
  const c = pc.createColors(colour);
  const rows = matrix(inflation, c);
  const estimates = [
    ...inflation.authors.flatMap(({ right, rated }) => [right, ...rated.map((one) => one.inflation)]),
    ...inflation.raters.flatMap(({ selfPreference, features }) => [
      ...(selfPreference === null ? [] : [selfPreference]),
      ...features.map(({ effect }) => effect),
    ]),
  ];
  return [
    ...(naturalWidth(rows, 40) <= width ? [...tableLines(rows, width, false, c.dim), ''] : blocks(inflation, width, c)),
    ...raterLines(inflation, width, c),
    ...[...KEY, `Intervals: 95 %, clustered by task; ${methodsOf(estimates).map(line).join('; ')}.`]
      .flatMap((text) => paragraph(text, width))
      .map((text) => c.dim(text)),
  ].join('\n');
};
