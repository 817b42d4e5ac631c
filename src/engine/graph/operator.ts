import { type GraphBuilder, graphError, shapeText, type Value } from './graph.ts';

/** What operators share: taking the one output, and putting a step of one output on the tape. */

/** The first output of an operator that always has one. */
export const single = (value: Value | undefined): Value => {
  if (value === undefined) throw graphError('An operator gave no output.', 'none', 'one');
  return value;
};

export type Backward = (gradient: Value, out: Value) => Value;

/** Records an operator of one output, with one backward function for each input. Gives the output back. */
export const recordOn = (
  graph: GraphBuilder,
  inputs: readonly Value[],
  out: Value,
  backward: readonly (Backward | null)[],
): Value => {
  graph.record({
    inputs,
    outputs: [out],
    backward: ([gradient]) =>
      backward.map((pass) =>
        gradient === null || gradient === undefined || pass === null ? null : pass(gradient, out),
      ),
  });
  return out;
};

/** An operator that gives a value of its input's shape and type. */
export const emitAlike = (op: string, a: Value): Value => single(a.graph.emit({ op, inputs: [a], outputs: [a] })[0]);

/** A list of sizes or axes, as ONNX wants them. */
export const int64 = (graph: GraphBuilder, numbers: readonly number[]): Value =>
  graph.constant(BigInt64Array.from(numbers, BigInt), [numbers.length]);

/** Axes counted from the front, each once, in order. */
export const frontAxes = (a: Value, axes: readonly number[]): number[] => {
  const rank = a.shape.length;
  const front = [...new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)))].toSorted((x, y) => x - y);
  if (front.length === 0 || front.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= rank)) {
    throw graphError(
      'An operator was given axes that its value does not have.',
      `[${axes.join(', ')}] of ${shapeText(a.shape)}`,
      `-${rank} to ${rank - 1}, at least one`,
    );
  }
  return front;
};
