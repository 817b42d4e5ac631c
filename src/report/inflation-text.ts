import pc from 'picocolors';
import type { Inflation, Tested } from '../record/inflation.ts';
import { line } from './clip.ts';
import { type Cell, cell, naturalWidth, paragraph, type Row, tableLines } from './columns.ts';
import { formatRate, methodsOf } from './format.ts';
import {
  authorName,
  cellText,
  estimatesIn,
  KEY,
  NO_PAIR,
  noFeatures,
  OWN,
  ownAboveLines,
  testedText,
} from './inflation-words.ts';
import type { TextOptions } from './table.ts';

type Paint = ReturnType<typeof pc.createColors>;
type Rated = Inflation['authors'][number]['rated'][number];

const nameOf = (author: string | null): string => line(authorName(author));

const shownCell = (one: Rated | undefined, c: Paint): Cell =>
  one === undefined
    ? cell('not rated', c.dim)
    : cell(cellText(one.inflation), one.inflation.reading === 'higher' ? c.yellow : (text) => text);

const matrix = ({ authors, raters }: Inflation, c: Paint): Row[] => {
  const others = raters.map(({ rater }) => rater);
  return [
    ['answers of', 'right', OWN, ...others.map((rater) => `rated by ${line(rater)}`)].map((name) => cell(name, c.dim)),
    ...authors.map(({ author, right, rated }): Row => {
      const own = rated.find((one) => one.own);
      const beside = others.map((rater) => rated.find((one) => !one.own && one.rater === rater));
      return [
        cell(nameOf(author), c.bold),
        cell(formatRate(right)),
        ...[own, ...beside].map((one) => shownCell(one, c)),
      ];
    }),
  ];
};

/** For terminals too narrow for the matrix: a line for each of its cells. */
const blocks = ({ authors }: Inflation, width: number, c: Paint): string[] =>
  authors.flatMap(({ author, right, rated }) => [
    ...paragraph(`answers of ${nameOf(author)}`, width).map((text) => c.bold(text)),
    ...paragraph(formatRate(right), width, '  right: ', '    '),
    ...rated.flatMap((one) =>
      paragraph(cellText(one.inflation), width, `  rated by ${one.own ? OWN : line(one.rater)}: `, '    '),
    ),
    '',
  ]);

const hanging = (text: string, width: number): string[] => paragraph(text, width - 2, '  ', '    ');

const raterLines = (inflation: Inflation, width: number, c: Paint): string[] =>
  inflation.raters.flatMap((rater) => {
    const entry = (title: string, tested: Tested | null): string[] =>
      hanging(`${line(title)}: ${tested === null ? NO_PAIR : testedText(tested)}`, width);
    const none = noFeatures(rater);
    return [
      ...paragraph(line(rater.rater), width).map((text) => c.bold(text)),
      ...ownAboveLines(inflation, rater).flatMap(([title, tested]) => entry(`own answers above ${title}`, tested)),
      ...(none === null
        ? rater.features.flatMap(({ feature, effect }) => entry(`inflation by ${feature}`, effect))
        : hanging(`what inflation goes up with ${none}`, width)),
      '',
    ];
  });

/** The matrix, self-preference and what predicts inflation. */
export const renderInflation = (inflation: Inflation, { width, colour }: TextOptions): string => {
  const c = pc.createColors(colour);
  const rows = matrix(inflation, c);
  const methods = methodsOf(estimatesIn(inflation)).map(line).join('; ');
  return [
    ...(naturalWidth(rows, 40) <= width ? [...tableLines(rows, width, false, c.dim), ''] : blocks(inflation, width, c)),
    ...raterLines(inflation, width, c),
    ...inflation.warnings.flatMap(({ text }) => paragraph(line(text), width, '! ')),
    ...[
      ...Object.values(KEY),
      `Intervals: 95 %, clustered by task; ${methods === '' ? 'none could be given' : methods}.`,
    ]
      .flatMap((text) => paragraph(text, width))
      .map((text) => c.dim(text)),
  ].join('\n');
};
