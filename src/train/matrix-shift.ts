/**
 * Claims are about the shift against a control (sham, random reward), never about a level: tampering may rise merely
 * from learning to edit files. Here one run against one other, cell by cell; matrix-seeds.ts has several seeds.
 */
import type { Estimate } from '../record/estimate.ts';
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import { pairedDifference } from '../stats/paired.ts';
import { differenceOfRates } from '../stats/unpaired.ts';
import { cellOf } from './matrix.ts';
import { type Outcomes, outcomeKey } from './matrix-cells.ts';

export interface CellName {
  /** Of the first run: that of the other may have another name. */
  readonly checkpoint: string;
  readonly environment: string;
  readonly label: MatrixLabel;
}

/** A run as it is compared. Without `outcomes` its matrix alone is there, so tasks cannot be paired. */
export interface Compared {
  readonly matrix: Matrix;
  readonly outcomes: Outcomes | null;
}

export interface Shift extends CellName {
  readonly run: MatrixCell;
  readonly control: MatrixCell;
  /** Run minus control. */
  readonly difference: Estimate;
  /** Task by task, over the tasks that both played; else the two rates are taken as independent. */
  readonly isPaired: boolean;
  /** Two-sided; null where the tasks could not be paired. */
  readonly p: number | null;
}

/** The control's checkpoint that stands at the same point of training: the same name, else the last beside the last. */
export const partnerOf = (run: Matrix, control: Matrix, checkpoint: string): string | null => {
  if (control.checkpoints.includes(checkpoint)) return checkpoint;
  return checkpoint === run.checkpoints.at(-1) ? (control.checkpoints.at(-1) ?? null) : null;
};

const compare = (run: Compared, control: Compared, cell: MatrixCell, other: MatrixCell): Shift => {
  const { checkpoint, environment, label } = cell;
  const name = { checkpoint, environment, label, run: cell, control: other };
  const mine = run.outcomes?.get(outcomeKey(checkpoint, environment, label)) ?? [];
  const theirs = control.outcomes?.get(outcomeKey(other.checkpoint, environment, label)) ?? [];
  const tasks = new Set(theirs.map(({ task }) => task));
  if (!mine.some(({ task }) => tasks.has(task))) {
    return { ...name, difference: differenceOfRates(cell.interval, other.interval), isPaired: false, p: null };
  }
  const { difference, p } = pairedDifference(mine, theirs);
  return { ...name, difference, isPaired: true, p };
};

/** Every cell that both matrices have, in the order of the first. */
export const shiftsFrom = (run: Compared, control: Compared): Shift[] =>
  run.matrix.cells.flatMap((cell) => {
    const checkpoint = partnerOf(run.matrix, control.matrix, cell.checkpoint);
    const other = checkpoint === null ? null : cellOf(control.matrix, checkpoint, cell.environment, cell.label);
    return other === null ? [] : [compare(run, control, cell, other)];
  });
