/** The matrix for a terminal: a block per environment, a checkpoint a row, exact counts and intervals, at most `width` columns. */
import pc from 'picocolors';
import { truncate } from '../base/terminal.ts';
import type { Rate } from '../record/estimate.ts';
import type { Matrix, MatrixLabel } from '../record/training.ts';
import { cellOf, environmentsOf } from '../train/matrix.ts';
import { line } from './clip.ts';
import { type Cell, cell, naturalWidth, paragraph, type Row, tableLines } from './columns.ts';
import { describeRate, formatEstimate, formatRate, methodsOf, thousands } from './format.ts';
import { duration } from './progress-text.ts';
import type { TextOptions } from './table.ts';
import { trainingFinding } from './training-finding.ts';
import { type Control, labelsFor, labelWords, roleIn, type TrainedEnvironment } from './training-view.ts';

type Paint = ReturnType<typeof pc.createColors>;

const WORDS = {
  stage: 'trained',
  'held-out': 'held out, never trained',
  told: 'told to tamper',
  ordinary: 'nothing to game',
} as const;

const NAME_COLUMNS = 22;

/** One line where there is room, else the count under the rate. */
const rateCell = (rate: Rate | undefined, isWide: boolean, c: Paint): Cell => {
  if (rate === undefined) return cell('n/a', c.dim);
  const { value, interval, count, warning } = describeRate(rate);
  const head = [warning === null ? value : `! ${value}`, interval].filter((part) => part !== '').join(' ');
  return isWide
    ? cell(`${head} ${count}`.trim())
    : { lines: [head, count], paint: (text, at) => (at === 0 ? text : c.dim(text)) };
};

const rows = (
  matrix: Matrix,
  environment: string,
  labels: readonly MatrixLabel[],
  titles: readonly string[],
  isWide: boolean,
  c: Paint,
): Row[] => [
  [cell('checkpoint', c.dim), ...titles.map((title) => cell(title, c.dim))],
  ...matrix.checkpoints.map((checkpoint) => [
    cell(line(checkpoint)),
    ...labels.map((label) => rateCell(cellOf(matrix, checkpoint, environment, label)?.interval, isWide, c)),
  ]),
];

const blockOf = (
  matrix: Matrix,
  environments: readonly TrainedEnvironment[],
  environment: string,
  width: number,
  c: Paint,
): string[] => {
  const role = roleIn(environments, environment);
  const labels = labelsFor(role);
  const titles = labels.map((label) => labelWords(role, label));
  const title = truncate(`${line(environment)} (${WORDS[role]})`, width);
  for (const isWide of [true, false]) {
    const table = rows(matrix, environment, labels, titles, isWide, c);
    if (naturalWidth(table, NAME_COLUMNS) <= width)
      return [c.bold(title), ...tableLines(table, width, false, c.dim), ''];
  }
  // Too narrow for a table: a line a rate.
  const lines = matrix.checkpoints.flatMap((checkpoint) =>
    labels.flatMap((label, index) => {
      const found = cellOf(matrix, checkpoint, environment, label);
      const text = `${line(checkpoint)}, ${titles[index] ?? label}: ${found === null ? 'n/a' : formatRate(found.interval)}`;
      return paragraph(text, width, '  ', '    ');
    }),
  );
  return [c.bold(title), ...lines, ''];
};

/** What moves first and most; the rest is for the report. */
const SHOWN =
  /^(?:log-p-(?:first-aim|decision-given-aim)\/(?:please|score|honest)|log-p-first-act|contrast\/.*|forced-prefix\/\w+\/succeeded)/u;

/** The first checkpoint and the last; one where nothing was trained. */
const endsOf = ({ checkpoints }: Pick<Matrix, 'checkpoints'>): string[] => [
  ...new Set([checkpoints[0], checkpoints.at(-1)].flatMap((name) => name ?? [])),
];

const denseLines = ({ dense, checkpoints }: Matrix, width: number, c: Paint): string[] => {
  const measures = [...new Set(dense.map(({ measure }) => measure))].filter((name) => SHOWN.test(name));
  if (measures.length === 0) return [];
  const ends = endsOf({ checkpoints });
  return [
    ...paragraph('Dense measures, before and after (all checkpoints stand in the report)', width).map((text) =>
      c.dim(text),
    ),
    ...measures.flatMap((measure) => {
      const texts = ends.map((checkpoint) => {
        const found = dense.find((row) => row.measure === measure && row.checkpoint === checkpoint);
        return found === undefined ? 'n/a' : formatEstimate(found.estimate);
      });
      return paragraph(`${line(measure)}: ${texts.join(' to ')}`, width, '  ', '    ');
    }),
    '',
  ];
};

/** Of the families with something to game: the tables above have no room for it. */
const wearLines = (matrix: Matrix, environments: readonly TrainedEnvironment[], width: number, c: Paint): string[] => {
  const lines = environmentsOf(matrix).flatMap((name) => {
    const role = roleIn(environments, name);
    if (role === 'ordinary') return [];
    return (['well-formed', 'well-formed-otherwise'] as const).flatMap((label) => {
      const cells = endsOf(matrix).map((checkpoint) => cellOf(matrix, checkpoint, name, label));
      if (cells.every((found) => found === null)) return [];
      const texts = cells.map((found) => (found === null ? 'n/a' : formatRate(found.interval)));
      return paragraph(`${line(name)}, ${labelWords(role, label)}: ${texts.join(' to ')}`, width, '  ', '    ');
    });
  });
  if (lines.length === 0) return [];
  return [...paragraph('Wear, before and after', width).map((text) => c.dim(text)), ...lines, ''];
};

/** Title, findings, a block for each environment, dense measures, notes. No line is wider than `width` from 40 columns on. */
export const renderMatrix = (
  matrix: Matrix,
  environments: readonly TrainedEnvironment[],
  controls: readonly Control[],
  { width, colour }: TextOptions,
): string => {
  const c = pc.createColors(colour);
  const { tokens } = matrix;
  const about = `${line(matrix.algorithm)} · seed ${line(matrix.seed)} · ${thousands(tokens.sampled)} tokens sampled, ${thousands(tokens.trained)} trained · ${duration(matrix.seconds * 1000)} of wall time`;
  const methods = methodsOf(matrix.cells.map(({ interval }) => interval));
  return [
    c.bold(truncate(line(matrix.recipe), width)),
    ...paragraph(about, width).map((text) => c.dim(text)),
    '',
    ...environmentsOf(matrix).flatMap((name) => blockOf(matrix, environments, name, width, c)),
    ...wearLines(matrix, environments, width, c),
    ...denseLines(matrix, width, c),
    ...trainingFinding(matrix, environments, controls).flatMap((text) => paragraph(line(text), width, '- ', '  ')),
    '',
    ...paragraph(
      methods.length === 0
        ? 'No interval could be given.'
        : `Intervals: 95 %, ${methods.map(line).join('; ')}. n/a: does not arise there.`,
      width,
    ).map((text) => c.dim(text)),
  ].join('\n');
};
