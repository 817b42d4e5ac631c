import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterMean, clusterTotals } from './clusters.ts';

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

test('sums by cluster', () => {
  const totals = clusterTotals([
    { value: 1, cluster: 'a' },
    { value: 0.5, cluster: 'b' },
    { value: 2, cluster: 'a' },
  ]);
  expect(totals).toEqual([
    { size: 2, sum: 3 },
    { size: 1, sum: 0.5 },
  ]);
});

test('without repeats it is the textbook s / sqrt(n)', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  const { mean, standardError } = clusterMean(values.map((sum) => ({ size: 1, sum })));
  expect(mean).toBe(5);
  expect(standardError).toBeCloseTo(Math.sqrt(32 / 7 / 8), 12);
});

test('with clusters of one size it is the standard error of the cluster means', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 30 }),
      (size, means) => {
        const { standardError } = clusterMean(means.map((mean) => ({ size, sum: size * mean })));
        expect(standardError).toBeCloseTo(deviation(means) / Math.sqrt(means.length), 9);
      },
    ),
  );
});

test('the jackknife by hand: clusters (1, 1), (0), (0, 0, 1)', () => {
  const totals = [
    { size: 2, sum: 2 },
    { size: 1, sum: 0 },
    { size: 3, sum: 1 },
  ];
  // Mean 1/2; without each cluster in turn 1/4, 3/5, 2/3.
  const squares = (1 / 4 - 1 / 2) ** 2 + (3 / 5 - 1 / 2) ** 2 + (2 / 3 - 1 / 2) ** 2;
  expect(clusterMean(totals).standardError).toBeCloseTo(Math.sqrt((2 / 3) * squares), 12);
});

test('degrees of freedom: clusters less one, fewer where one cluster carries the mean, always above 0', () => {
  expect(clusterMean([3, 3, 3, 3].map((size) => ({ size, sum: 0 }))).df).toBeCloseTo(3, 12);
  expect(clusterMean([4, 1, 1].map((size) => ({ size, sum: 0 }))).df).toBeCloseTo(1, 12);
  expect(clusterMean([1000, 1].map((size) => ({ size, sum: 0 }))).df).toBeGreaterThan(0);
});

test('nothing, or one cluster: no standard error', () => {
  expect(clusterMean([])).toEqual({ n: 0, clusters: 0, mean: null, standardError: null, df: 0 });
  expect(clusterMean([{ size: 4, sum: 1 }])).toEqual({ n: 4, clusters: 1, mean: 0.25, standardError: null, df: 0 });
});

test('a missing cluster name is refused', () => {
  expect(() => clusterTotals([{ value: 1, cluster: '' }])).toThrow('cluster is missing');
});
