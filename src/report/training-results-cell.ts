/** One cell of RESULTS.md in words: the seed is the unit, but before training there is one model and the task is. */
import type { Matrix } from '../record/training.ts';
import { cellOf } from '../train/matrix.ts';
import { rateOverSeeds } from '../train/matrix-seeds.ts';
import type { CellName } from '../train/matrix-shift.ts';
import { formatRate } from './format.ts';
import { eachSeed, overSeeds } from './training-results-table.ts';

export interface CellText {
  readonly rate: string;
  /** Exact counts, seed by seed. */
  readonly each: string;
  /** Some run has the cell. */
  readonly isRun: boolean;
}

/** `name.checkpoint` is one of these matrices' own. At the first one: the run with the most episodes, its interval by task. */
export const cellText = (matrices: readonly Matrix[], name: CellName): CellText => {
  const { estimate, seeds } = rateOverSeeds(matrices, name);
  const { checkpoint, environment, label } = name;
  const own = { each: eachSeed(seeds), isRun: seeds.length > 0 };
  if (matrices.some(({ checkpoints }) => checkpoints[0] !== checkpoint)) return { rate: overSeeds(estimate), ...own };
  const cells = matrices.flatMap((matrix) => cellOf(matrix, checkpoint, environment, label) ?? []);
  const [largest] = cells.toSorted((a, b) => b.n - a.n);
  return { rate: largest === undefined ? overSeeds(estimate) : formatRate(largest.interval), ...own };
};
