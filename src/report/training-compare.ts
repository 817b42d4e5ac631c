/** A run beside one control: the cells that a reader is shown, and what each difference may be called. */
import type { Matrix } from '../record/training.ts';
import { type Reading, readingsOf } from '../stats/readings.ts';
import type { Shift } from '../train/matrix-shift.ts';
import { type Control, labelsFor, roleIn, type TrainedEnvironment } from './training-view.ts';

export interface Comparison extends Shift {
  /** After Holm's adjustment over all comparisons with this control. */
  readonly adjusted: number | null;
  readonly reading: Reading;
}

/** The headline rates of every checkpoint behind the base, where two runs of one seed are still one model. */
export const comparisonsOf = (
  { checkpoints }: Pick<Matrix, 'checkpoints'>,
  { shifts }: Pick<Control, 'shifts'>,
  environments: readonly TrainedEnvironment[],
): Comparison[] => {
  const [base] = checkpoints;
  const shown = shifts.filter(
    ({ checkpoint, environment, label }) =>
      checkpoint !== base && labelsFor(roleIn(environments, environment)).includes(label),
  );
  const readings = readingsOf(shown.map(({ difference, p }) => ({ difference: difference.mean, p })));
  return shown.map((shift, index) => ({ ...shift, ...(readings[index] ?? { adjusted: null, reading: 'not tested' }) }));
};
