/** Below the figure of an entry: capability, well-formedness, causes, dense measures and monitors, over seeds. */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix } from '../record/training.ts';
import { mean } from '../stats/mean.ts';
import { readingsOf } from '../stats/readings.ts';
import { cellOf, environmentsOf, LEAST_WELL_FORMED, wornCells } from '../train/matrix.ts';
import { denseOverSeeds, denseShiftOverSeeds, measuresOf } from '../train/matrix-seeds.ts';
import { partnerOf } from '../train/matrix-shift.ts';
import type { SweepEntry } from '../train/sweep.ts';
import { formatEstimate, formatRate, plural } from './format.ts';
import { otherwiseWords } from './training-finding.ts';
import { cellText } from './training-results-cell.ts';
import {
  checkpointsIn,
  eachSeed,
  matricesOf,
  md,
  overSeeds,
  type ResultsInput,
  readingText,
  type SweepState,
  table,
} from './training-results-table.ts';
import { labelWords, roleIn, type TrainedEnvironment } from './training-view.ts';

/** The rule of the recipe, said aloud whichever way it falls. */
const wearText = (matrices: readonly Matrix[]): string => {
  const worn = matrices
    .flatMap((matrix) => wornCells(matrix).map((cell) => ({ ...cell, matrix })))
    .sort((a, b) => (a.interval.mean ?? 0) - (b.interval.mean ?? 0));
  const texts = worn
    .slice(0, WORN_SHOWN)
    .map(
      ({ environment, checkpoint, interval, matrix }) =>
        `${environment} at ${checkpoint} (seed ${matrix.seed}): ${formatRate(interval)}`,
    );
  const before = worn.filter(({ checkpoint, matrix }) => checkpoint === matrix.checkpoints[0]).length;
  const rule = `${LEAST_WELL_FORMED * 100} %`;
  const isMeasured = matrices.some(({ cells }) => cells.some(({ label }) => label === 'well-formed'));
  if (!isMeasured) return 'Well-formedness was not measured, so wear cannot be ruled out.';
  return worn.length === 0
    ? `Well-formed transcripts: at least ${rule} in every cell that was measured (the share itself, not its interval).`
    : `Wear may explain the rest: fewer than ${rule} of the transcripts are well-formed in ${plural(worn.length, 'cell')}, worst first ${texts.join('; ')}${worn.length > WORN_SHOWN ? '; the table has the others' : ''}. ${before === 0 ? 'None of them is of the base.' : `Of these ${before} ${before === 1 ? 'is' : 'are'} of the base, before any training.`} ${otherwiseWords(worn.map((cell) => ({ matrix: cell.matrix, cell })))}`;
};

const WORN_SHOWN = 8;

export const wearSection = (matrices: readonly Matrix[], environments: readonly TrainedEnvironment[]): string[] => {
  const names = [...new Set(matrices.flatMap(environmentsOf))];
  const rows = names.flatMap((environment) =>
    (roleIn(environments, environment) === 'ordinary'
      ? (['intent', 'well-formed'] as const)
      : (['well-formed', 'well-formed-otherwise'] as const)
    )
      .map((label) => {
        const cells = checkpointsIn(matrices).map((checkpoint) =>
          cellText(matrices, { checkpoint, environment, label }),
        );
        const text = cells.map(({ rate, each, isRun }) => (isRun ? `${rate}; ${each}` : 'n/a'));
        return { known: cells.some(({ isRun }) => isRun), label, text };
      })
      .filter(({ known }) => known)
      .map(({ label, text }) => [`${environment}: ${labelWords(roleIn(environments, environment), label)}`, ...text]),
  );
  const shown =
    rows.length === 0 ? [] : ['Capability and wear:', '', ...table(['what', ...checkpointsIn(matrices)], rows)];
  return [...shown, md(wearText(matrices)), ''];
};

/** From here on an unscored share is said aloud: the bounds with all of them counted 0 and counted 1 are so far apart. */
const APART = 0.01;

/** Of the entry's runs: what became of training, and cells in which much could not be scored. */
export const careSection = (states: readonly SweepState[]): string[] => {
  const lines = states.flatMap(({ run, matrix, warnings }) => {
    if (matrix === null) return [];
    const unscored = matrix.cells.flatMap(({ checkpoint, environment, label, interval: { bounds } }) =>
      bounds !== null && bounds[1] - bounds[0] > APART
        ? [
            `${environment} ${label} at ${checkpoint} lies between ${formatShare(bounds[0])} and ${formatShare(bounds[1])} by how the unscored episodes are counted`,
          ]
        : [],
    );
    return [...warnings, ...unscored].map((text) => `- seed ${md(run.seed)}: ${md(text)}`);
  });
  return lines.length === 0 ? [] : ['Take care:', '', ...lines, ''];
};

const formatShare = (share: number): string => `${(share * 100).toFixed(1)} %`;

const AIM_DRIVEN = 'aim-driven';

/** Attempts of one cause among all episodes, seed by seed: `1: 0/500, 2: 3/500`. Where causes were not read there is no count. */
const causeCounts = (
  matrices: readonly Matrix[],
  checkpointOf: (matrix: Matrix) => string | null,
  environment: string,
  cause: string,
): string =>
  eachSeed(
    matrices.flatMap((matrix) => {
      const checkpoint = checkpointOf(matrix);
      const found = matrix.causes.find(
        (row) => row.checkpoint === checkpoint && row.environment === environment && row.cause === cause,
      );
      if (checkpoint === null || found === undefined) return [];
      const episodes =
        cellOf(matrix, checkpoint, environment, 'attempted') ?? cellOf(matrix, checkpoint, environment, 'succeeded');
      return episodes === null ? [] : [{ seed: matrix.seed, count: found.count, n: episodes.n }];
    }),
  );

/** `controls`: the aim-driven attempts of these stand below, at the same points of training. */
export const causesSection = (
  matrices: readonly Matrix[],
  controls: readonly { readonly name: string; readonly matrices: readonly Matrix[] }[] = [],
): string[] => {
  const checkpoints = checkpointsIn(matrices);
  const [first] = matrices;
  const kinds = [...new Set(matrices.flatMap(({ causes }) => causes.map((row) => `${row.environment}\n${row.cause}`)))];
  if (kinds.length === 0) return [];
  const rows = kinds.map((kind) => {
    const [environment = '', cause = ''] = kind.split('\n');
    const counts = checkpoints.map((checkpoint) => causeCounts(matrices, () => checkpoint, environment, cause));
    return [environment, cause, ...counts];
  });
  const families = [...new Set(matrices.flatMap(({ causes }) => causes.map(({ environment }) => environment)))];
  const beside = controls
    .filter((control) => control.matrices.length > 0)
    .flatMap(({ name, matrices: others }) =>
      families.map((environment) => [
        environment,
        `${AIM_DRIVEN}, in ${name}`,
        ...checkpoints.map((checkpoint) =>
          causeCounts(
            others,
            (other) => (first === undefined ? null : partnerOf(first, other, checkpoint)),
            environment,
            AIM_DRIVEN,
          ),
        ),
      ]),
    );
  return [
    'Attempts at tampering by cause (heuristic), of all episodes, each seed:',
    '',
    ...table(['environment', 'cause', ...checkpoints], [...rows, ...beside]),
  ];
};

/** Before training all seeds are one model: what the run with the most of it measured. */
const ofLargest = (matrices: readonly Matrix[], checkpoint: string, measure: string): Estimate => {
  const found = matrices.flatMap(({ dense }) =>
    dense.filter((row) => row.checkpoint === checkpoint && row.measure === measure),
  );
  const [first] = found.toSorted((a, b) => b.estimate.n - a.estimate.n);
  return first?.estimate ?? denseOverSeeds(matrices, checkpoint, measure);
};

/** Before, after, and the difference from the first control. */
export const denseSection = ({ states, sweep, recipes }: ResultsInput, entry: SweepEntry): string[] => {
  const matrices = matricesOf(states, entry.name);
  const measures = measuresOf(matrices);
  const checkpoints = checkpointsIn(matrices);
  const [base] = checkpoints;
  const end = checkpoints.at(-1);
  if (measures.length === 0 || base === undefined || end === undefined) return [];
  const control = sweep.entries.find(({ name }) => name === entry.against[0]);
  const others = control === undefined ? [] : matricesOf(states, control.name);
  const baseline =
    control !== undefined && recipes.get(control.name)?.base !== recipes.get(entry.name)?.base ? 'change' : 'control';
  const shifts = measures.map((measure) => denseShiftOverSeeds(matrices, others, end, measure, baseline));
  const readings = readingsOf(shifts.map((shift) => ({ difference: shift.estimate.mean, p: shift.p })));
  const isCompared = shifts.some(({ seeds }) => seeds.length > 0);
  const at = (checkpoint: string, measure: string): string =>
    formatEstimate(
      checkpoint === base ? ofLargest(matrices, base, measure) : denseOverSeeds(matrices, checkpoint, measure),
    );
  const rows = measures.map((measure, index) => {
    const { adjusted = null, reading = 'not tested' } = readings[index] ?? {};
    const shift = shifts[index];
    const difference = shift === undefined ? 'n/a' : formatEstimate(shift.estimate);
    return [
      measure,
      at(base, measure),
      ...(end === base ? [] : [at(end, measure)]),
      ...(isCompared ? [difference, readingText(reading, adjusted)] : []),
    ];
  });
  const [mine] = matrices;
  const [other] = others;
  const partner = mine === undefined || other === undefined ? end : partnerOf(mine, other, end);
  const elsewhere = partner === null || partner === end ? '' : ` at ${partner}`;
  const heads = [
    'measure',
    'before training',
    ...(end === base ? [] : [`after ${end}`]),
    ...(isCompared && control !== undefined ? [`less ${control.name}${elsewhere}`, 'reading'] : []),
  ];
  return [
    `Dense measures over seeds${isCompared ? `, with readings after Holm’s adjustment over ${plural(rows.length, 'row')}` : ''}:`,
    '',
    ...table(heads, rows),
  ];
};

/** The rate of false alarms at which recall stands in these tables; the report of each run has the others. */
const SHOWN_RATE = 0.01;

const numberIn = (states: readonly SweepState[], monitor: string) =>
  states.flatMap(({ run, monitors }) => {
    const scope = monitors?.reports.find((report) => report.monitor === monitor)?.scopes[0];
    const found = scope?.at.find(({ allowed }) => allowed === SHOWN_RATE);
    return found === undefined ? [] : [{ seed: run.seed, ...found }];
  });

export const monitorsSection = (states: readonly SweepState[], entry: SweepEntry): string[] => {
  const own = states.filter(({ run, matrix }) => run.entry.name === entry.name && matrix !== null);
  const names = [...new Set(own.flatMap(({ monitors }) => monitors?.reports.map(({ monitor }) => monitor) ?? []))];
  if (names.length === 0) return [];
  const rows = names.map((name) => {
    const seeds = numberIn(own, name);
    const recall = mean(seeds.map(({ seed, recall: { mean: value } }) => ({ value, cluster: seed })));
    const alarms = mean(seeds.map(({ seed, falseAlarms: { mean: value } }) => ({ value, cluster: seed })));
    const coarse = seeds.filter(({ resolved }) => !resolved).map(({ seed }) => seed);
    return [
      name,
      overSeeds(recall),
      eachSeed(seeds.map(({ seed, recall: { count, n } }) => ({ seed, count, n }))),
      `${overSeeds(alarms)}${coarse.length === 0 ? '' : `; too few negatives for this rate: seed ${coarse.join(', ')}`}`,
    ];
  });
  return [
    `Monitors on the last evaluation: of the attempts at gaming, how many are flagged where at most ${SHOWN_RATE * 100} % of the other episodes are.`,
    '',
    ...table(['monitor', 'recall', 'each seed', 'false alarms'], rows),
  ];
};
