import { expect, test } from 'vitest';
import { rng } from '../../base/rng.ts';
import { onnxRuntime } from '../onnx/session.ts';
import { reduceSum } from './broadcast.ts';
import { compile } from './compile.ts';
import { add, exp, mul, scale, sigmoid, sub, tanh } from './elementwise.ts';
import { checkGradients, evaluate } from './gradient.contract.ts';
import { gradients } from './gradients.ts';
import { graph } from './graph.ts';
import { matMul } from './matmul.ts';
import { emitAlike, recordOn } from './operator.ts';

const refused = (what: RegExp) => expect.objectContaining({ code: 'bad-graph', what: expect.stringMatching(what) });

test('a perceptron of two layers learns exclusive or', async () => {
  const on = graph();
  const shapes = { w1: [2, 8], b1: [8], w2: [8, 1], b2: [1] };
  const weights = Object.entries(shapes).map(([name, shape]) => on.input(name, shape));
  const [w1, b1, w2, b2] = weights;
  if (w1 === undefined || b1 === undefined || w2 === undefined || b2 === undefined) throw new Error('four weights');
  const x = on.constant(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), [4, 2]);
  const wanted = on.constant(Float32Array.of(0, 1, 1, 0), [4, 1]);
  const output = sigmoid(add(matMul(tanh(add(matMul(x, w1), b1)), w2), b2));
  const miss = sub(output, wanted);
  const loss = reduceSum(mul(miss, miss), [0, 1]);
  const slopes = gradients(on, loss, weights);
  const names = Object.keys(shapes);
  const model = compile(on, {
    loss,
    output,
    ...Object.fromEntries(slopes.map((slope, index) => [`d_${names[index]}`, slope])),
  });

  const runtime = await onnxRuntime();
  const session = await runtime.open(model);
  const random = rng('exclusive or');
  const filled = (shape: readonly number[], of: () => number) => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, of);
    return { data, tensor: runtime.tensor(data, shape) };
  };
  const parameters = Object.values(shapes).map((shape) => filled(shape, () => 2 * random.next() - 1));
  const steps = Object.values(shapes).map((shape) => filled(shape, () => 0));
  const lossNow = filled([], () => 0);
  const outputNow = filled([4, 1], () => 0);
  const feeds = Object.fromEntries(names.map((name, index) => [name, parameters[index]?.tensor ?? lossNow.tensor]));
  const fetches = {
    loss: lossNow.tensor,
    output: outputNow.tensor,
    ...Object.fromEntries(names.map((name, index) => [`d_${name}`, steps[index]?.tensor ?? lossNow.tensor])),
  };
  for (let round = 0; round < 500; round++) {
    await session.run(feeds, fetches);
    for (const [index, { data }] of parameters.entries()) {
      for (const [at, slope] of (steps[index]?.data ?? []).entries()) data[at] = (data[at] ?? 0) - 0.7 * slope;
    }
  }
  await session.close();
  expect(lossNow.data[0]).toBeLessThan(0.02);
  expect([...outputNow.data].map(Math.round)).toEqual([0, 1, 1, 0]);
});

test('the check of gradients notices a factor that is five per cent off', async () => {
  const wrong = checkGradients([{ shape: [2], data: [0.5, 1] }], (_, inputs) =>
    inputs.map((a) =>
      recordOn(a.graph, [a], emitAlike('Exp', a), [(gradient, out) => scale(mul(gradient, out), 1.05)]),
    ),
  );
  await expect(wrong).rejects.toThrow(/element 0/);
});

test('a gradient may be asked of a value in the middle', async () => {
  const on = graph();
  const x = on.input('x', [2]);
  const middle = exp(x);
  const [dMiddle, dx] = gradients(on, reduceSum(mul(middle, middle), [0]), [middle, x]);
  if (dMiddle === undefined || dx === undefined) throw new Error('a gradient is missing');
  const given = await evaluate(on, { dMiddle, dx }, { x: { shape: [2], data: [0, 1] } });
  expect(Object.entries(given).map(([name, data]) => [name, ...data])).toEqual([
    ['dMiddle', 2, expect.closeTo(2 * Math.E, 5)],
    ['dx', 2, expect.closeTo(2 * Math.E ** 2, 4)],
  ]);
});

test('an output leaves out what it does not need', async () => {
  const on = graph();
  const [x, y] = [on.input('x', [2]), on.input('y', [2])];
  const sum = add(x, y);
  const session = await (await onnxRuntime()).open(compile(on, { twice: scale(x, 2), again: scale(x, 2) }));
  expect(session.inputNames).toEqual(['x']);
  expect(session.outputNames).toEqual(['twice', 'again']);
  await session.close();
  expect(compile(on, { sum }).length).toBeGreaterThan(0);
});

test('mistakes are refused where the graph is built', () => {
  const on = graph();
  const a = on.input('a', [2, 3]);
  const b = on.input('b', [2, 3]);
  expect(() => on.input('a', [1])).toThrow(refused(/name of its own/));
  expect(() => on.input('#1', [1])).toThrow(refused(/name of its own/));
  expect(() => on.input('c', [0])).toThrow(refused(/whole numbers/));
  expect(() => on.constant(new Float32Array(2), [3])).toThrow(refused(/does not fill/));
  expect(() => matMul(a, b)).toThrow(refused(/do not fit/));
  expect(() => add(a, on.input('d', [4]))).toThrow(refused(/do not broadcast/));
  expect(() => add(a, graph().input('a', [2, 3]))).toThrow(refused(/another graph/));
  expect(() => gradients(on, a, [b])).toThrow(refused(/one number/));
  expect(() => gradients(on, reduceSum(a, [0, 1]), [b])).toThrow(refused(/does not depend/));
  expect(() => reduceSum(a, [2])).toThrow(refused(/axes/));
  expect(() => compile(on, { a })).toThrow(refused(/name of its own/));
});
