import pc from 'picocolors';
import { truncate } from '../base/terminal.ts';
import type { Rate } from '../record/estimate.ts';
import type { EnvironmentSummary, Evaluation } from '../record/evaluation.ts';
import { asidesOf, stopsText } from './asides.ts';
import { line } from './clip.ts';
import { type Cell, cell, naturalWidth, paragraph, type Row, tableLines } from './columns.ts';
import { warningsOf } from './finding.ts';
import { describeRate, formatRate, methodsOf, plural, thousands } from './format.ts';
import { MEASURES, ratesOf } from './view.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

type Paint = ReturnType<typeof pc.createColors>;

/** Environments up to which an empty line stands between those set in two lines; more are to fit a screen or two. */
const AIRY_UP_TO = 8;

/** How a rate is set, from roomy to tight. */
type Setting = 'one-line' | 'two-lines-counts' | 'two-lines';

/** Columns that the names of environments get where they need them; names are cut only in the tightest setting. */
const NAME_COLUMNS: Readonly<Record<Setting, number>> = { 'one-line': 40, 'two-lines-counts': 40, 'two-lines': 16 };

const rateLines = (rate: Rate, setting: Setting): string[] => {
  const text = describeRate(rate);
  const count = text.count === '' ? '' : `(${text.count})`;
  const value = text.warning === null ? text.value : `! ${text.value}`;
  const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
  switch (setting) {
    case 'one-line':
      return [join(value, text.interval, count)];
    case 'two-lines-counts':
      return [join(value, count), text.interval];
    case 'two-lines':
      return [value, text.state === 'no-interval' ? count : text.interval.slice(1, -1).replace(', ', '–')];
  }
};

const rateCell = (rate: Rate, setting: Setting, c: Paint, isHeadline: boolean): Cell => {
  const known = rate.interval !== null;
  const value = known ? (isHeadline && rate.count > 0 ? (s: string) => c.bold(c.yellow(s)) : (s: string) => s) : c.dim;
  return { lines: rateLines(rate, setting), paint: (text, index) => (index === 0 ? value(text) : c.dim(text)) };
};

const nameCell = (result: EnvironmentSummary, setting: Setting, c: Paint): Cell => {
  const name = line(result.name);
  const size =
    setting === 'two-lines'
      ? `${thousands(result.rollouts)} in ${plural(result.gaming.clusters, 'task')}`
      : `${plural(result.rollouts, 'rollout')}, ${plural(result.gaming.clusters, 'task')}`;
  return {
    lines: setting === 'one-line' ? [name] : [name, size],
    paint: (text, index) => (index === 0 ? c.bold(text) : c.dim(text)),
  };
};

const rateRows = (evaluation: Evaluation, setting: Setting, c: Paint): Row[] => [
  ['environment', ...MEASURES].map((name) => cell(name, c.dim)),
  ...evaluation.environments.map((result) => [
    nameCell(result, setting, c),
    ...MEASURES.map((name) => rateCell(result[name], setting, c, name === 'gaming')),
  ]),
];

const countRows = (evaluation: Evaluation, c: Paint): Row[] => {
  const count = (value: number, alert = false): Cell =>
    cell(thousands(value), value === 0 ? c.dim : alert ? c.yellow : (s) => s);
  return [
    ['environment', 'both', 'gamed', 'unpaid', 'neither', 'unscored', 'faults', 'rollouts'].map((name) =>
      cell(name, c.dim),
    ),
    ...evaluation.environments.map(({ name, joint, unscored, faults, rollouts }) => [
      cell(line(name), c.bold),
      count(joint.both.count),
      count(joint.gamed.count, true),
      count(joint.unpaid.count),
      count(joint.neither.count),
      count(unscored, true),
      count(faults, true),
      count(rollouts),
    ]),
  ];
};

/** For terminals too narrow for any table: one line per rate, then the counts. */
const blocks = (evaluation: Evaluation, width: number, c: Paint): string[] =>
  evaluation.environments.flatMap((result) => {
    const { joint, unscored, faults, rollouts } = result;
    const cells = `both ${joint.both.count}, gamed ${joint.gamed.count}, unpaid ${joint.unpaid.count}, neither ${joint.neither.count}`;
    const counts = `${cells}, unscored ${unscored}, faults ${faults}, rollouts ${rollouts}`;
    return [
      c.bold(truncate(line(result.name), width)),
      ...MEASURES.flatMap((name) => paragraph(formatRate(result[name]), width, `  ${name.padEnd(11)}`)),
      ...paragraph(counts, width, '  '),
      '',
    ];
  });

const tables = (evaluation: Evaluation, width: number, c: Paint): string[] => {
  for (const setting of ['one-line', 'two-lines-counts', 'two-lines'] as const) {
    const rows = rateRows(evaluation, setting, c);
    if (naturalWidth(rows, NAME_COLUMNS[setting]) > width) continue;
    const airy = setting !== 'one-line' && evaluation.environments.length <= AIRY_UP_TO;
    const rates = tableLines(rows, width, airy, c.dim);
    return [...rates, '', ...tableLines(countRows(evaluation, c), width, false, c.dim), ''];
  }
  return blocks(evaluation, width, c);
};

/** `  name: text`, later lines indented a little more. */
const entry = (name: string, text: string, width: number): string[] =>
  paragraph(`${name}: ${text}`, width - 2, '  ', '    ');

const kindLines = (evaluation: Evaluation, width: number, c: Paint): string[] => {
  const some = evaluation.environments.filter(({ kinds }) => Object.keys(kinds).length > 0);
  if (some.length === 0) return [];
  const lines = some.flatMap(({ name, kinds }) => {
    const list = Object.entries(kinds).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return entry(line(name), list.map(([kind, n]) => `${line(kind)} ${thousands(n)}`).join(', '), width);
  });
  return [c.dim('What was seen (rollouts)'), ...lines, ''];
};

/** One entry for each reason, with all environments that it ended rollouts of. */
const stopLines = ({ environments }: Evaluation, width: number): string[] => {
  const reasons = new Set(environments.flatMap(({ stops }) => Object.keys(stops)));
  reasons.delete('finished');
  return [...reasons].sort().flatMap((reason) => {
    const where = environments.flatMap(({ name, stops }) => {
      const count = stops[reason] ?? 0;
      return count === 0 ? [] : [`${line(name)} ${thousands(count)}`];
    });
    return entry(`ended early, ${line(reason)}`, where.join(', '), width);
  });
};

const asideLines = (evaluation: Evaluation, width: number, c: Paint): string[] => {
  const lines = evaluation.environments.flatMap((result) =>
    asidesOf(result)
      .filter((text) => text !== stopsText(result))
      .flatMap((text) => entry(line(result.name), line(text), width)),
  );
  lines.push(...stopLines(evaluation, width));
  return lines.length === 0 ? [] : [c.dim('Besides'), ...lines, ''];
};

const notes = (evaluation: Evaluation, width: number): string[] => {
  const methods = methodsOf(evaluation.environments.flatMap((result) => ratesOf(result).map(([, rate]) => rate)));
  return [
    'gaming: proxy passed, intent failed. both: both passed. unpaid: intent passed, proxy failed. n/a: does not arise there.',
    methods.length === 0 ? 'No interval could be given.' : `Intervals: 95 %, ${methods.map(line).join('; ')}.`,
  ].flatMap((text) => paragraph(text, width));
};

/** The rates, the two-by-two, ways of gaming, warnings and a key. No line is longer than `width` from 40 columns on. */
export const renderTable = (evaluation: Evaluation, { width, colour }: TextOptions): string => {
  const c = pc.createColors(colour);
  const warnings = warningsOf(evaluation).flatMap((text) =>
    paragraph(line(text), width, '! ').map((part) => c.yellow(part)),
  );
  return [
    ...tables(evaluation, width, c),
    ...kindLines(evaluation, width, c),
    ...asideLines(evaluation, width, c),
    ...(warnings.length === 0 ? [] : [...warnings, '']),
    ...notes(evaluation, width).map((text) => c.dim(text)),
  ].join('\n');
};
