import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateSchema } from '../record/estimate.ts';
import { METHOD } from './clustered-proportion.ts';
import { clopperPearson } from './proportion.ts';
import { boundsWarning, type RateObservation, rate } from './rate.ts';

const spread = (values: readonly (boolean | null)[]): RateObservation[] =>
  values.map((value, index) => ({ value, cluster: `task-${index}` }));
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('counts, exact interval, and bounds that count unscored as no and as yes', () => {
  const observed = rate(spread([...times(3, true), ...times(7, false), ...times(10, null)]));
  expect(observed).toEqual({
    mean: 0.3,
    interval: clopperPearson(3, 10),
    n: 10,
    clusters: 10,
    method: METHOD.exact,
    bounds: [3 / 20, 13 / 20],
    count: 3,
  });
});

test('nothing scored: no mean, no interval, bounds from 0 to 1', () => {
  const none = rate(spread([null, null]));
  expect(none).toEqual({
    mean: null,
    interval: null,
    n: 0,
    clusters: 0,
    method: METHOD.unscored,
    bounds: [0, 1],
    count: 0,
  });
  expect(rate([]).bounds).toBeNull();
});

test('repeats of one task only: a mean, but no interval', () => {
  const one = rate(times(500, { value: true, cluster: 'same' }));
  expect(one.mean).toBe(1);
  expect(one.interval).toBeNull();
  expect(one.method).toBe(METHOD.oneCluster);
});

test('the warning comes on above one per cent of unscored, not at it', () => {
  expect(boundsWarning(rate(spread([...times(99, true), null])))).toBe(false);
  expect(boundsWarning(rate(spread([...times(98, true), null, null])))).toBe(true);
  expect(boundsWarning({ bounds: [0.5, 0.51] })).toBe(false);
  expect(boundsWarning({ bounds: null })).toBe(false);
});

test('anything but yes, no and null is refused', () => {
  const loose: unknown[] = [{ value: 1, cluster: 'a' }];
  expect(() => rate(loose as RateObservation[])).toThrow('not yes or no');
  expect(() => rate([{ value: null, cluster: '' }])).toThrow('cluster is missing');
});

test('always a valid record; bounds and interval hold the mean; order does not matter; count mirrors', () => {
  const observations = fc.array(
    fc.record({
      value: fc.constantFrom(true, false, null),
      cluster: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    }),
  );
  fc.assert(
    fc.property(observations, (list) => {
      const seen = rateSchema.parse(rate(list));
      const back = rate([...list].reverse());
      expect(back.mean).toBe(seen.mean);
      expect(back.interval?.[0] ?? 0).toBeCloseTo(seen.interval?.[0] ?? 0, 9);
      const mirrored = rate(list.map(({ value, cluster }) => ({ value: value === null ? null : !value, cluster })));
      expect(mirrored.count).toBe(seen.n - seen.count);
      if (seen.mean === null || seen.bounds === null) return;
      expect(seen.bounds[0]).toBeLessThanOrEqual(seen.mean);
      expect(seen.bounds[1]).toBeGreaterThanOrEqual(seen.mean);
      if (seen.interval === null) return;
      expect(seen.interval[0]).toBeLessThanOrEqual(seen.mean);
      expect(seen.interval[1]).toBeGreaterThanOrEqual(seen.mean);
      expect(seen.interval[1]).toBeGreaterThan(seen.interval[0]);
    }),
    { numRuns: 300 },
  );
});
