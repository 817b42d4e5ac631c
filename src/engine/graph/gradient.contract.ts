import fc from 'fast-check';
import { expect } from 'vitest';
import { onnxRuntime, type RuntimeTensor } from '../onnx/session.ts';
import { reduceSum } from './broadcast.ts';
import { compile } from './compile.ts';
import { add, mul } from './elementwise.ts';
import { gradients } from './gradients.ts';
import { type GraphBuilder, graph, type Value } from './graph.ts';
import { reshape } from './shape.ts';

/**
 * Gradients against finite differences. An operator is built on inputs of given shapes; a fixed weighted sum of all its
 * outputs is the loss. Every element of every input is moved by +-h and +-2h (fourth-order central difference), and the
 * sums are taken in double precision, so that only the operator's own float32 rounding is left.
 */

export interface Input {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export type Build = (on: GraphBuilder, inputs: readonly Value[]) => readonly Value[];

const STEP = 0.02;
/** Of the largest derivative: a wrong factor, sign or index is far larger, float32 noise is some 1e-4. */
const RELATIVE = 3e-3;
const ABSOLUTE = 2e-4;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** A value of the given shape with elements in [min, max]. */
export const anInput = (shape: readonly number[], min = -2, max = 2): fc.Arbitrary<Input> => {
  const length = sizeOf(shape);
  return fc
    .array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length })
    .map((data) => ({ shape, data }));
};

export const aSize = fc.integer({ min: 1, max: 4 });
export const aShape = fc.array(aSize, { minLength: 1, maxLength: 3 });

/** Irregular and never near 0, so that no error cancels in the sum. */
const outputWeight = (index: number): number => 0.6 + 0.4 * Math.sin(3 * index + 1);

/** Runs a graph once. */
export const evaluate = async (
  on: GraphBuilder,
  outputs: Readonly<Record<string, Value>>,
  feeds: Readonly<Record<string, Input>>,
): Promise<Record<string, Float32Array>> => {
  const runtime = await onnxRuntime();
  const session = await runtime.open(compile(on, outputs));
  const tensors: Record<string, RuntimeTensor> = {};
  for (const name of session.inputNames) {
    const feed = feeds[name];
    if (feed !== undefined) tensors[name] = runtime.tensor(Float32Array.from(feed.data), feed.shape);
  }
  const results = await session.run(tensors, Object.fromEntries(Object.keys(outputs).map((name) => [name, null])));
  await session.close();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Float32Array.from(data, Number)]));
};

export const checkGradients = async (inputs: readonly Input[], build: Build): Promise<void> => {
  const on = graph();
  const values = inputs.map(({ shape }, index) => on.input(`x${index}`, shape));
  const outputs = build(on, values);
  const weights = outputs.map(({ shape }) => Float32Array.from({ length: sizeOf(shape) }, (_, i) => outputWeight(i)));
  const loss = weightedSum(on, outputs, weights);
  const runtime = await onnxRuntime();
  const names = outputs.map((_, index) => `y${index}`);
  const forward = await runtime.open(compile(on, Object.fromEntries(outputs.map((y, index) => [`y${index}`, y]))));
  const data = inputs.map((input) => Float32Array.from(input.data));
  const feeds = Object.fromEntries(
    inputs.map(({ shape }, index) => [`x${index}`, runtime.tensor(data[index] ?? new Float32Array(0), shape)]),
  );
  const sumAt = async (): Promise<number> => {
    const results = await forward.run(feeds, Object.fromEntries(names.map((name) => [name, null])));
    let sum = 0;
    for (const [index, name] of names.entries()) {
      for (const [at, y] of Array.from(results[name]?.data ?? [], Number).entries()) {
        sum += y * (weights[index]?.[at] ?? 0);
      }
    }
    return sum;
  };

  const found = gradients(on, loss, values);
  const given = await evaluate(
    on,
    Object.fromEntries(found.map((value, index) => [`g${index}`, value])),
    Object.fromEntries(inputs.map((input, index) => [`x${index}`, input])),
  );
  for (const [index, moved] of data.entries()) {
    const differences: number[] = [];
    for (let at = 0; at < moved.length; at++) {
      const middle = moved[at] ?? 0;
      const sums: number[] = [];
      const steps: number[] = [];
      for (const factor of [-2, -1, 1, 2]) {
        moved[at] = middle + factor * STEP;
        steps.push((moved[at] ?? 0) - middle);
        sums.push(await sumAt());
      }
      moved[at] = middle;
      const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = sums;
      const [d0 = 0, d1 = 0, d2 = 0, d3 = 0] = steps;
      // Each pair over the distance that float32 really moved; then the usual 4/3 and -1/3.
      differences.push((4 * ((s2 - s1) / (d2 - d1)) - (s3 - s0) / (d3 - d0)) / 3);
    }
    const largest = Math.max(...differences.map(Math.abs));
    for (const [at, difference] of differences.entries()) {
      const error = Math.abs((given[`g${index}`]?.[at] ?? Number.NaN) - difference);
      expect(error, `input ${index}, element ${at}: ${given[`g${index}`]?.[at]} for ${difference}`).toBeLessThanOrEqual(
        RELATIVE * largest + ABSOLUTE,
      );
    }
  }
  await forward.close();
};

const weightedSum = (on: GraphBuilder, outputs: readonly Value[], weights: readonly Float32Array[]): Value => {
  const sums = outputs.map((y, index) => {
    const flat = reshape(y, [sizeOf(y.shape)]);
    return reduceSum(mul(flat, on.constant(weights[index] ?? new Float32Array(0), flat.shape)), [0]);
  });
  return sums.reduce(add);
};

/** For every choice of shapes and values that `arbitrary` gives, the gradients of `build` are right. */
export const holdsFor = async (arbitrary: fc.Arbitrary<readonly Input[]>, build: Build, runs = 15): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(arbitrary, (inputs) => checkGradients(inputs, build)),
    { numRuns: runs },
  );
};
