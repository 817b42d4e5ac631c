import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateSchema } from '../record/estimate.ts';
import { METHOD } from './clustered-proportion.ts';
import { type MeanObservation, mean } from './mean.ts';
import { clopperPearson } from './proportion.ts';

const spread = (values: readonly (number | null)[]): MeanObservation[] =>
  values.map((value, index) => ({ value, cluster: `task-${index}` }));

test('Student 1908, Biometrika 6:1, extra hours of sleep (R data set sleep): mean 1.58, 95 % 0.700 to 2.460', () => {
  // Paired differences of the two drugs; R: t.test(extra ~ group, paired = TRUE).
  const hours = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const { mean: average, interval, method } = mean(spread(hours), [-24, 24]);
  expect(average).toBeCloseTo(1.58, 12);
  expect(interval?.[0]).toBeCloseTo(0.7001142, 6);
  expect(interval?.[1]).toBeCloseTo(2.4598858, 6);
  expect(method).toBe(METHOD.clusterT);
});

test('unscored values are left out, and the bounds put them at both ends of the scale', () => {
  expect(mean(spread([0.5, 0.7, null, null]))).toMatchObject({ mean: 0.6, n: 2, clusters: 2, bounds: [0.3, 0.8] });
  expect(mean(spread([4, null]), [-10, 10]).bounds).toEqual([-3, 7]);
});

test('nothing scored, or one cluster: no interval', () => {
  expect(mean(spread([null]))).toMatchObject({ mean: null, interval: null, bounds: [0, 1] });
  expect(mean([])).toMatchObject({ mean: null, interval: null, bounds: null, n: 0 });
  const repeated = [0.2, 0.4, 0.9].map((value) => ({ value, cluster: 'same' }));
  expect(mean(repeated)).toMatchObject({ mean: 0.5, interval: null, clusters: 1, method: METHOD.oneCluster });
});

test('equal values give a width all the same: as wide as the exact interval for a rate', () => {
  const zeros = mean(spread(Array.from({ length: 20 }, () => 0)));
  expect(zeros.method).toBe(METHOD.noVariation);
  expect(zeros.interval?.[0]).toBe(0);
  expect(zeros.interval?.[1]).toBeCloseTo(clopperPearson(0, 20)[1], 12);
  const thirds = mean(spread(Array.from({ length: 20 }, () => 0.1)));
  expect(thirds.interval?.[0]).toBeLessThan(0.09);
  expect(thirds.interval?.[1]).toBeGreaterThan(0.2);
});

test('twins whose means agree do not give an interval without width', () => {
  const twins = ['a', 'b', 'c'].flatMap((cluster) => [
    { value: 0, cluster },
    { value: 1, cluster },
  ]);
  const [low, high] = mean(twins).interval ?? [0, 0];
  expect(high - low).toBeGreaterThan(0.5);
});

test('values off the scale, NaN, and scales that are none are refused', () => {
  expect(() => mean(spread([1.2]))).toThrow(/outside its scale[\s\S]*1\.2[\s\S]*0 to 1/);
  expect(() => mean(spread([Number.NaN]))).toThrow('NaN');
  expect(() => mean(spread([0.5]), [1, 0])).toThrow('finite range');
  expect(() => mean([], [0, Number.POSITIVE_INFINITY])).toThrow('finite range');
});

test('always a valid record on the scale, holding its mean; flipping the scale flips the interval', () => {
  const observations = fc.array(
    fc.record({
      value: fc.option(fc.double({ min: -2, max: 3, noNaN: true })),
      cluster: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    }),
  );
  fc.assert(
    fc.property(observations, (list) => {
      const seen = estimateSchema.parse(mean(list, [-2, 3]));
      const flipped = mean(
        list.map(({ value, cluster }) => ({ value: value === null ? null : -value, cluster })),
        [-3, 2],
      );
      if (seen.mean === null || seen.interval === null) return;
      expect(seen.interval[0]).toBeGreaterThanOrEqual(-2);
      expect(seen.interval[1]).toBeLessThanOrEqual(3);
      expect(seen.interval[0]).toBeLessThanOrEqual(seen.mean);
      expect(seen.interval[1]).toBeGreaterThanOrEqual(seen.mean);
      expect(seen.interval[1]).toBeGreaterThan(seen.interval[0]);
      expect(-(flipped.interval?.[1] ?? Number.NaN)).toBeCloseTo(seen.interval[0], 8);
    }),
    { numRuns: 300 },
  );
});
