import { mul, shift, sigmoid, sub } from './elementwise.ts';
import { graphError, sameShape, shapeText, type Value } from './graph.ts';
import { recordOn, single } from './operator.ts';

/** x sigmoid(x) (Hendrycks & Gimpel, 2016; Elfwing et al., 2018). */
export const silu = (a: Value): Value => {
  const gate = sigmoid(a);
  const out = single(a.graph.emit({ op: 'Mul', inputs: [a, gate], outputs: [a] })[0]);
  // With s = sigmoid(x): s + x s (1 - s) = s (1 + x - x s).
  return recordOn(a.graph, [a], out, [(gradient) => mul(gradient, mul(gate, shift(sub(a, out), 1)))]);
};

/**
 * silu(gate) * up, as in SwiGLU (Shazeer, 2020). The same as `mul(silu(gate), up)`, but the backward pass multiplies by
 * the incoming gradient once less.
 */
export const swiglu = (gate: Value, up: Value): Value => {
  if (!sameShape(gate.shape, up.shape)) {
    throw graphError(
      'SwiGLU needs two values of one shape.',
      `${shapeText(gate.shape)} and ${shapeText(up.shape)}`,
      'equal shapes',
    );
  }
  return mul(silu(gate), up);
};
