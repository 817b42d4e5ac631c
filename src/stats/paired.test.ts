import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateSchema } from '../record/estimate.ts';
import { METHOD } from './clustered-proportion.ts';
import { bonettPriceDifference, pairedDifference } from './paired.ts';
import type { PairedObservation } from './pairs.ts';

const run = (values: readonly (boolean | number | null)[]): PairedObservation[] =>
  values.map((value, index) => ({ task: `t${index}`, cluster: `t${index}`, value }));
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('Bonett and Price: R statpsych ci.prop.ps(.05, 12, 4, 26, 6) is 0.2548067 to 0.6251933', () => {
  const [low, high] = bonettPriceDifference(26, 4, 48);
  expect(low).toBeCloseTo(0.2548067, 7);
  expect(high).toBeCloseTo(0.6251933, 7);
});

test('Fagerland, Lydersen and Laake 2014, Statist Med 33:2850, airways: 1 and 7 of 21', () => {
  const first = run([...times(1, true), ...times(7, false), ...times(13, true)]);
  const second = run([...times(1, false), ...times(7, true), ...times(13, true)]);
  const { difference, mcnemar, unmatched } = pairedDifference(first, second);
  expect(difference.mean).toBeCloseTo(-6 / 21, 12);
  expect(difference.interval).toEqual(bonettPriceDifference(1, 7, 21));
  expect(difference).toMatchObject({ n: 21, clusters: 21, method: 'bonett-price' });
  expect(difference.bounds?.[0]).toBeCloseTo(-6 / 21, 12);
  expect(mcnemar?.p).toBeCloseTo(0.0703125, 12);
  expect(unmatched).toEqual({ first: 0, second: 0 });
});

test('numbers: the paired t interval of Student 1908 (R data set sleep)', () => {
  const first = run([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
  const second = run([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
  const { difference, mcnemar } = pairedDifference(first, second, [-24, 24]);
  expect(difference.interval?.[0]).toBeCloseTo(0.7001142, 6);
  expect(difference.interval?.[1]).toBeCloseTo(2.4598858, 6);
  expect(difference.method).toBe(METHOD.clusterT);
  expect(mcnemar).toBeNull();
});

test('repeats are averaged inside their task, and there is no McNemar test', () => {
  const first = [...run([true, false, true]), ...run([false, false, true])];
  const { difference, mcnemar } = pairedDifference(first, run([false, false, false]));
  expect(difference.mean).toBeCloseTo((0.5 + 0 + 1) / 3, 12);
  expect(difference).toMatchObject({ n: 3, clusters: 3, method: METHOD.clusterT });
  expect(mcnemar).toBeNull();
});

test('twins share a cluster: no McNemar test, clusters counted', () => {
  const twin = (values: readonly boolean[]): PairedObservation[] =>
    values.map((value, i) => ({ task: `t${i}`, cluster: `g${Math.floor(i / 2)}`, value }));
  const { difference, mcnemar } = pairedDifference(
    twin([true, true, true, false, false, false]),
    twin([false, true, false, false, false, true]),
  );
  expect(difference).toMatchObject({ n: 6, clusters: 3, method: METHOD.clusterT });
  expect(mcnemar).toBeNull();
});

test('a task unscored on one side is left out and widens the bounds by what it could have been', () => {
  const { difference, mcnemar } = pairedDifference(run([true, true, null, false]), run([false, true, true, null]));
  expect(difference).toMatchObject({ mean: 0.5, n: 2, bounds: [(1 + 0 - 1 - 1) / 4, (1 + 0 + 0 + 0) / 4] });
  expect(mcnemar).toMatchObject({ onlyFirst: 1, onlySecond: 0 });
  const none = pairedDifference(run([null]), run([true]));
  expect(none.difference).toMatchObject({ mean: null, interval: null, method: METHOD.unscored, bounds: [-1, 0] });
});

test('tasks of one run alone are counted and left out; one pair has no interval', () => {
  const { difference, unmatched } = pairedDifference(run([true, true, false]), run([false]));
  expect(unmatched).toEqual({ first: 2, second: 0 });
  expect(difference).toMatchObject({ mean: 1, n: 1, interval: null, method: METHOD.oneCluster });
});

test('identical runs: no difference, but an interval with width', () => {
  const same = run([true, false, true, true]);
  const [low, high] = pairedDifference(same, same).difference.interval ?? [0, 0];
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
});

test('what cannot be paired is refused', () => {
  expect(() => pairedDifference(run([]), run([true]))).toThrow('no task in common');
  const elsewhere: PairedObservation[] = [{ task: 't0', cluster: 'other', value: true }];
  expect(() => pairedDifference(run([true]), elsewhere)).toThrow('in two clusters');
  expect(() => pairedDifference([...run([true]), ...elsewhere], run([true]))).toThrow('in two clusters');
  expect(() => pairedDifference(run([2]), run([1]))).toThrow('outside its scale');
  expect(() => pairedDifference([{ task: '', cluster: 'a', value: true }], run([true]))).toThrow('task is missing');
  expect(() => bonettPriceDifference(3, 3, 5)).toThrow('3 + 3 of 5');
});

test('always a valid record; its interval holds the mean; swapping the runs flips every sign', () => {
  const answer = fc.constantFrom(true, false, null);
  const pairs = fc.array(fc.record({ first: answer, second: answer }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pairs, (list) => {
      const [first, second] = [run(list.map((pair) => pair.first)), run(list.map((pair) => pair.second))];
      const { difference } = pairedDifference(first, second);
      estimateSchema.parse(difference);
      const swapped = pairedDifference(second, first).difference;
      if (difference.mean === null) return;
      expect(swapped.mean).toBeCloseTo(-difference.mean, 12);
      if (difference.interval === null) return;
      expect(difference.interval[0]).toBeLessThanOrEqual(difference.mean);
      expect(difference.interval[1]).toBeGreaterThanOrEqual(difference.mean);
      expect(-(swapped.interval?.[1] ?? Number.NaN)).toBeCloseTo(difference.interval[0], 12);
    }),
  );
});

test('the bounds are the differences with every unscored answer settled for one run and for the other', () => {
  const answer = fc.constantFrom(true, false, null);
  const pairs = fc.array(fc.record({ first: answer, second: answer }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pairs, (list) => {
      const settle = (ofFirst: boolean): number | null =>
        pairedDifference(
          run(list.map(({ first }) => first ?? ofFirst)),
          run(list.map(({ second }) => second ?? !ofFirst)),
        ).difference.mean;
      const { bounds } = pairedDifference(
        run(list.map(({ first }) => first)),
        run(list.map(({ second }) => second)),
      ).difference;
      expect(bounds?.[0]).toBeCloseTo(settle(false) ?? Number.NaN, 12);
      expect(bounds?.[1]).toBeCloseTo(settle(true) ?? Number.NaN, 12);
    }),
  );
});
