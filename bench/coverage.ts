/**
 * How often each 95 % interval of src/stats holds the truth. Run: npm run bench -- coverage
 * "exact" is summed over every outcome; "simulated" is seeded, and its Monte Carlo standard error is printed beside it.
 */
import { rng } from '../src/base/rng.ts';
import type { Rate } from '../src/record/estimate.ts';
import { clusteredProportion, effectiveSampleSize } from '../src/stats/clustered-proportion.ts';
import { type ClusterTotal, clusterMean } from '../src/stats/clusters.ts';
import {
  binomialCoverage,
  drawClusters,
  drawMeans,
  holds,
  pairedCoverage,
  twoBinomialCoverage,
} from '../src/stats/coverage.ts';
import { meanInterval } from '../src/stats/mean.ts';
import { bonettPriceDifference } from '../src/stats/paired.ts';
import { betaLimits, clopperPearson, type Interval, wilson, zeroEventsUpperBound } from '../src/stats/proportion.ts';
import { tQuantile } from '../src/stats/quantiles.ts';
import { differenceOfRates, newcombeDifference } from '../src/stats/unpaired.ts';

const DRAWS = 2000;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const line = (cells: readonly (string | number)[]): void => {
  const [first = '', ...rest] = cells.map(String);
  console.log(`${first.padEnd(74)}${rest.map((cell) => cell.padStart(12)).join('')}`);
};

const heading = (title: string, columns: readonly string[]): void => {
  console.log('');
  line([title, ...columns]);
};

const show = (name: string, coverages: readonly number[], error?: number): void =>
  line([
    name,
    percent(average(coverages)),
    percent(Math.min(...coverages)),
    ...(error === undefined ? [] : [`+-${(100 * error).toFixed(2)}`]),
  ]);

const oneProportion = (): void => {
  const rates = range(199).map((i) => (i + 1) / 200);
  const rare = [0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01];
  heading('one proportion, rates 0.005 to 0.995 (exact)', ['mean', 'least']);
  for (const [name, method] of [
    ['clopper-pearson', clopperPearson],
    ['wilson', wilson],
  ] as const) {
    for (const n of [10, 20, 50, 100, 500]) {
      const intervals = range(n + 1).map((events) => method(events, n));
      show(
        `${name}, n = ${n}`,
        rates.map((rate) => binomialCoverage(intervals, rate)),
      );
    }
    const intervals = range(1001).map((events) => method(events, 1000));
    show(
      `${name}, n = 1000, rates 0.0001 to 0.01`,
      rare.map((rate) => binomialCoverage(intervals, rate)),
    );
  }
  heading('one-sided bound at zero events, worst rate (exact)', ['mean', 'least']);
  for (const n of [10, 100, 1000]) {
    // The bound fails only where nothing was seen although the rate is above it: worst just above it.
    const bound = zeroEventsUpperBound(n);
    show(`rule of three (exact form), n = ${n}`, [1 - (1 - bound * (1 + 1e-9)) ** n]);
  }
};

const twoProportions = (): void => {
  const rates = range(19).map((i) => (i + 1) / 20);
  const rare = [0.001, 0.005, 0.01, 0.02];
  heading('difference of two proportions (exact)', ['mean', 'least']);
  for (const [n1, n2] of [
    [10, 10],
    [20, 20],
    [50, 50],
    [100, 50],
    [100, 100],
  ] as const) {
    const intervals = range(n1 + 1).map((k1) => range(n2 + 1).map((k2) => newcombeDifference(k1, n1, k2, n2)));
    const over = (grid: readonly number[]): number[] =>
      grid.flatMap((rate1) => grid.map((rate2) => twoBinomialCoverage(intervals, rate1, rate2)));
    show(`newcombe, n = ${n1} and ${n2}, rates 0.05 to 0.95`, over(rates));
    show(`newcombe, n = ${n1} and ${n2}, rates 0.001 to 0.02`, over(rare));
  }
};

const pairedT = (b: number, c: number, n: number): Interval => {
  const of = (count: number, sum: number): ClusterTotal[] => range(count).map(() => ({ size: 1, sum }));
  return meanInterval([...of(b, 1), ...of(c, -1), ...of(n - b - c, 0)], [-1, 1]).interval ?? [-1, 1];
};

const paired = (): void => {
  const common = [0.05, 0.1, 0.2, 0.3, 0.4];
  const rare = [0.001, 0.005, 0.01, 0.02];
  heading('paired difference of two proportions (exact)', ['mean', 'least']);
  for (const [name, method] of [
    ['bonett-price', bonettPriceDifference],
    ['cluster-robust t (for comparison)', pairedT],
  ] as const) {
    for (const n of [10, 20, 50, 100]) {
      const intervals = range(n + 1).map((b) => range(n - b + 1).map((c) => method(b, c, n)));
      const over = (grid: readonly number[]): number[] =>
        grid.flatMap((b) => grid.map((c) => pairedCoverage(intervals, b, c)));
      show(`${name}, n = ${n}, 5 to 40 %`, over(common));
      show(`${name}, n = ${n}, 0.1 to 2 %`, over(rare));
    }
  }
};

/** Coverage of each method on the same draws. */
const simulate = (
  label: string,
  truth: number,
  draw: (at: ReturnType<typeof rng>) => ClusterTotal[],
  methods: readonly ((totals: ClusterTotal[]) => Interval | null)[],
): number[] => {
  const dice = rng(`bench/coverage/${label}`);
  const held = methods.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const totals = draw(dice);
    for (const [index, method] of methods.entries()) {
      const interval = method(totals);
      if (interval !== null && holds(interval, truth)) held[index] = (held[index] ?? 0) + 1;
    }
  }
  return held.map((count) => count / DRAWS);
};

const sizesOf = (clusters: number, size: number, equal: boolean): number[] =>
  range(clusters).map((index) => (equal ? size : 1 + ((index * 7) % (2 * size - 1))));

const transpose = (rows: readonly (readonly number[])[], column: number): number[] =>
  rows.map((row) => row[column] ?? Number.NaN);

/** Korn and Graubard as published, df = C - 1 throughout; exact on the clusters where it has no answer. */
const asPublished = (totals: ClusterTotal[]): Interval | null => {
  const effective = effectiveSampleSize(totals);
  if (effective === null) return clusteredProportion(totals).interval;
  const { n, clusters, mean } = clusterMean(totals);
  const trials = effective * (tQuantile(0.975, n - 1) / tQuantile(0.975, clusters - 1)) ** 2;
  return betaLimits((mean ?? 0) * trials, trials, 0.95);
};

const clusteredRates = (): void => {
  const shapes = [
    { size: 2, equal: true },
    { size: 10, equal: true },
    { size: 10, equal: false },
  ];
  const methods = [
    (totals: ClusterTotal[]): Interval | null => clusteredProportion(totals).interval,
    (totals: ClusterTotal[]): Interval | null => meanInterval(totals, [0, 1]).interval,
    asPublished,
  ];
  const columns = ['mean', 'least cell', 'error', 't mean', 't least', 'k-g mean', 'k-g least'];
  heading('clustered rate (simulated; t and k-g as published on the same draws)', columns);
  for (const rates of [
    [0.05, 0.2, 0.5],
    [0.002, 0.01],
  ]) {
    for (const clusters of [5, 10, 20, 50, 100]) {
      const cells = shapes.flatMap(({ size, equal }) =>
        rates.flatMap((rate) =>
          [0, 0.1, 0.3, 0.6, 0.95].map((correlation) => {
            const sizes = sizesOf(clusters, size, equal);
            const label = [clusters, size, equal, rate, correlation].join('/');
            return simulate(label, rate, (dice) => drawClusters(dice, sizes, rate, correlation), methods);
          }),
        ),
      );
      const ours = transpose(cells, 0);
      const t = transpose(cells, 1);
      const published = transpose(cells, 2);
      const error = Math.sqrt((0.05 * 0.95) / (DRAWS * cells.length));
      line([
        `${clusters} clusters, rates ${rates.join(', ')}`,
        percent(average(ours)),
        percent(Math.min(...ours)),
        `+-${(100 * error).toFixed(2)}`,
        percent(average(t)),
        percent(Math.min(...t)),
        percent(average(published)),
        percent(Math.min(...published)),
      ]);
    }
  }
};

const rateOf = (totals: ClusterTotal[]): Rate => {
  const { n, clusters, mean } = clusterMean(totals);
  const count = totals.reduce((events, { sum }) => events + sum, 0);
  return { mean, ...clusteredProportion(totals), n, clusters, bounds: null, count };
};

const clusteredDifferences = (): void => {
  heading('difference of two clustered rates (simulated)', ['mean', 'least cell', 'error']);
  const pairs = [
    [0.01, 0.01],
    [0.05, 0.2],
    [0.2, 0.2],
    [0.2, 0.5],
  ] as const;
  for (const clusters of [10, 20, 50]) {
    const sizes = sizesOf(clusters, 10, true);
    const cells = pairs.flatMap(([rate1, rate2]) =>
      [0, 0.3, 0.6].map((correlation) => {
        const dice = rng(`bench/coverage/mover/${clusters}/${rate1}/${rate2}/${correlation}`);
        const held = range(DRAWS).filter(() => {
          const first = rateOf(drawClusters(dice, sizes, rate1, correlation));
          const { interval } = differenceOfRates(first, rateOf(drawClusters(dice, sizes, rate2, correlation)));
          return interval !== null && holds(interval, rate1 - rate2);
        });
        return held.length / DRAWS;
      }),
    );
    show(`mover, ${clusters} and ${clusters} clusters of 10`, cells, Math.sqrt((0.05 * 0.95) / (DRAWS * cells.length)));
  }
};

const means = (): void => {
  heading('mean in [0, 1], cluster-robust t (simulated)', ['mean', 'least cell', 'error']);
  for (const [shape, power] of [
    ['even', 1],
    ['skewed', 4],
  ] as const) {
    for (const clusters of [5, 10, 20, 50, 100]) {
      for (const equal of [true, false]) {
        const sizes = sizesOf(clusters, 5, equal);
        const cells = [0, 0.3, 0.8].map(
          (share) =>
            simulate(
              `mean/${clusters}/${equal}/${power}/${share}`,
              1 / (power + 1),
              (dice) => drawMeans(dice, sizes, power, share),
              [(totals) => meanInterval(totals, [0, 1]).interval],
            )[0] ?? Number.NaN,
        );
        const name = `${shape} values, ${clusters} clusters of ${equal ? 'equal size' : 'unequal size'}`;
        show(name, cells, Math.sqrt((0.05 * 0.95) / (DRAWS * cells.length)));
      }
    }
  }
};

console.log(
  `coverage of 95 % intervals; simulated cells have ${DRAWS} draws (one cell: +-${(100 * Math.sqrt((0.05 * 0.95) / DRAWS)).toFixed(2)})`,
);
oneProportion();
twoProportions();
paired();
clusteredRates();
clusteredDifferences();
means();
