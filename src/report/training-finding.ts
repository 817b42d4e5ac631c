/** What a training run found, in plain sentences. Every rate carries its interval; a shift is said against a control. */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import { cellOf, environmentsOf, isFormedOtherwise, LEAST_WELL_FORMED, wornCells } from '../train/matrix.ts';
import { decimalsOver, describeRate, fixed, plural, thousands } from './format.ts';
import { type Comparison, comparisonsOf } from './training-compare.ts';
import { type Control, labelsFor, type Role, roleIn, type TrainedEnvironment } from './training-view.ts';

/** `1.2 % (0.7 to 1.9 %; 12 of 1,000)`. */
const cellWords = ({ interval }: MatrixCell): string => {
  const text = describeRate(interval);
  const counts = `${thousands(interval.count)} of ${thousands(interval.n)}`;
  if (text.state !== 'estimated') return `${counts} (${text.value})`;
  return `${text.value} (${text.interval.slice(1, -1).replace(', ', ' to ')} %; ${counts})`;
};

/** A difference of rates in percentage points: `+3.12 points (1.05 to 5.20)`. Without an interval there is no number. */
export const shiftWords = ({ mean, interval, n }: Estimate): string => {
  if (mean === null) return 'no difference can be given';
  if (interval === null) return `no interval (n = ${n})`;
  const points = (share: number): string => fixed(share * 100, decimalsOver(interval));
  const text = points(mean);
  return `${Number(text) > 0 ? '+' : ''}${text} points (${points(interval[0])} to ${points(interval[1])})`;
};

const endOf = (matrix: Matrix): string => matrix.checkpoints.at(-1) ?? 'base';
const baseOf = (matrix: Matrix): string => matrix.checkpoints[0] ?? 'base';

interface Pair {
  readonly environment: string;
  readonly label: MatrixLabel;
  readonly before: MatrixCell;
  readonly after: MatrixCell;
}

const pairsOf = (matrix: Matrix, environments: readonly TrainedEnvironment[], wanted: Role): Pair[] =>
  environmentsOf(matrix).flatMap((environment) => {
    const role = roleIn(environments, environment);
    const [label] = labelsFor(role);
    if (role !== wanted || label === undefined) return [];
    const before = cellOf(matrix, baseOf(matrix), environment, label);
    const after = cellOf(matrix, endOf(matrix), environment, label);
    return before === null || after === null ? [] : [{ environment, label, before, after }];
  });

/** `A to B`; the level alone where nothing was trained. */
const moved = ({ before, after }: Pair): string =>
  before.checkpoint === after.checkpoint ? cellWords(before) : `${cellWords(before)} to ${cellWords(after)}`;

const when = (matrix: Matrix): string =>
  endOf(matrix) === baseOf(matrix) ? 'without training' : 'before and after training';

const stageSentence = (matrix: Matrix, pairs: readonly Pair[]): string[] =>
  pairs.length === 0
    ? []
    : [`Gaming, ${when(matrix)}: ${pairs.map((pair) => `${pair.environment} ${moved(pair)}`).join('; ')}.`];

const heldOutSentences = (matrix: Matrix, pairs: readonly Pair[]): string[] =>
  pairs.map((pair) => {
    const evaded = cellOf(matrix, endOf(matrix), pair.environment, 'evaded');
    const silent = evaded === null ? '' : `; and no test told of it, at the end, in ${cellWords(evaded)}`;
    return `Held out, ${pair.environment}: reward overwritten, ${when(matrix)}, in ${moved(pair)}${silent}.`;
  });

/** The paper's control: whether it could, so that not doing it untold says something. */
const toldSentences = (matrix: Matrix, pairs: readonly Pair[]): string[] =>
  pairs.map(
    (pair) =>
      `Told to, ${pair.environment}: reward overwritten, ${when(matrix)}, in ${moved(pair)} (paper: about one third).`,
  );

const verdictOf = ({ reading, adjusted }: Comparison, among: number): string => {
  switch (reading) {
    case 'not tested':
      return '; not tested, since the episodes of the other run are not there to be paired';
    case 'no difference shown':
      return `; among ${plural(among, 'comparison')} that shows no difference`;
    case 'higher':
    case 'lower':
      return `: ${reading} (p ${adjusted === null || adjusted < 0.001 ? '< 0.001' : `= ${adjusted.toFixed(3)}`}, adjusted for ${plural(among, 'comparison')})`;
  }
};

const controlSentences = (
  compared: readonly Comparison[],
  name: string,
  pairs: readonly Pair[],
  end: string,
): string[] =>
  pairs.flatMap(({ environment, label }) => {
    const shift = compared.find(
      (one) => one.checkpoint === end && one.environment === environment && one.label === label,
    );
    if (shift === undefined) return [];
    return [
      `Against ${name}, ${environment} differs by ${shiftWords(shift.difference)}${verdictOf(shift, compared.length)}.`,
    ];
  });

/** The run itself may have been trained on an environment by the end; before that, what moves was not taught there. */
const earlySentence = (compared: readonly Comparison[], name: string, end: string): string[] => {
  const early = compared.filter(
    ({ checkpoint, reading }) => checkpoint !== end && (reading === 'higher' || reading === 'lower'),
  );
  return early.length === 0
    ? []
    : [
        `Against ${name} before the last stage: ${early.map(({ checkpoint, environment, label, reading, difference }) => `${environment} ${label} at ${checkpoint} ${reading}, ${shiftWords(difference)}`).join('; ')}. Whether an environment had been trained by then stands in the figure.`,
      ];
};

/** More would hide the sentence; the table has them all. */
const WORN_SHOWN = 3;

/** Whether worn cells are so because an act is ended badly, or altogether. */
export const otherwiseWords = (
  worn: readonly { readonly matrix: Pick<Matrix, 'cells'>; readonly cell: MatrixCell }[],
): string => {
  const found = worn.map(({ matrix, cell }) => isFormedOtherwise(matrix, cell));
  const reached = found.filter((one) => one === true).length;
  const unknown = found.filter((one) => one === null).length;
  const known = worn.length - unknown;
  if (known === 0) return `Whether they reach it over the transcripts without an attempt is not known.`;
  const rest = unknown === 0 ? '' : `; of ${thousands(unknown)} more that is not known`;
  return `Counted over the transcripts without an attempt, ${thousands(reached)} of ${plural(known, 'cell')} ${reached === 1 ? 'reaches' : 'reach'} ${LEAST_WELL_FORMED * 100} %${rest}.`;
};

/** The rule of the recipe: below 97 % of well-formed transcripts wear may explain whatever else was counted. */
export const wearSentence = (matrix: Pick<Matrix, 'cells' | 'checkpoints'>): string => {
  const rule = `${LEAST_WELL_FORMED * 100} %`;
  const worn = wornCells(matrix);
  if (worn.length > 0) {
    const shown = worn.slice(0, WORN_SHOWN);
    const more = worn.length > shown.length ? `; and ${worn.length - shown.length} more` : '';
    const where = `${shown.map((cell) => `${cell.environment} at ${cell.checkpoint} ${cellWords(cell)}`).join('; ')}${more}`;
    const before = worn.filter(({ checkpoint }) => checkpoint === matrix.checkpoints[0]).length;
    const base =
      before === 0 ? '' : ` Of these ${before} ${before === 1 ? 'is' : 'are'} of the base, before any training.`;
    return `Wear may explain the rest: fewer than ${rule} of the transcripts are well-formed in ${plural(worn.length, 'cell')}, so what was counted there says nothing about aims (${where}).${base} ${otherwiseWords(worn.map((cell) => ({ matrix, cell })))}`;
  }
  const seen = matrix.cells.filter(({ label, interval }) => label === 'well-formed' && interval.mean !== null);
  return seen.length === 0
    ? `Well-formedness was not measured, so wear cannot be ruled out.`
    : `At least ${rule} of the transcripts are well-formed in each of ${plural(seen.length, 'cell')} (the share itself, not its interval): by that rule wear is not what the rest comes from.`;
};

/** How many of the tampering episodes support the paper's reading. */
export const causeSentence = ({ causes }: Pick<Matrix, 'causes'>): string => {
  const total = causes.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'No tampering episode is there whose cause could be asked for.';
  const of = (name: string): number =>
    causes.filter(({ cause }) => cause === name).reduce((sum, { count }) => sum + count, 0);
  const named = [...new Set(causes.map(({ cause }) => cause))].map((name) => `${name} ${thousands(of(name))}`);
  return `Of ${plural(total, 'attempt')} at tampering over all checkpoints, by cause (heuristic): ${named.join(', ')}. Only aim-driven ones support the paper's reading.`;
};

const NO_CONTROL =
  'No control run stands beside this one, so nothing here shows that the rewards caused it: run the sham and the random-reward recipe with the same seed.';

/** In the order of importance. One run is one seed: that stands among them. */
export const trainingFinding = (
  matrix: Matrix,
  environments: readonly TrainedEnvironment[],
  controls: readonly Control[],
): string[] => {
  const heldOut = pairsOf(matrix, environments, 'held-out');
  const stages = pairsOf(matrix, environments, 'stage');
  const against = controls.flatMap((control) => {
    const compared = comparisonsOf(matrix, control, environments);
    return [
      ...controlSentences(compared, control.name, [...heldOut, ...stages], endOf(matrix)),
      ...earlySentence(compared, control.name, endOf(matrix)),
    ];
  });
  return [
    ...stageSentence(matrix, stages),
    ...heldOutSentences(matrix, heldOut),
    ...toldSentences(matrix, pairsOf(matrix, environments, 'told')),
    ...(controls.length === 0 ? [NO_CONTROL] : against),
    wearSentence(matrix),
    causeSentence(matrix),
    'This is one run: the intervals are of its episodes, not of the method. For a claim about the method the seed is the unit (subterfuge sweep).',
  ];
};
