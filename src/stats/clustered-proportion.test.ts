import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusteredProportion, effectiveSampleSize, METHOD } from './clustered-proportion.ts';
import type { ClusterTotal } from './clusters.ts';
import { clopperPearson } from './proportion.ts';

const repeat = (count: number, total: ClusterTotal): ClusterTotal[] => Array.from({ length: count }, () => total);

test('no cluster repeats: exact Clopper-Pearson', () => {
  const totals = [...repeat(15, { size: 1, sum: 1 }), ...repeat(133, { size: 1, sum: 0 })];
  expect(clusteredProportion(totals)).toEqual({ interval: clopperPearson(15, 148), method: METHOD.exact });
});

test('clusters that agree entirely count about once each', () => {
  const totals = [...repeat(30, { size: 8, sum: 8 }), ...repeat(70, { size: 8, sum: 0 })];
  expect(effectiveSampleSize(totals)).toBeCloseTo(99, 9);
  const { interval } = clusteredProportion(totals);
  const [low, high] = clopperPearson(30, 100);
  expect(interval?.[0]).toBeCloseTo(low, 1);
  expect(interval?.[1]).toBeCloseTo(high, 1);
});

test('observations spread more evenly than chance never count for more than they are', () => {
  expect(effectiveSampleSize(repeat(10, { size: 2, sum: 1 }))).toBe(20);
});

test('no event, or nothing but events: exact on the clusters, mirrored', () => {
  const none = clusteredProportion(repeat(20, { size: 50, sum: 0 }));
  expect(none).toEqual({ interval: clopperPearson(0, 20), method: METHOD.onClusters });
  const all = clusteredProportion(repeat(20, { size: 50, sum: 50 }));
  expect(all).toEqual({ interval: clopperPearson(20, 20), method: METHOD.onClusters });
});

test('one event among many repeats says little more than none', () => {
  const totals = [{ size: 50, sum: 1 }, ...repeat(19, { size: 50, sum: 0 })];
  expect(clusteredProportion(totals).interval?.[1]).toBeGreaterThan(0.8 * clopperPearson(0, 20)[1]);
});

test('a single cluster, or none: no interval', () => {
  expect(clusteredProportion([{ size: 100, sum: 40 }])).toEqual({ interval: null, method: METHOD.oneCluster });
  expect(clusteredProportion([{ size: 1, sum: 1 }])).toEqual({ interval: null, method: METHOD.oneCluster });
  expect(clusteredProportion([])).toEqual({ interval: null, method: METHOD.unscored });
});

const clusters = fc.array(
  fc.integer({ min: 1, max: 12 }).chain((size) => fc.record({ size: fc.constant(size), sum: fc.nat(size) })),
  { minLength: 2, maxLength: 40 },
);

test('within [0, 1], holds the share with room on both sides, mirrors when events and others swap', () => {
  fc.assert(
    fc.property(clusters, (totals) => {
      const share = totals.reduce((sum, total) => sum + total.sum, 0) / totals.reduce((n, { size }) => n + size, 0);
      const [low, high] = clusteredProportion(totals).interval ?? [Number.NaN, Number.NaN];
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      if (share > 0) expect(low).toBeLessThan(share);
      if (share < 1) expect(high).toBeGreaterThan(share);
      const mirrored = clusteredProportion(totals.map(({ size, sum }) => ({ size, sum: size - sum }))).interval;
      expect(1 - (mirrored?.[1] ?? Number.NaN)).toBeCloseTo(low, 8);
      expect(1 - (mirrored?.[0] ?? Number.NaN)).toBeCloseTo(high, 8);
    }),
    { numRuns: 300 },
  );
});

test('copying every observation inside its cluster adds no effective observations', () => {
  fc.assert(
    fc.property(clusters, fc.integer({ min: 2, max: 50 }), (totals, copies) => {
      const before = effectiveSampleSize(totals);
      const n = totals.reduce((all, { size }) => all + size, 0);
      // At n the design effect was cut off at 1, so what the clusters would have allowed is not known.
      fc.pre(before !== null && before < n);
      const after = effectiveSampleSize(totals.map(({ size, sum }) => ({ size: size * copies, sum: sum * copies })));
      expect(after).toBeCloseTo(before ?? Number.NaN, 6);
    }),
  );
});
