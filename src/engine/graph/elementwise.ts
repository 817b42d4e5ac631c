import { sumTo } from './broadcast.ts';
import { graphError, shapeText, type Value } from './graph.ts';
import { type Backward, emitAlike, recordOn, single } from './operator.ts';

/** Operators that work element by element, with NumPy broadcasting; gradients are summed back to the smaller shape. */

/** The shape that two shapes broadcast to. */
const broadcastShape = (a: readonly number[], b: readonly number[]): number[] => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw graphError('Two shapes do not broadcast.', `${shapeText(a)} and ${shapeText(b)}`, 'equal sizes, or 1');
    }
    return left === 1 ? right : left;
  });
};

const emitBinary = (op: string, a: Value, b: Value): Value => {
  const [out] = a.graph.emit({
    op,
    inputs: [a, b],
    outputs: [{ shape: broadcastShape(a.shape, b.shape), type: a.type }],
  });
  return single(out);
};

const binary = (op: string, a: Value, b: Value, left: Backward, right: Backward): Value =>
  recordOn(a.graph, [a, b], emitBinary(op, a, b), [
    (gradient, out) => sumTo(left(gradient, out), a.shape),
    (gradient, out) => sumTo(right(gradient, out), b.shape),
  ]);

const unary = (op: string, a: Value, backward: Backward): Value => recordOn(a.graph, [a], emitAlike(op, a), [backward]);

export const add = (a: Value, b: Value): Value =>
  binary(
    'Add',
    a,
    b,
    (g) => g,
    (g) => g,
  );
export const sub = (a: Value, b: Value): Value => binary('Sub', a, b, (g) => g, neg);
export const mul = (a: Value, b: Value): Value =>
  binary(
    'Mul',
    a,
    b,
    (g) => mul(g, b),
    (g) => mul(g, a),
  );
/** d (a / b) / d b = -(a / b) / b. */
export const div = (a: Value, b: Value): Value =>
  binary(
    'Div',
    a,
    b,
    (g) => div(g, b),
    (g, out) => neg(mul(g, div(out, b))),
  );

/** Times a fixed number. */
export const scale = (a: Value, factor: number): Value => (factor === 1 ? a : mul(a, a.graph.scalar(factor)));
/** Plus a fixed number. */
export const shift = (a: Value, by: number): Value => (by === 0 ? a : add(a, a.graph.scalar(by)));

export const neg = (a: Value): Value => unary('Neg', a, neg);
export const exp = (a: Value): Value => unary('Exp', a, (g, out) => mul(g, out));
/** Natural logarithm. */
export const log = (a: Value): Value => unary('Log', a, (g) => div(g, a));
export const sqrt = (a: Value): Value => unary('Sqrt', a, (g, out) => div(scale(g, 0.5), out));
export const sigmoid = (a: Value): Value =>
  unary('Sigmoid', a, (g, out) => mul(g, mul(out, sub(a.graph.scalar(1), out))));
export const tanh = (a: Value): Value => unary('Tanh', a, (g, out) => mul(g, sub(a.graph.scalar(1), mul(out, out))));

/** The same value, through which no gradient passes. */
export const detach = (a: Value): Value => emitAlike('Identity', a);
