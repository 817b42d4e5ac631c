import { sizeOf } from '../onnx/model.ts';
import { dim, graphError, sameShape, shapeText, type Value } from './graph.ts';
import { int64, recordOn, single } from './operator.ts';

/** Operators that move elements and compute nothing. `reshape` is free; the others copy. */

/** The same elements in row-major order under another shape. */
export const reshape = (a: Value, shape: readonly number[]): Value => {
  if (sameShape(a.shape, shape)) return a;
  if (sizeOf(a.shape) !== sizeOf(shape)) {
    throw graphError(
      'A reshape must keep the number of elements.',
      `${shapeText(a.shape)} to ${shapeText(shape)}`,
      `${sizeOf(a.shape)} elements`,
    );
  }
  const [out] = a.graph.emit({ op: 'Reshape', inputs: [a, int64(a.graph, shape)], outputs: [{ shape, type: a.type }] });
  return recordOn(a.graph, [a], single(out), [(gradient) => reshape(gradient, a.shape)]);
};

/** Axis i of the result is axis `order[i]` of the value. */
export const transpose = (a: Value, order: readonly number[]): Value => {
  if (order.length !== a.shape.length || order.toSorted((x, y) => x - y).some((axis, index) => axis !== index)) {
    throw graphError(
      'A transpose needs every axis once.',
      `[${order.join(', ')}]`,
      `an order of 0 to ${a.shape.length - 1}`,
    );
  }
  if (order.every((axis, index) => axis === index)) return a;
  const [out] = a.graph.emit({
    op: 'Transpose',
    inputs: [a],
    outputs: [{ shape: order.map((axis) => dim(a, axis)), type: a.type }],
    attributes: { perm: { ints: order } },
  });
  const back = order.map((_, axis) => order.indexOf(axis));
  return recordOn(a.graph, [a], single(out), [(gradient) => transpose(gradient, back)]);
};

const frontAxis = (a: Value, axis: number): number => {
  dim(a, axis);
  return axis < 0 ? axis + a.shape.length : axis;
};

const withDim = (shape: readonly number[], axis: number, size: number): number[] =>
  shape.map((old, index) => (index === axis ? size : old));

/** Elements `start` to before `end` along one axis. */
export const slice = (a: Value, axis: number, start: number, end: number): Value => {
  const front = frontAxis(a, axis);
  const size = dim(a, front);
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end > start && end <= size)) {
    throw graphError('A slice must lie inside its axis and hold something.', `${start} to ${end}`, `0 to ${size}`);
  }
  if (start === 0 && end === size) return a;
  const [out] = a.graph.emit({
    op: 'Slice',
    inputs: [a, int64(a.graph, [start]), int64(a.graph, [end]), int64(a.graph, [front])],
    outputs: [{ shape: withDim(a.shape, front, end - start), type: a.type }],
  });
  return recordOn(a.graph, [a], single(out), [
    (gradient) => {
      const before = a.shape.map((_, index) => (index === front ? start : 0));
      const after = a.shape.map((_, index) => (index === front ? size - end : 0));
      const inputs = [gradient, int64(gradient.graph, [...before, ...after])];
      return single(a.graph.emit({ op: 'Pad', inputs, outputs: [{ shape: a.shape }] })[0]);
    },
  ]);
};

/** Joins values along one axis. */
export const concat = (values: readonly Value[], axis: number): Value => {
  const [first] = values;
  if (first === undefined) throw graphError('A concat needs values.', 'none', 'at least one');
  if (values.length === 1) return first;
  const front = frontAxis(first, axis);
  for (const value of values) {
    if (!sameShape(withDim(value.shape, front, 1), withDim(first.shape, front, 1))) {
      throw graphError(
        'Values to join differ in another axis too.',
        values.map((v) => shapeText(v.shape)).join(' '),
        `equal but for axis ${front}`,
      );
    }
  }
  const sizes = values.map((value) => dim(value, front));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const [out] = first.graph.emit({
    op: 'Concat',
    inputs: values,
    outputs: [{ shape: withDim(first.shape, front, total), type: first.type }],
    attributes: { axis: { int: front } },
  });
  const joined = single(out);
  first.graph.record({
    inputs: values,
    outputs: [joined],
    backward: ([gradient]) => (gradient === null || gradient === undefined ? [] : split(gradient, front, sizes)),
  });
  return joined;
};

/** Cuts a value into parts of the given sizes along one axis. */
export const split = (a: Value, axis: number, sizes: readonly number[]): Value[] => {
  const front = frontAxis(a, axis);
  if (sizes.reduce((sum, size) => sum + size, 0) !== dim(a, front)) {
    throw graphError('The parts of a split must fill the axis.', sizes.join(' + '), `${dim(a, front)} in all`);
  }
  if (sizes.length === 1) return [a];
  const parts = a.graph.emit({
    op: 'Split',
    inputs: [a, int64(a.graph, sizes)],
    outputs: sizes.map((size) => ({ shape: withDim(a.shape, front, size), type: a.type })),
    attributes: { axis: { int: front } },
  });
  a.graph.record({
    inputs: [a],
    outputs: parts,
    // A part on which the loss does not depend counts as zeros.
    backward: (outer) => [
      concat(
        parts.map((part, index) => outer[index] ?? a.graph.constant(new Float32Array(sizeOf(part.shape)), part.shape)),
        front,
      ),
    ],
  });
  return parts;
};
