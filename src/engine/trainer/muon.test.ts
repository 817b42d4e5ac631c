import { expect, test } from 'vitest';
import { randomFloats } from '../model/tiny.contract.ts';
import { onnxRuntime } from '../onnx/session.ts';
import { createMuon } from './muon.ts';

const JOB = {
  step: 1,
  learningRate: 0,
  headLearningRate: 0,
  beta1: 0,
  beta2: 0,
  eps: 1,
  weightDecay: 0.5,
  gradientScale: 2,
  adamw: [],
  matrices: [],
};

test.each([
  [6, 10],
  [10, 6],
  [7, 7],
])('the step of a %i x %i matrix is nearly orthogonal, of the momentum’s direction', async (rows, columns) => {
  const muon = createMuon(await onnxRuntime()).update;
  const size = rows * columns;
  const offset = 3;
  const gradient = randomFloats(size + offset, 1, 'gradient');
  const moment = randomFloats(size + offset, 1, 'moment');
  const before = moment.slice();
  const weights = new Float32Array(size + offset).fill(1);
  await muon(
    weights,
    gradient,
    moment,
    { offset, rows, columns },
    { ...JOB, muon: { learningRate: 0.1, momentum: 0.9 } },
  );
  expect(weights.subarray(0, offset)).toEqual(new Float32Array(offset).fill(1));
  expect(moment[offset]).toBeCloseTo(0.9 * (before[offset] ?? 0) + 2 * (gradient[offset] ?? 0), 5);

  const scale = 0.1 * Math.sqrt(Math.max(1, rows / columns));
  const step = weights.subarray(offset).map((w) => (1 - 0.1 * 0.5 - w) / scale);
  const at = (row: number, column: number): number => step[row * columns + column] ?? Number.NaN;
  // The rows of the shorter side: lengths between 0.5 and 1.3, where the iteration leaves singular values.
  const short = Math.min(rows, columns);
  let squares = 0;
  for (const value of step) squares += value * value;
  expect(squares / short).toBeGreaterThan(0.5);
  expect(squares / short).toBeLessThan(1.4);
  // In the direction of what it was made from: their inner product is the sum of singular values, about.
  let inner = 0;
  for (let i = 0; i < size; i++) {
    const direction = 2 * (gradient[offset + i] ?? 0) + 0.9 * (moment[offset + i] ?? 0);
    inner += direction * at(Math.floor(i / columns), i % columns);
  }
  expect(inner).toBeGreaterThan(0);
});

test('a gradient of zeros moves nothing but the decay', async () => {
  const muon = createMuon(await onnxRuntime()).update;
  const weights = Float32Array.of(1, 2, 3, 4);
  const job = { ...JOB, weightDecay: 0, muon: { learningRate: 0.1, momentum: 0.9 } };
  await muon(weights, new Float32Array(4), new Float32Array(4), { offset: 0, rows: 2, columns: 2 }, job);
  expect(weights).toEqual(Float32Array.of(1, 2, 3, 4));
});
