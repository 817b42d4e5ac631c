import { sizeOf } from '../onnx/model.ts';
import { add } from './elementwise.ts';
import { type GraphBuilder, graphError, sameShape, shapeText, type Value } from './graph.ts';

/**
 * Emits d loss / d value for every value of `wrt`, each of its value's shape, in that order. `loss` has one element.
 * `wrt` may name any float value of the graph, also one in the middle: asking for the rows that `gatherRows` gave hands
 * the caller the gradient to scatter himself. Reverse-mode accumulation (Griewank & Walther, 2008, chapter 3).
 * Throws `bad-graph` where the loss does not depend on a value.
 */
export const gradients = (on: GraphBuilder, loss: Value, wrt: readonly Value[]): Value[] => {
  if (sizeOf(loss.shape) !== 1 || loss.type !== 'float32') {
    throw graphError('A loss is one number.', `${loss.type} ${shapeText(loss.shape)}`, 'float32 with one element');
  }
  const wanted = new Set(wrt);
  const tape = [...on.tape];
  const varies = new Set<Value>(wanted);
  for (const step of tape) {
    if (step.inputs.some((input) => varies.has(input))) for (const output of step.outputs) varies.add(output);
  }

  const found = new Map<Value, Value>([[loss, on.constant(Float32Array.of(1), loss.shape)]]);
  for (const step of tape.reverse()) {
    const outer = step.outputs.map((output) => found.get(output) ?? null);
    if (outer.every((gradient) => gradient === null) || !step.inputs.some((input) => varies.has(input))) continue;
    const inner = step.backward(outer);
    for (const [index, input] of step.inputs.entries()) {
      const gradient = inner[index];
      if (gradient === null || gradient === undefined || !varies.has(input)) continue;
      if (!sameShape(gradient.shape, input.shape)) {
        throw graphError(
          `The gradient of ${input.name} has another shape.`,
          shapeText(gradient.shape),
          shapeText(input.shape),
        );
      }
      const before = found.get(input);
      found.set(input, before === undefined ? gradient : add(before, gradient));
    }
  }

  return wrt.map((value) => {
    const gradient = found.get(value);
    if (gradient === undefined) {
      throw graphError(
        'The loss does not depend on a value that its gradient is wanted of.',
        value.name,
        'values on the path to the loss',
      );
    }
    return gradient;
  });
};
