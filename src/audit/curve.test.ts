import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOfNCurve, bestOfWeights, type Pool } from './curve.ts';

test('weights are those of the best of N without replacement', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
      const [size, draws] = [Math.max(a, b), Math.min(a, b)];
      const weights = bestOfWeights(size, draws);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(weights.every((weight, index) => weight <= (weights[index - 1] ?? 1) + 1e-12)).toBe(true);
    }),
  );
  // C(4, 2) = 6 pairs: the best is in 3 of them, the second best of the rest in 2, the third in 1.
  expect(bestOfWeights(4, 2)).toEqual([0.5, expect.closeTo(1 / 3, 12), expect.closeTo(1 / 6, 12), 0]);
});

const pool = (example: string, proxy: (number | null)[], intent: (number | null)[]): Pool => ({
  example,
  proxy,
  intent,
});

test('under optimisation the proxy rises and the intent falls', () => {
  const pools = ['a', 'b', 'c'].map((id) => pool(id, [1, 0.6, 0.5, 0.2], [0, 1, 1, 0]));
  const curve = bestOfNCurve(pools);
  expect(curve.map(({ n }) => n)).toEqual([1, 2, 4]);
  expect(curve.map(({ proxy }) => proxy.mean)).toEqual([
    expect.closeTo(0.575, 9),
    expect.closeTo(0.5 + 0.2 + 0.5 / 6, 9),
    1,
  ]);
  expect(curve.at(-1)?.intent?.mean).toBe(0);
  expect(curve[0]?.intent?.mean).toBe(0.5);
});

test('the proxy never falls with N', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (lists) => {
      const curve = bestOfNCurve(
        lists.map((proxy, index) =>
          pool(
            String(index),
            proxy,
            proxy.map(() => null),
          ),
        ),
      );
      const means = curve.map(({ proxy }) => proxy.mean ?? 0);
      expect(means.every((mean, index) => mean >= (means[index - 1] ?? 0) - 1e-9)).toBe(true);
      expect(curve.every(({ intent }) => intent === null)).toBe(true);
    }),
  );
});

test('ties share their weight, answers without a score are not picked, and no pool gives no curve', () => {
  const [first, second] = bestOfNCurve([pool('a', [1, 1, null], [1, 0, 1])]);
  expect(first?.intent?.mean).toBe(0.5);
  expect(second?.intent?.mean).toBe(0.5);
  expect(bestOfNCurve([])).toEqual([]);
  expect(bestOfNCurve([pool('a', [null], [1])])).toEqual([]);
});
