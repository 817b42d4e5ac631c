/**
 * How often an interval holds the truth at every look at once, where one looks again and again and may stop when one likes. Simulated,
 * seeded. Run: npm run bench -- coverage-peeking
 */
import { type Rng, rng } from '../src/base/rng.ts';
import { looks } from '../src/evaluate/until.ts';
import { clusteredProportion } from '../src/stats/clustered-proportion.ts';
import type { ClusterTotal } from '../src/stats/clusters.ts';
import { confidenceSequence } from '../src/stats/confidence-sequence.ts';
import { drawClusters, drawMeans, holds } from '../src/stats/coverage.ts';
import { meanInterval } from '../src/stats/mean.ts';
import type { Interval } from '../src/stats/proportion.ts';

const DRAWS = 300;
const UNITS = 512;
const LOOKS = [...looks(UNITS)];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const line = (cells: readonly (string | number)[]): void => {
  const [first = '', ...rest] = cells.map(String);
  console.log(`${first.padEnd(50)}${rest.map((cell) => cell.padStart(13)).join('')}`);
};

const sequence = (totals: readonly ClusterTotal[]): Interval =>
  confidenceSequence(totals.map(({ size, sum }) => ({ low: sum / size, high: sum / size })));

interface Tally {
  /** Held at every look. */
  always: number;
  /** Held at the last look, all units seen. */
  last: number;
  /** Held where one stopped because it was narrow. */
  stopped: number;
  units: number;
  width: number;
}

const tally = (): Tally => ({ always: 0, last: 0, stopped: 0, units: 0, width: 0 });

const see = (own: Tally, intervals: readonly Interval[], truth: number, width: number): void => {
  const held = intervals.map((interval) => holds(interval, truth));
  if (held.every(Boolean)) own.always++;
  if (held.at(-1) === true) own.last++;
  const narrow = intervals.findIndex(([low, high]) => high - low < width);
  const stop = narrow < 0 ? intervals.length - 1 : narrow;
  if (held[stop] === true) own.stopped++;
  own.units += LOOKS[stop] ?? 0;
  const [low = 0, high = 1] = intervals.at(-1) ?? [];
  own.width += high - low;
};

const row = (
  name: string,
  truth: number,
  width: number,
  draw: (dice: Rng) => ClusterTotal[],
  fixed: (totals: readonly ClusterTotal[]) => Interval | null,
): void => {
  const ours = tally();
  const theirs = tally();
  for (let index = 0; index < DRAWS; index++) {
    const totals = draw(rng(`bench/coverage-peeking/${name}/${index}`));
    const peeks = LOOKS.map((look) => totals.slice(0, look));
    see(ours, peeks.map(sequence), truth, width);
    see(
      theirs,
      peeks.map((seen) => fixed(seen) ?? [0, 1]),
      truth,
      width,
    );
  }
  for (const [method, own] of [
    ['sequence', ours],
    ['fixed n', theirs],
  ] as const) {
    line([
      `${name}: ${method}`,
      percent(own.always / DRAWS),
      percent(own.stopped / DRAWS),
      percent(own.last / DRAWS),
      (own.units / DRAWS).toFixed(0),
      (own.width / DRAWS).toFixed(3),
    ]);
  }
};

const sizes = (size: number): number[] => Array.from({ length: UNITS }, () => size);

console.log(`coverage of 95 % intervals under ${LOOKS.length} looks, up to ${UNITS} clusters; ${DRAWS} draws a row`);
console.log(`(Monte Carlo error of a row +-${(100 * Math.sqrt((0.05 * 0.95) / DRAWS)).toFixed(2)})`);
console.log('');
line(['clusters, rate, narrow enough', 'every look', 'at the stop', 'last look', 'clusters', 'last width']);
for (const [rate, width] of [
  [0.01, 0.05],
  [0.1, 0.12],
  [0.5, 0.2],
] as const) {
  row(
    `of 1, ${rate}, ${width}`,
    rate,
    width,
    (dice) => drawClusters(dice, sizes(1), rate, 0),
    (totals) => clusteredProportion(totals).interval,
  );
}
for (const correlation of [0.1, 0.6]) {
  row(
    `of 4, 0.2, 0.1, correlation ${correlation}`,
    0.2,
    0.1,
    (dice) => drawClusters(dice, sizes(4), 0.2, correlation),
    (totals) => clusteredProportion(totals).interval,
  );
}
row(
  'of 4, skewed values with mean 0.2, 0.08',
  0.2,
  0.08,
  (dice) => drawMeans(dice, sizes(4), 4, 0.5),
  (totals) => meanInterval(totals, [0, 1]).interval,
);
