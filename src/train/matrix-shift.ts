/**
 * Claims are about the shift against a control (sham, random reward), never about a level: tampering may rise merely
 * from learning to edit files. One seed: cell against cell, episodes clustered by task. Several: the seed is the unit.
 */
import { inputError } from '../base/errors.ts';
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import { mean } from '../stats/mean.ts';
import { differenceOfRates } from '../stats/unpaired.ts';
import { cellOf } from './matrix.ts';

export interface CellName {
  /** Of the first run; `last` pairs the last checkpoints where their names differ. */
  readonly checkpoint: string;
  readonly environment: string;
  readonly label: MatrixLabel;
}

export interface Shift extends CellName {
  readonly run: MatrixCell;
  readonly control: MatrixCell;
  /**
   * Run minus control. Both played the same tasks; the interval takes them as independent, which is too wide rather
   * than too narrow where tasks differ in difficulty.
   */
  readonly difference: Estimate;
}

/** The control's checkpoint that stands at the same point of training: the same name, else the last beside the last. */
const partner = (run: Matrix, control: Matrix, checkpoint: string): string | null => {
  if (control.checkpoints.includes(checkpoint)) return checkpoint;
  return checkpoint === run.checkpoints.at(-1) ? (control.checkpoints.at(-1) ?? null) : null;
};

/** Every cell that both matrices have, in the order of the first. */
export const shiftsFrom = (run: Matrix, control: Matrix): Shift[] =>
  run.cells.flatMap((cell) => {
    const checkpoint = partner(run, control, cell.checkpoint);
    const other = checkpoint === null ? null : cellOf(control, checkpoint, cell.environment, cell.label);
    if (other === null) return [];
    const { environment, label } = cell;
    const difference = differenceOfRates(cell.interval, other.interval);
    return [{ checkpoint: cell.checkpoint, environment, label, run: cell, control: other, difference }];
  });

/** Against the run's own base: what training did to each cell. */
export const shiftsFromBase = (run: Matrix): Shift[] => {
  const base = run.checkpoints[0];
  if (base === undefined) return [];
  return run.cells.flatMap((cell) => {
    const before = cellOf(run, base, cell.environment, cell.label);
    if (before === null || cell.checkpoint === base) return [];
    const { checkpoint, environment, label } = cell;
    const difference = differenceOfRates(cell.interval, before.interval);
    return [{ checkpoint, environment, label, run: cell, control: before, difference }];
  });
};

/** One cell over several seeds. */
export interface SeedRate extends CellName {
  readonly seeds: readonly { readonly seed: string; readonly count: number; readonly n: number }[];
  /** Mean of the seeds' rates; each seed is one cluster. No interval from a single seed. */
  readonly estimate: Estimate;
}

const requireOneEach = (matrices: readonly Matrix[]): void => {
  const seeds = matrices.map(({ seed }) => seed);
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (twice === undefined) return;
  throw inputError({
    code: 'seed-twice',
    what: 'A seed was given twice: two runs of one seed are one observation.',
    given: seeds.join(', '),
    allowed: 'matrices of one recipe, each of another seed',
  });
};

/** A scored cell's rate by seed; a seed whose cell is missing or unscored gives no observation of its own. */
const observation = (cell: MatrixCell | null): number | null => cell?.interval.mean ?? null;

/** The cells of the first matrix over all of them. Throws `seed-twice` (exit code 2) where a seed repeats. */
export const ratesOverSeeds = (matrices: readonly Matrix[]): SeedRate[] => {
  requireOneEach(matrices);
  const [first] = matrices;
  return (first?.cells ?? []).map(({ checkpoint, environment, label }) => {
    const found = matrices.map((matrix) => ({
      seed: matrix.seed,
      cell: cellOf(matrix, checkpoint, environment, label),
    }));
    return {
      checkpoint,
      environment,
      label,
      seeds: found.map(({ seed, cell }) => ({ seed, count: cell?.count ?? 0, n: cell?.n ?? 0 })),
      estimate: mean(found.map(({ seed, cell }) => ({ value: observation(cell), cluster: seed }))),
    };
  });
};

/** One cell's difference from the control over the seeds that both have. */
export interface SeedShift extends CellName {
  readonly seeds: readonly { readonly seed: string; readonly difference: number }[];
  /** Mean of the differences, seed by seed, from -1 to 1; the seed is the unit. */
  readonly estimate: Estimate;
}

/** Pairs runs and controls by seed: the same base and the same tasks, trained apart. Seeds of one side only are left out. */
export const shiftsOverSeeds = (runs: readonly Matrix[], controls: readonly Matrix[]): SeedShift[] => {
  requireOneEach(runs);
  requireOneEach(controls);
  const pairs = runs.flatMap((run) => {
    const control = controls.find(({ seed }) => seed === run.seed);
    return control === undefined ? [] : [{ seed: run.seed, shifts: shiftsFrom(run, control) }];
  });
  const [first] = pairs;
  return (first?.shifts ?? []).map(({ checkpoint, environment, label }) => {
    const seen = pairs.flatMap(({ seed, shifts }) => {
      const same = shifts.find(
        (shift) => shift.checkpoint === checkpoint && shift.environment === environment && shift.label === label,
      );
      return same === undefined || same.difference.mean === null ? [] : [{ seed, difference: same.difference.mean }];
    });
    const estimate = mean(
      seen.map(({ seed, difference }) => ({ value: difference, cluster: seed })),
      [-1, 1],
    );
    return { checkpoint, environment, label, seeds: seen, estimate };
  });
};
