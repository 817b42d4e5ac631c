import { expect, test } from 'vitest';
import { adamw, clipScale, sumOfSquares } from './adamw.ts';

const STEP = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-8, weightDecay: 0.5, gradientScale: 1 };

test('two steps are those of a calculation by hand', () => {
  const weights = Float32Array.of(1, 2);
  const moments = { first: new Float32Array(2), second: new Float32Array(2) };
  // Step 1: m = 0.05, v = 0.0025; corrected 0.5 and 0.25, so the step is 0.1 * 0.5 / 0.5 = 0.1; decayed 1 -> 0.95.
  adamw(weights, Float32Array.of(0.5, 9), moments, 0, 1, { ...STEP, step: 1 });
  expect(weights[0]).toBeCloseTo(0.85, 6);
  expect(weights[1]).toBe(2);
  // Step 2, gradient -1: m = 0.045 - 0.1 = -0.055, v = 0.002475 + 0.01 = 0.012475; corrected by 0.19 and 0.0199:
  // -0.289474 and 0.626884, square root 0.791760; 0.85 * 0.95 + 0.1 * 0.289474 / 0.791760 = 0.844061.
  adamw(weights, Float32Array.of(-1, 9), moments, 0, 1, { ...STEP, step: 2 });
  expect(weights[0]).toBeCloseTo(0.844061, 5);
  expect(moments.first[0]).toBeCloseTo(-0.055, 6);
  expect(moments.second[0]).toBeCloseTo(0.012475, 6);
});

test('the gradient is scaled before anything else', () => {
  const run = (gradient: number, gradientScale: number): number => {
    const weights = Float32Array.of(1);
    const moments = { first: new Float32Array(1), second: new Float32Array(1) };
    adamw(weights, Float32Array.of(gradient), moments, 0, 1, { ...STEP, eps: 1, gradientScale, step: 1 });
    return weights[0] ?? Number.NaN;
  };
  expect(run(4, 0.25)).toBe(run(1, 1));
  expect(run(4, 1)).not.toBe(run(1, 1));
});

test('clipping scales a long gradient to the limit and leaves a short one', () => {
  expect(clipScale(10, 1)).toBeCloseTo(0.1, 6);
  expect(clipScale(0.5, 1)).toBe(1);
  expect(clipScale(10, Infinity)).toBe(1);
});

test('a sum of squares is of its stretch, in double precision, and shows what is no number', () => {
  expect(sumOfSquares(Float32Array.of(9, 3, 4, 9), 1, 3)).toBe(25);
  expect(sumOfSquares(new Float32Array(2).fill(3e38), 0, 2)).toBeLessThan(Infinity);
  expect(sumOfSquares(Float32Array.of(1, Number.NaN), 0, 2)).toBeNaN();
  expect(sumOfSquares(Float32Array.of(1, -Infinity), 0, 2)).toBe(Infinity);
});
