import { graphError, sameShape, shapeText, type Value } from './graph.ts';
import { frontAxes, int64, recordOn, single } from './operator.ts';
import { reshape } from './shape.ts';

/** Sums over axes and broadcasting: each is the transpose of the other, so they stand together. */

export const keptShape = (a: Value, axes: readonly number[]): number[] =>
  a.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));

/** Emits a reduction. `axes` from the front. */
export const emitReduction = (op: string, a: Value, axes: readonly number[], keep: boolean): Value => {
  const shape = keep ? keptShape(a, axes) : a.shape.filter((_, axis) => !axes.includes(axis));
  const [out] = a.graph.emit({
    op,
    inputs: [a, int64(a.graph, axes)],
    outputs: [{ shape, type: a.type }],
    attributes: { keepdims: { int: keep ? 1 : 0 } },
  });
  return single(out);
};

/** Sum over `axes`; `keep` leaves them with size 1. */
export const reduceSum = (a: Value, axes: readonly number[], keep = false): Value => {
  const front = frontAxes(a, axes);
  return recordOn(a.graph, [a], emitReduction('ReduceSum', a, front, keep), [
    (gradient) => expand(reshape(gradient, keptShape(a, front)), a.shape),
  ]);
};

/** Broadcasts to a larger shape. */
export const expand = (a: Value, shape: readonly number[]): Value => {
  if (sameShape(a.shape, shape)) return a;
  const lead = shape.length - a.shape.length;
  if (lead < 0 || a.shape.some((size, axis) => size !== 1 && size !== shape[lead + axis])) {
    throw graphError(
      'A value does not broadcast to a shape.',
      `${shapeText(a.shape)} to ${shapeText(shape)}`,
      'equal sizes, or 1',
    );
  }
  const [out] = a.graph.emit({ op: 'Expand', inputs: [a, int64(a.graph, shape)], outputs: [{ shape, type: a.type }] });
  return recordOn(a.graph, [a], single(out), [(gradient) => sumTo(gradient, a.shape)]);
};

/** Sums a value down to a shape that broadcasts to its own. */
export const sumTo = (a: Value, shape: readonly number[]): Value => {
  if (sameShape(a.shape, shape)) return a;
  const lead = a.shape.length - shape.length;
  const axes = a.shape.flatMap((size, axis) => (axis < lead || (shape[axis - lead] === 1 && size !== 1) ? [axis] : []));
  return reshape(axes.length === 0 ? a : reduceSum(a, axes, true), shape);
};
