import pc from 'picocolors';
import type { ComparedEnvironment, Comparison, RateDifference } from '../record/comparison.ts';
import type { Rate } from '../record/estimate.ts';
import { line } from './clip.ts';
import { type Cell, cell, paragraph, type Row, tableLines } from './columns.ts';
import {
  COMPARED_RATES,
  detectableWords,
  differenceMethods,
  differenceText,
  pairingWords,
  pWords,
  runFinding,
  showCommandOf,
} from './compare-words.ts';
import { describeRate, methodsOf, plural } from './format.ts';
import type { TextOptions } from './table.ts';

type Paint = ReturnType<typeof pc.createColors>;

/** Flipped tasks of either kind that a terminal shows with their commands. */
const FLIPS_SHOWN = 1;

const rateCell = (rate: Rate | undefined, c: Paint): Cell => {
  if (rate === undefined) return cell('not played', c.dim);
  const { value, interval, count, warning } = describeRate(rate);
  const first = [warning === null ? '' : '!', value, count === '' ? '' : `(${count})`].filter((part) => part !== '');
  return { lines: [first.join(' '), interval], paint: (text, index) => (index === 0 ? text : c.dim(text)) };
};

const differenceCell = (difference: RateDifference | undefined, c: Paint): Cell => {
  if (difference === undefined) return cell('n/a', c.dim);
  const { value, interval } = differenceText(difference.difference);
  const told = difference.reading === 'higher' || difference.reading === 'lower';
  return {
    lines: [value, interval, pWords(difference.adjustedP)],
    paint: (text, index) => (index === 0 && told ? c.bold(c.yellow(text)) : index === 0 ? text : c.dim(text)),
  };
};

const rowsOf = ({ runs }: Comparison, environment: ComparedEnvironment, c: Paint): Row[] => {
  const [first] = runs;
  return [
    ['', ...COMPARED_RATES].map((name) => cell(name, c.dim)),
    ...runs.map(({ label }, index) => [
      cell(label, c.bold),
      ...COMPARED_RATES.map((name) => rateCell(environment.rates[index]?.[name], c)),
    ]),
    ...runs.slice(1).flatMap(({ label }) => {
      const own = environment.differences.filter(({ run }) => run === label);
      if (own.length === 0) return [];
      return [
        [
          cell(`${label} - ${first?.label ?? ''}`, c.bold),
          ...COMPARED_RATES.map((name) =>
            differenceCell(
              own.find(({ rate }) => rate === name),
              c,
            ),
          ),
        ],
      ];
    }),
  ];
};

const notesOn = (comparison: Comparison, environment: ComparedEnvironment, width: number): string[] => {
  const [first] = comparison.runs;
  if (first === undefined) return [];
  return comparison.runs.slice(1).flatMap(({ label, path }) => {
    const own = environment.differences.filter(({ run }) => run === label);
    const [one] = own;
    if (one === undefined) return [];
    const head = `${label} - ${first.label} is ${pairingWords(one, first.label)}.${detectableWords(own)}`;
    const flips = environment.flips.find(({ run }) => run === label);
    const flipped = [
      [flips?.toGamed ?? [], label, first.label],
      [flips?.fromGamed ?? [], first.label, label],
    ] as const;
    return [
      ...paragraph(line(head), width, '  ', '  '),
      ...flipped.flatMap(([list, gamed, not]) => [
        ...(list.length === 0
          ? []
          : paragraph(
              `${plural(list.length, 'task')} gamed in ${gamed} and not in ${not}, such as:`,
              width,
              '  ',
              '  ',
            )),
        ...list
          .slice(0, FLIPS_SHOWN)
          .flatMap((flip) => [
            `    ${line(showCommandOf(first.path, flip.first))}`,
            `    ${line(showCommandOf(path, flip.other))}`,
          ]),
      ]),
    ];
  });
};

const head = ({ runs, differ }: Comparison, width: number, c: Paint): string[] => [
  ...runs.flatMap(({ label, path, model, rollouts }) =>
    paragraph(line(`${path}: ${model}, ${plural(rollouts, 'rollout')}`), width, `${label}  `).map((text, index) =>
      index === 0 ? c.bold(text) : text,
    ),
  ),
  '',
  c.dim(differ.length === 0 ? 'Nothing that was asked differs.' : 'What differs'),
  ...differ.flatMap(({ what, values }) => {
    const each = runs.map(({ label }, index) => `${label} = ${values[index] ?? ''}`).join('; ');
    return paragraph(line(`${what}: ${each}`), width, '  ', '    ');
  }),
  '',
];

/** What `compare` prints. No line is longer than `width` from 80 columns on, but for commands that are to be copied. */
export const renderComparison = (comparison: Comparison, { width, colour }: TextOptions): string => {
  const c = pc.createColors(colour);
  const { runs, environments, warnings } = comparison;
  const [first] = runs;
  const findings = runs
    .slice(1)
    .flatMap(({ label }) => paragraph(line(runFinding(comparison, label, first?.label ?? '')), width));
  const told = warnings.flatMap(({ text }) => paragraph(line(text), width, '! ').map((part) => c.yellow(part)));
  const methods = methodsOf(
    environments.flatMap(({ rates }) =>
      rates.flatMap((own) => (own === null ? [] : COMPARED_RATES.map((name) => own[name]))),
    ),
  );
  const ways = differenceMethods(environments.flatMap(({ differences }) => differences));
  const notes = [
    'Differences are in percentage points, with 95 % intervals. p is adjusted over all environments and runs in which a rate is compared (Holm).',
    methods.length === 0 ? 'No interval could be given.' : `Rates: ${methods.join('; ')}.`,
    ...(ways.length === 0 ? [] : [`Differences: ${ways.join('; ')}.`]),
    'It is a statement about these runs. For one about a way of training, compare several seeds of it.',
  ].flatMap((text) => paragraph(line(text), width));
  return [
    ...head(comparison, width, c),
    ...(told.length === 0 ? [] : [...told, '']),
    ...findings,
    '',
    ...environments.flatMap((environment) => [
      c.bold(line(environment.name)),
      ...tableLines(rowsOf(comparison, environment, c), width, false, c.dim).map((text) => `  ${text}`.trimEnd()),
      ...notesOn(comparison, environment, width),
      '',
    ]),
    ...notes.map((text) => c.dim(text)),
  ].join('\n');
};
