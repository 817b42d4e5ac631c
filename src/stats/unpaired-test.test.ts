import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectableShift } from './power.ts';
import { rate } from './rate.ts';
import { differenceOfRates } from './unpaired.ts';
import { unpairedTest } from './unpaired-test.ts';

const draws = (count: number, n: number, perCluster: number, name: string) =>
  Array.from({ length: n }, (_, index) => ({
    value: index < count,
    cluster: `${name}${Math.floor(index / perCluster)}`,
  }));

const side = fc.tuple(
  fc.integer({ min: 4, max: 60 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 1, max: 2 }),
);

test('p is below 0.05 exactly where the interval leaves 0 out, and the order of the runs does not matter', () => {
  fc.assert(
    fc.property(side, side, ([n1, share1, size1], [n2, share2, size2]) => {
      const first = draws(Math.round(share1 * n1), n1, size1, 'a');
      const second = draws(Math.round(share2 * n2), n2, size2, 'b');
      const p = unpairedTest(first, second);
      const { interval } = differenceOfRates(rate(first), rate(second));
      expect(p).not.toBeNull();
      expect(interval).not.toBeNull();
      if (p === null || interval === null) return;
      const leavesOut = interval[0] > 1e-9 || interval[1] < -1e-9;
      if (Math.abs(p - 0.05) > 1e-6) expect(p < 0.05).toBe(leavesOut);
      expect(unpairedTest(second, first)).toBeCloseTo(p, 8);
    }),
    { numRuns: 40 },
  );
});

test('equal rates have p 1, opposite ones next to none, a single cluster none at all', () => {
  expect(unpairedTest(draws(10, 40, 1, 'a'), draws(10, 40, 1, 'b'))).toBeCloseTo(1, 6);
  expect(unpairedTest(draws(40, 40, 1, 'a'), draws(0, 40, 1, 'b'))).toBe(1e-12);
  expect(unpairedTest(draws(4, 4, 4, 'a'), draws(0, 40, 1, 'b'))).toBeNull();
  expect(unpairedTest([], [])).toBeNull();
});

test('what a comparison could have shown is 1.43 half-widths, none beyond the scale', () => {
  const stretched = (1.959964 + 0.841621) / 1.959964;
  expect(detectableShift({ mean: 0, interval: [-0.1, 0.1] }, 1)).toBeCloseTo(0.1 * stretched, 5);
  expect(detectableShift({ mean: 1, interval: [0.8, 1] }, 1)).toBeCloseTo(0.2 * stretched, 5);
  expect(detectableShift({ mean: 0, interval: [-0.9, 0.9] }, 1)).toBeNull();
  expect(detectableShift({ mean: 0, interval: null }, 1)).toBeNull();
});
