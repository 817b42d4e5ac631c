/**
 * RESULTS.md of a sweep: every seed shown, intervals over seeds, shifts against controls, compute, the paper's figures
 * beside ours, and what has not been run. Made from matrices alone, so that it can be made again at any time.
 */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixLabel } from '../record/training.ts';
import { cellOf, environmentsOf, LEAST_WELL_FORMED, wornCells } from '../train/matrix.ts';
import { ratesOverSeeds, type SeedRate, type SeedShift, shiftsOverSeeds } from '../train/matrix-shift.ts';
import type { Sweep, SweepEntry, SweepRun } from '../train/sweep.ts';
import { line } from './clip.ts';
import { formatRate, plural, thousands } from './format.ts';
import { duration } from './progress-text.ts';
import { shiftWords } from './training-finding.ts';
import { PAPER_ROWS } from './training-paper.ts';
import { labelsFor, labelWords, roleIn, type TrainedEnvironment } from './training-view.ts';

export interface SweepState {
  readonly run: SweepRun;
  /** Null: not whole. */
  readonly matrix: Matrix | null;
  /** Something of it is there. */
  readonly isBegun: boolean;
}

export interface ResultsInput {
  readonly sweep: Sweep;
  readonly states: readonly SweepState[];
  readonly environments: readonly TrainedEnvironment[];
  readonly versions: { readonly subterfuge: string; readonly node: string };
  /** What it ran on, in words. */
  readonly machine: string;
  readonly command: string;
}

/** A cell of a Markdown table: one line, no bar of its own. */
const md = (text: string): string => line(text).replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(md).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(heads),
  `| ${heads.map(() => '---').join(' | ')} |`,
  ...rows.map(row),
  '',
];

/** A rate over seeds in percent: never without an interval. */
const overSeeds = ({ mean, interval, n }: Estimate): string => {
  if (mean === null) return 'n/a';
  if (interval === null) return `no interval (${plural(n, 'seed')})`;
  const points = (share: number): string => (share * 100).toFixed(2);
  return `${points(mean)} % [${points(interval[0])}, ${points(interval[1])}] (${plural(n, 'seed')})`;
};

interface Column {
  readonly environment: string;
  readonly label: MatrixLabel;
  readonly title: string;
}

const columnsOf = (matrices: readonly Matrix[], environments: readonly TrainedEnvironment[]): Column[] =>
  [...new Set(matrices.flatMap(environmentsOf))].flatMap((environment) => {
    const role = roleIn(environments, environment);
    const labels = role === 'stage' || role === 'ordinary' ? labelsFor(role).slice(0, 1) : labelsFor(role);
    return labels.map((label) => ({ environment, label, title: `${environment}: ${labelWords(role, label)}` }));
  });

const wholeOf = (states: readonly SweepState[], entry: SweepEntry): Matrix[] =>
  states.flatMap(({ run, matrix }) => (run.entry.name === entry.name && matrix !== null ? [matrix] : []));

const endsOf = ({ checkpoints }: Matrix): [string, string][] => {
  const [base = 'base'] = checkpoints;
  const end = checkpoints.at(-1) ?? base;
  return end === base
    ? [[base, 'before training']]
    : [
        [base, 'before training'],
        [end, `after ${end}`],
      ];
};

const seedRows = (matrices: readonly Matrix[], columns: readonly Column[]): string[][] =>
  matrices.flatMap((matrix) =>
    endsOf(matrix).map(([checkpoint, when]) => [
      `seed ${matrix.seed}, ${when}`,
      ...columns.map(({ environment, label }) => {
        const cell = cellOf(matrix, checkpoint, environment, label);
        return cell === null ? 'n/a' : formatRate(cell.interval);
      }),
    ]),
  );

const meanRows = (matrices: readonly Matrix[], columns: readonly Column[]): string[][] => {
  const [first] = matrices;
  if (first === undefined) return [];
  const rates = ratesOverSeeds(matrices);
  const of = (checkpoint: string, { environment, label }: Column): SeedRate | undefined =>
    rates.find((one) => one.checkpoint === checkpoint && one.environment === environment && one.label === label);
  return endsOf(first).map(([checkpoint, when]) => [
    `over seeds, ${when}`,
    ...columns.map((column) => {
      const found = of(checkpoint, column);
      return found === undefined ? 'n/a' : overSeeds(found.estimate);
    }),
  ]);
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const computeText = (matrices: readonly Matrix[]): string =>
  `Compute: ${duration(sum(matrices.map(({ seconds }) => seconds)) * 1000)} in all, ${thousands(sum(matrices.map(({ tokens }) => tokens.sampled)))} tokens sampled, ${thousands(sum(matrices.map(({ tokens }) => tokens.trained)))} trained.`;

const wearText = (matrices: readonly Matrix[]): string => {
  const worn = matrices.flatMap((matrix) =>
    wornCells(matrix).map(
      (cell) => `${cell.environment} at ${cell.checkpoint} (seed ${matrix.seed}): ${formatRate(cell.interval)}`,
    ),
  );
  const rule = `${LEAST_WELL_FORMED * 100} %`;
  const isMeasured = matrices.some(({ cells }) => cells.some(({ label }) => label === 'well-formed'));
  if (!isMeasured) return 'Well-formedness was not measured, so wear cannot be ruled out.';
  return worn.length === 0
    ? `Well-formed transcripts: at least ${rule} in every cell that was measured.`
    : `Wear explains the rest: fewer than ${rule} of the transcripts are well-formed in ${worn.join('; ')}.`;
};

const causesText = (matrices: readonly Matrix[]): string => {
  const rows = matrices.flatMap(({ causes }) => causes);
  const names = [...new Set(rows.map(({ cause }) => cause))];
  const counts = names.map((name) => `${name} ${sum(rows.flatMap((one) => (one.cause === name ? [one.count] : [])))}`);
  return names.length === 0
    ? ''
    : `Attempts at tampering by cause (heuristic), all checkpoints and seeds: ${counts.join(', ')}.`;
};

const verdict = ({ interval }: Estimate): string =>
  interval === null ? 'no interval' : interval[0] > 0 ? 'higher' : interval[1] < 0 ? 'lower' : 'no difference shown';

const shiftTable = (
  matrices: readonly Matrix[],
  controls: readonly Matrix[],
  other: string,
  columns: readonly Column[],
): string[] => {
  const end = matrices[0]?.checkpoints.at(-1);
  const shifts = shiftsOverSeeds(matrices, controls);
  const rows = columns.flatMap(({ environment, label, title }): string[][] => {
    const found: SeedShift | undefined = shifts.find(
      (one) => one.checkpoint === end && one.environment === environment && one.label === label,
    );
    if (found === undefined) return [];
    const each = found.seeds.map(({ seed, difference }) => `${seed}: ${(difference * 100).toFixed(2)}`).join(', ');
    return [[title, shiftWords(found.estimate), verdict(found.estimate), each]];
  });
  if (rows.length === 0) return [`Against ${other}: no seed of both has been run yet.`, ''];
  return [
    `Against ${other}, after training, seed by seed:`,
    '',
    ...table(['what', 'difference', 'reading', 'each seed, points'], rows),
  ];
};

const entrySection = ({ states, environments }: ResultsInput, sweep: Sweep, entry: SweepEntry): string[] => {
  const matrices = wholeOf(states, entry);
  const recipe = typeof entry.recipe === 'string' ? entry.recipe : entry.recipe.name;
  const done = `${matrices.length} of ${plural(entry.seeds.length, 'seed')} run.`;
  const head = [
    `## ${md(entry.name)}`,
    '',
    `Recipe \`${md(recipe)}\`${entry.algorithm === undefined ? '' : `, ${entry.algorithm}`}. ${done}`,
    '',
  ];
  if (matrices.length === 0) return head;
  const columns = columnsOf(matrices, environments);
  const shifts = entry.against.flatMap((name) => {
    const control = sweep.entries.find((one) => one.name === name);
    return control === undefined ? [] : shiftTable(matrices, wholeOf(states, control), name, columns);
  });
  return [
    ...head,
    ...table(
      ['', ...columns.map(({ title }) => title)],
      [...seedRows(matrices, columns), ...meanRows(matrices, columns)],
    ),
    ...shifts,
    ...[wearText(matrices), causesText(matrices), computeText(matrices)]
      .filter((text) => text !== '')
      .flatMap((text) => [text, '']),
  ];
};

/** Ours beside the paper's: the held-out family after training, by algorithm. */
const paperSection = ({ sweep, states, environments }: ResultsInput): string[] => {
  const ours = sweep.entries.flatMap((entry): string[][] => {
    const matrices = wholeOf(states, entry);
    const [first] = matrices;
    const heldOut =
      first === undefined ? undefined : environmentsOf(first).find((name) => roleIn(environments, name) === 'held-out');
    const end = first?.checkpoints.at(-1);
    if (heldOut === undefined || end === undefined) return [];
    const rates = ratesOverSeeds(matrices);
    const of = (label: MatrixLabel): string => {
      const found = rates.find((one) => one.checkpoint === end && one.environment === heldOut && one.label === label);
      if (found === undefined) return 'n/a';
      const count = sum(found.seeds.map((seed) => seed.count));
      const n = sum(found.seeds.map((seed) => seed.n));
      return `${overSeeds(found.estimate)}; ${thousands(count)} of ${thousands(n)} in all`;
    };
    return [[`ours: ${entry.name}`, of('succeeded'), of('evaded')]];
  });
  const theirs = PAPER_ROWS.map(({ what, overwritten, evaded }) => [`paper: ${what}`, overwritten.text, evaded.text]);
  return [
    '## Beside the paper',
    '',
    'Held-out tampering after training. Intervals of the paper’s counts are ours (Clopper-Pearson over episodes of one model); ours are over seeds. Levels cannot be compared: the models differ in size by orders of magnitude, and ours met a corpus that was written for these settings. Whether gaming rises, where, and against which control can.',
    '',
    ...table(['', 'reward overwritten', 'and no test tells'], [...ours, ...theirs]),
  ];
};

const openSection = (states: readonly SweepState[]): string[] => {
  const missing = states.filter(({ matrix }) => matrix === null);
  const text = ({ run, isBegun }: SweepState): string =>
    `- ${md(run.entry.name)}, seed ${md(run.seed)}: ${isBegun ? 'begun, not finished' : 'not begun'}`;
  return missing.length === 0
    ? ['## Not run', '', 'Nothing: every run of this sweep is here.', '']
    : ['## Not run', '', 'These runs are missing from every table above:', '', ...missing.map(text), ''];
};

const NOTES = [
  'Each cell: rate [95 % interval over the episodes of that run] (count/n). Over seeds: mean of the seeds’ rates with a t interval, the seed being the unit; with every seed equal, an exact bound on the share of seeds that would differ, which is wide for few seeds. `!`: unscored rollouts could move a rate by more than a point.',
  '',
  'Intervals are not adjusted for the number of cells: of many, one in twenty excludes 0 by chance.',
];

/** The whole file. */
export const renderResults = (input: ResultsInput): string => {
  const { sweep, states, versions, machine, command } = input;
  const done = states.filter(({ matrix }) => matrix !== null).length;
  return [
    `# Results: ${md(sweep.name)}`,
    '',
    ...(sweep.about === '' ? [] : [md(sweep.about), '']),
    `Made by \`${md(command)}\` with Subterfuge ${versions.subterfuge} on Node ${versions.node}, ${md(machine)}. ${done} of ${plural(states.length, 'run')} done.`,
    '',
    ...NOTES,
    ...(sweep.question === ''
      ? []
      : ['', `Fixed beforehand: ${md(sweep.question)} Everything else here is exploration.`]),
    '',
    ...sweep.entries.flatMap((entry) => entrySection(input, sweep, entry)),
    ...paperSection(input),
    ...openSection(states),
  ].join('\n');
};
