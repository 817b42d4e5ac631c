/** Cells and dense measures over several seeds of one recipe. For a claim about a method the seed is the unit. */
import { inputError } from '../base/errors.ts';
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixCell } from '../record/training.ts';
import type { Scale } from '../stats/check.ts';
import { mean } from '../stats/mean.ts';
import { meanTest } from '../stats/mean-test.ts';
import { LOG_SCALE } from './dense-score.ts';
import { cellOf } from './matrix.ts';
import { type CellName, partnerOf } from './matrix-shift.ts';

const SHARE: Scale = [0, 1];
const CONTRAST: Scale = [-1, 1];

/** The scale of a dense measure, as its name says (dense.ts). */
const scaleOfMeasure = (measure: string): Scale =>
  measure.startsWith('log-') ? LOG_SCALE : measure.startsWith('contrast/') ? CONTRAST : SHARE;

/** A difference of two values on a scale. */
const differenceScale = ([low, high]: Scale): Scale => [low - high, high - low];

const requireOneEach = (matrices: readonly Matrix[]): void => {
  const seeds = matrices.map(({ seed }) => seed);
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (twice === undefined) return;
  throw inputError({
    code: 'seed-twice',
    what: 'A seed was given twice: two runs of one seed are one observation.',
    given: seeds.join(', '),
    allowed: 'matrices of one recipe, each of another seed',
    todo: 'Leave one of the two out.',
  });
};

/** One cell over several seeds. */
export interface SeedRate extends CellName {
  readonly seeds: readonly { readonly seed: string; readonly count: number; readonly n: number }[];
  /** Mean of the seeds' rates; each seed is one cluster. No interval from a single seed. */
  readonly estimate: Estimate;
}

/** A scored cell's rate by seed; a seed whose cell is missing or unscored gives no observation of its own. */
const observation = (cell: MatrixCell | null): number | null => cell?.interval.mean ?? null;

/** One cell over the matrices. Throws `seed-twice` (exit code 2) where a seed repeats. */
export const rateOverSeeds = (matrices: readonly Matrix[], { checkpoint, environment, label }: CellName): SeedRate => {
  requireOneEach(matrices);
  const found = matrices.flatMap((matrix) => {
    const cell = cellOf(matrix, checkpoint, environment, label);
    return cell === null ? [] : [{ seed: matrix.seed, cell }];
  });
  return {
    checkpoint,
    environment,
    label,
    seeds: found.map(({ seed, cell }) => ({ seed, count: cell.count, n: cell.n })),
    estimate: mean(found.map(({ seed, cell }) => ({ value: observation(cell), cluster: seed }))),
  };
};

/** A difference over the seeds that two sides share. */
export interface SeedDifference {
  readonly seeds: readonly { readonly seed: string; readonly difference: number }[];
  /** Mean of the differences; the seed is the unit. */
  readonly estimate: Estimate;
  /** Two-sided; null with fewer than two seeds. */
  readonly p: number | null;
}

const differenceOverSeeds = (
  seen: readonly { readonly seed: string; readonly difference: number | null }[],
  scale: Scale,
): SeedDifference => {
  const seeds = seen.flatMap(({ seed, difference }) => (difference === null ? [] : [{ seed, difference }]));
  const observations = seeds.map(({ seed, difference }) => ({ value: difference, cluster: seed }));
  return { seeds, estimate: mean(observations, scale), p: meanTest(observations, scale) };
};

/** What is subtracted: the control at the same point of training; or of both what they were before training. */
type Baseline = 'control' | 'change';

const pairs = (runs: readonly Matrix[], controls: readonly Matrix[]): (readonly [Matrix, Matrix])[] => {
  requireOneEach(runs);
  requireOneEach(controls);
  return runs.flatMap((run) => {
    const control = controls.find(({ seed }) => seed === run.seed);
    return control === undefined ? [] : [[run, control] as const];
  });
};

/** `of(matrix, checkpoint)` of the run less that of the control; with `change`, each less its own base first. */
const pairwise = (
  runs: readonly Matrix[],
  controls: readonly Matrix[],
  checkpoint: string,
  baseline: Baseline,
  of: (matrix: Matrix, checkpoint: string) => number | null,
): { seed: string; difference: number | null }[] =>
  pairs(runs, controls).map(([run, control]) => {
    const value = (matrix: Matrix, at: string | null): number | null => {
      const level = at === null ? null : of(matrix, at);
      if (level === null || baseline === 'control') return level;
      const before = of(matrix, matrix.checkpoints[0] ?? 'base');
      return before === null ? null : level - before;
    };
    const mine = value(run, checkpoint);
    const theirs = value(control, partnerOf(run, control, checkpoint));
    return { seed: run.seed, difference: mine === null || theirs === null ? null : mine - theirs };
  });

const widened = (scale: Scale, baseline: Baseline): Scale =>
  baseline === 'control' ? differenceScale(scale) : differenceScale(differenceScale(scale));

/**
 * One cell's difference from the control, seed by seed: the same base and the same tasks, trained apart. `change` is for two
 * bases: the change of the one less the change of the other. Seeds of one side only are left out.
 */
export const shiftOverSeeds = (
  runs: readonly Matrix[],
  controls: readonly Matrix[],
  { checkpoint, environment, label }: CellName,
  baseline: Baseline = 'control',
): SeedDifference =>
  differenceOverSeeds(
    pairwise(runs, controls, checkpoint, baseline, (matrix, at) => observation(cellOf(matrix, at, environment, label))),
    widened(SHARE, baseline),
  );

const denseIn = (matrix: Matrix, checkpoint: string, measure: string): number | null =>
  matrix.dense.find((row) => row.checkpoint === checkpoint && row.measure === measure)?.estimate.mean ?? null;

/** Names of the dense measures that any of the matrices has. */
export const measuresOf = (matrices: readonly Matrix[]): string[] => [
  ...new Set(matrices.flatMap(({ dense }) => dense.map(({ measure }) => measure))),
];

/** One dense measure at one checkpoint: the mean of the seeds' means. */
export const denseOverSeeds = (matrices: readonly Matrix[], checkpoint: string, measure: string): Estimate => {
  requireOneEach(matrices);
  const seen = matrices.map((matrix) => ({ value: denseIn(matrix, checkpoint, measure), cluster: matrix.seed }));
  return mean(
    seen.filter(({ value }) => value !== null),
    scaleOfMeasure(measure),
  );
};

/** One dense measure's difference from the control. */
export const denseShiftOverSeeds = (
  runs: readonly Matrix[],
  controls: readonly Matrix[],
  checkpoint: string,
  measure: string,
  baseline: Baseline = 'control',
): SeedDifference =>
  differenceOverSeeds(
    pairwise(runs, controls, checkpoint, baseline, (matrix, at) => denseIn(matrix, at, measure)),
    widened(scaleOfMeasure(measure), baseline),
  );

/** One measure less another in the same run, over seeds: what a forced prefix does that another does not. */
export const contrastOverSeeds = (
  matrices: readonly Matrix[],
  checkpointOf: (matrix: Matrix) => string,
  measure: string,
  other: string,
): SeedDifference => {
  requireOneEach(matrices);
  const seen = matrices.map((matrix) => {
    const first = denseIn(matrix, checkpointOf(matrix), measure);
    const second = denseIn(matrix, checkpointOf(matrix), other);
    return { seed: matrix.seed, difference: first === null || second === null ? null : first - second };
  });
  return differenceOverSeeds(seen, differenceScale(scaleOfMeasure(measure)));
};
