import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { clusteredProportion } from './clustered-proportion.ts';
import { clusterMean } from './clusters.ts';
import { binomialCoverage, drawClusters, drawMeans, holds, pairedCoverage, twoBinomialCoverage } from './coverage.ts';
import { meanInterval } from './mean.ts';
import { bonettPriceDifference } from './paired.ts';
import { clopperPearson, type Interval, wilson } from './proportion.ts';
import { newcombeDifference } from './unpaired.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rates = range(99).map((i) => (i + 1) / 100);
const rare = [0.0001, 0.001, 0.005];

test.each([1, 2, 5, 10, 30, 100, 300])('clopper-pearson covers at least 95 % at every rate, n = %i (exact)', (n) => {
  const intervals = range(n + 1).map((events) => clopperPearson(events, n));
  const coverages = [...rare, ...rates].map((rate) => binomialCoverage(intervals, rate));
  expect(Math.min(...coverages)).toBeGreaterThanOrEqual(0.95 - 1e-9);
});

test.each([10, 30, 100, 300])('wilson covers within one point of 95 %% on average over rates, n = %i (exact)', (n) => {
  const intervals = range(n + 1).map((events) => wilson(events, n));
  expect(Math.abs(average(rates.map((rate) => binomialCoverage(intervals, rate))) - 0.95)).toBeLessThan(0.01);
});

test('clopper-pearson covers more often than wilson on average (exact)', () => {
  for (const n of [5, 20, 60]) {
    const of = (method: (events: number, trials: number) => Interval): number => {
      const intervals = range(n + 1).map((events) => method(events, n));
      return average(rates.map((rate) => binomialCoverage(intervals, rate)));
    };
    expect(of(clopperPearson)).toBeGreaterThan(of(wilson));
  }
});

test('newcombe covers within one point of 95 % on average over pairs of rates (exact)', () => {
  const grid = range(9).map((i) => (i + 1) / 10);
  for (const [n1, n2] of [
    [20, 20],
    [50, 30],
  ] as const) {
    const intervals = range(n1 + 1).map((k1) => range(n2 + 1).map((k2) => newcombeDifference(k1, n1, k2, n2)));
    const coverages = grid.flatMap((a) => grid.map((b) => twoBinomialCoverage(intervals, a, b)));
    expect(Math.abs(average(coverages) - 0.95)).toBeLessThan(0.01);
  }
});

test('bonett-price covers at least 94.5 %, and within one point on average from 50 pairs on (exact)', () => {
  const grid = [0.05, 0.1, 0.2, 0.3, 0.4];
  for (const n of [10, 50]) {
    const intervals = range(n + 1).map((b) => range(n - b + 1).map((c) => bonettPriceDifference(b, c, n)));
    const coverages = grid.flatMap((b) => grid.map((c) => pairedCoverage(intervals, b, c)));
    expect(Math.min(...coverages)).toBeGreaterThan(0.945);
    if (n >= 50) expect(Math.abs(average(coverages) - 0.95)).toBeLessThan(0.01);
  }
});

const DRAWS = 1000;

/** Three standard errors of a simulated coverage near 95 %. */
const SLACK = 3 * Math.sqrt((0.05 * 0.95) / DRAWS);

test.each([
  { clusters: 5, size: 10, rate: 0.2, correlation: 0.6 },
  { clusters: 10, size: 10, rate: 0.2, correlation: 0.6 },
  { clusters: 20, size: 10, rate: 0.05, correlation: 0.6 },
  { clusters: 100, size: 10, rate: 0.01, correlation: 0.6 },
  { clusters: 50, size: 5, rate: 0.5, correlation: 0 },
  { clusters: 50, size: 5, rate: 0.05, correlation: 0.95 },
])('a clustered rate covers at least nominally: $clusters x $size, $rate, $correlation', (cell) => {
  const dice = rng(`coverage/${JSON.stringify(cell)}`);
  const sizes = range(cell.clusters).map((i) => (i % 2 === 0 ? cell.size : 2 * cell.size));
  const held = range(DRAWS).filter(() => {
    const { interval } = clusteredProportion(drawClusters(dice, sizes, cell.rate, cell.correlation));
    return interval !== null && holds(interval, cell.rate);
  });
  expect(held.length / DRAWS).toBeGreaterThan(0.95 - SLACK);
});

test('the cluster-robust t interval of a mean covers near nominally with 20 clusters of one size', () => {
  const dice = rng('coverage/mean');
  const held = range(DRAWS).filter(() => {
    const { interval } = meanInterval(
      drawMeans(
        dice,
        range(20).map(() => 5),
        1,
        0.5,
      ),
      [0, 1],
    );
    return interval !== null && holds(interval, 0.5);
  });
  expect(Math.abs(held.length / DRAWS - 0.95)).toBeLessThan(SLACK);
});

test('the drawn clusters have the rate and the correlation asked for', () => {
  const totals = drawClusters(
    rng('coverage/urn'),
    range(20_000).map(() => 5),
    0.3,
    0.4,
  );
  const { mean, standardError } = clusterMean(totals);
  expect(mean).toBeCloseTo(0.3, 1);
  // Design effect 1 + (size - 1) * correlation.
  expect(((standardError ?? 0) ** 2 * 100_000) / (0.3 * 0.7)).toBeCloseTo(1 + 4 * 0.4, 1);
});
