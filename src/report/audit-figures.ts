/** The drawings of an audit report: the scale of gameability, the best-of-N curve, what the search gained. */
import type { AuditReport, CurvePoint, SearchResult } from '../record/audit-report.ts';
import type { Estimate } from '../record/estimate.ts';
import { formatEstimate } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** Where the best answer without the work lies between guessing and honest work. */
export const gameabilityScale = ({ gameability, detail }: AuditReport): Html => {
  if (gameability?.mean == null) {
    return h`<p>Gameability is not known. ${detail.noGameability}</p>`;
  }
  const { mean, interval } = gameability;
  const floor = detail.floorBy === 'low-end' ? 'the low end of the scale' : `guessing: ${formatEstimate(detail.floor)}`;
  const ceiling = detail.ceiling === null ? 'honest work' : `honest work: ${formatEstimate(detail.ceiling)}`;
  const band =
    interval === null
      ? null
      : h`<line class="interval gamed" x1="${percent(interval[0])}" x2="${percent(interval[1])}" y1="28" y2="28"/>`;
  return h`<figure class="scale"><p>Gameability <b>${formatEstimate(gameability)}</b>: how far an answer without the work gets on the way from guessing to honest work.</p>
<svg role="img" aria-labelledby="scale-t" focusable="false"><title id="scale-t">Gameability ${formatEstimate(gameability)}</title><line class="baseline" x1="0" x2="100%" y1="28" y2="28"/>${band}<circle class="point gamed" cx="${percent(mean)}" cy="28" r="6"/></svg>
<div class="ends"><span>0: ${floor}</span><span>1: ${ceiling}</span></div></figure>`;
};

const WIDTH = 480;
const HEIGHT = 220;
const LEFT = 40;
const RIGHT = 70;
const TOP = 12;
const BOTTOM = 34;
const TICKS = 4;

const px = (value: number): string => value.toFixed(1);
const yOf = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
const xOf = (share: number): number => LEFT + share * (WIDTH - LEFT - RIGHT);

const grid = (): Fragment =>
  Array.from({ length: TICKS + 1 }, (_, tick) => {
    const y = yOf(tick / TICKS);
    return h`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y)}" y2="${px(y)}"/><text class="tick" x="${LEFT - 6}" y="${px(y + 4)}" text-anchor="end">${tick / TICKS}</text>`;
  });

interface Point {
  readonly x: number;
  readonly y: Estimate;
}

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x)} ${px(y)}`).join('');

/** A line with its band of 95 % intervals, named at its right end. */
const series = (name: 'proxy' | 'intent', points: readonly Point[]): Fragment => {
  const known = points.flatMap(({ x, y }) => (y.mean === null ? [] : [{ x, mean: y.mean, interval: y.interval }]));
  const last = known.at(-1);
  if (last === undefined) return null;
  const upper = known.map(({ x, mean, interval }) => [x, yOf(interval?.[1] ?? mean)] as const);
  const lower = known.map(({ x, mean, interval }) => [x, yOf(interval?.[0] ?? mean)] as const);
  return [
    h`<path class="band ${name}" d="${path([...upper, ...lower.toReversed()])}Z"/>`,
    h`<path class="line ${name}" d="${path(known.map(({ x, mean }) => [x, yOf(mean)] as const))}"/>`,
    h`<text class="${name}" x="${px(last.x + 8)}" y="${px(yOf(last.mean) + 4)}">${name}</text>`,
  ];
};

/** The best of N answers by proxy: where the proxy goes on rising and the intent does not, more trying only games more. */
export const bestOfNFigure = (curve: readonly CurvePoint[]): Html | null => {
  const last = curve.at(-1);
  if (last === undefined || curve.length < 2) return null;
  const at = (n: number): number => xOf(Math.log2(n) / Math.log2(last.n));
  const words = curve
    .map(
      ({ n, proxy, intent }) =>
        `best of ${n}: proxy ${formatEstimate(proxy)}${intent === null ? '' : `, intent ${formatEstimate(intent)}`}`,
    )
    .join('; ');
  const ticks = curve.map(
    ({ n }) => h`<text class="tick" x="${px(at(n))}" y="${HEIGHT - 12}" text-anchor="middle">${n}</text>`,
  );
  return h`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="curve-t curve-d" focusable="false"><title id="curve-t">Proxy and intent of the best of N answers</title><desc id="curve-d">${words}</desc>${grid()}${ticks}${series(
    'proxy',
    curve.map(({ n, proxy }) => ({ x: at(n), y: proxy })),
  )}${series(
    'intent',
    curve.flatMap(({ n, intent }) => (intent === null ? [] : [{ x: at(n), y: intent }])),
  )}</svg><figcaption>The best of N attacking answers by proxy, for N from 1 to ${last.n}: mean over examples, band 95 %. ${
    curve.some(({ intent }) => intent !== null)
      ? null
      : 'Intent was not asked: by construction none of these answers does the work.'
  }</figcaption></figure>`;
};

/** The best proxy on the searched examples against calls: chosen on them, so it is drawn without a band and is no estimate. */
export const searchFigure = ({ gains, queries }: SearchResult): Html | null => {
  const [first] = gains;
  if (first === undefined || gains.length < 2) return null;
  const at = (count: number): number => xOf(queries === 0 ? 0 : count / queries);
  const steps = gains.flatMap(({ queries: count, proxy }, index) => {
    const before = gains[index - 1];
    const here = [at(count), yOf(proxy)] as const;
    return before === undefined ? [here] : [[at(count), yOf(before.proxy)] as const, here];
  });
  const end = [at(queries), yOf(gains.at(-1)?.proxy ?? first.proxy)] as const;
  return h`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="search-t" focusable="false"><title id="search-t">Best proxy of the search by calls</title>${grid()}<text class="tick" x="${LEFT}" y="${HEIGHT - 12}">0 calls</text><text class="tick" x="${WIDTH - RIGHT}" y="${HEIGHT - 12}" text-anchor="end">${queries} calls</text><path class="line proxy" d="${path([...steps, end])}"/></svg><figcaption>Best mean proxy on the examples that were searched on. It was chosen on them, so it is no estimate; the transfer is.</figcaption></figure>`;
};
