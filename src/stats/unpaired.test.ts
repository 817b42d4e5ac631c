import fc from 'fast-check';
import { expect, test } from 'vitest';
import { METHOD } from './clustered-proportion.ts';
import { type RateObservation, rate } from './rate.ts';
import { differenceOfRates, newcombeDifference } from './unpaired.ts';

test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])('Newcombe 1998, Statist Med 17:873, table II, method 10: %i/%i - %i/%i', (k1, n1, k2, n2, low, high) => {
  const interval = newcombeDifference(k1, n1, k2, n2);
  expect(interval[0]).toBeCloseTo(low, 4);
  expect(interval[1]).toBeCloseTo(high, 4);
});

const run = (name: string, events: number, trials: number, repeats = 1): RateObservation[] =>
  Array.from({ length: trials * repeats }, (_, i) => ({
    value: Math.floor(i / repeats) < events,
    cluster: `${name}-${Math.floor(i / repeats)}`,
  }));

test('rates without repeats: the same interval, with counts and bounds of both', () => {
  const second = rate([...run('b', 48, 80), { value: null, cluster: 'b-lost' }]);
  const difference = differenceOfRates(rate(run('a', 56, 70)), second);
  expect(difference.interval).toEqual(newcombeDifference(56, 70, 48, 80));
  expect(difference).toMatchObject({ n: 150, clusters: 150, method: 'newcombe hybrid score' });
  expect(difference.mean).toBeCloseTo(0.2, 12);
  expect(difference.bounds?.[0]).toBeCloseTo(0.8 - 49 / 81, 12);
  expect(difference.bounds?.[1]).toBeCloseTo(0.8 - 48 / 81, 12);
});

test('repeats count for their clusters, so the interval is about as wide as without them', () => {
  const width = (repeats: number): number => {
    const { interval } = differenceOfRates(rate(run('a', 56, 70, repeats)), rate(run('b', 48, 80, repeats)));
    return (interval?.[1] ?? Number.NaN) - (interval?.[0] ?? Number.NaN);
  };
  expect(width(10) / width(1)).toBeGreaterThan(0.97);
  expect(width(10) / width(1)).toBeLessThan(1.15);
});

test('no interval where a side has none', () => {
  const single = rate(run('a', 1, 1, 50));
  expect(differenceOfRates(single, rate(run('b', 2, 9)))).toMatchObject({ interval: null, method: METHOD.oneCluster });
  expect(differenceOfRates(rate([]), single)).toMatchObject({ mean: null, interval: null, bounds: null });
});

test('holds the difference, stays within [-1, 1], mirrors when the runs swap', () => {
  const sample = fc
    .integer({ min: 1, max: 200 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(sample, sample, ([k1, n1], [k2, n2]) => {
      const [low, high] = newcombeDifference(k1, n1, k2, n2);
      expect(low).toBeGreaterThanOrEqual(-1);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(k1 / n1 - k2 / n2);
      expect(high).toBeGreaterThanOrEqual(k1 / n1 - k2 / n2);
      const [swappedLow, swappedHigh] = newcombeDifference(k2, n2, k1, n1);
      expect(-swappedHigh).toBeCloseTo(low, 12);
      expect(-swappedLow).toBeCloseTo(high, 12);
    }),
  );
});

test('counts that cannot be are refused', () => {
  expect(() => newcombeDifference(1, 0, 1, 2)).toThrow('trials is not a count');
  expect(() => newcombeDifference(1, 2, 3, 2)).toThrow('3 of 2');
});
