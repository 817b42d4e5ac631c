import { emitReduction, expand, keptShape } from './broadcast.ts';
import { scale } from './elementwise.ts';
import type { Value } from './graph.ts';
import { frontAxes, recordOn } from './operator.ts';
import { reshape } from './shape.ts';

/** Means and maxima over axes. Sums are in `broadcast.ts`. */

/** Mean over `axes`; `keep` leaves them with size 1. */
export const reduceMean = (a: Value, axes: readonly number[], keep = false): Value => {
  const front = frontAxes(a, axes);
  const count = front.reduce((product, axis) => product * (a.shape[axis] ?? 1), 1);
  return recordOn(a.graph, [a], emitReduction('ReduceMean', a, front, keep), [
    (gradient) => expand(scale(reshape(gradient, keptShape(a, front)), 1 / count), a.shape),
  ]);
};

/** Largest element over `axes`. No gradient passes: it serves to keep exponentials in range, where it cancels. */
export const reduceMax = (a: Value, axes: readonly number[], keep = false): Value =>
  emitReduction('ReduceMax', a, frontAxes(a, axes), keep);
