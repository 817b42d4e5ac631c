import type { Rate } from '../record/estimate.ts';
import { describeRate, formatRate } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';

/** One row of a plot. `tone` picks the colour: the headline, or an ordinary measure. */
export interface Lane {
  readonly label: string;
  readonly rate: Rate;
  readonly tone: 'gamed' | 'plain';
}

/** Each is easy to read in quarters. */
const SCALES = [0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1] as const;

/** The least end of an axis from 0 that holds every mean, interval and bound of these rates. */
export const scaleOf = (rates: readonly Rate[]): number => {
  const most = Math.max(
    0,
    ...rates.map((rate) =>
      Math.max(rate.mean ?? 0, rate.interval?.[1] ?? 0, rate.mean === null ? 0 : (rate.bounds?.[1] ?? 0)),
    ),
  );
  return SCALES.find((end) => most <= end) ?? 1;
};

const TICKS = 4;

/** Percent of the drawing's width, so that it stretches to any width while text and strokes keep their size. */
const at = (share: number, end: number): string => `${((share / end) * 100).toFixed(2)}%`;

const middle = (lane: number, lanes: number): string => `${(((lane + 0.5) / lanes) * 100).toFixed(2)}%`;

const mark = ({ rate, tone }: Lane, index: number, lanes: number, end: number): Fragment => {
  const text = describeRate(rate);
  const y = middle(index, lanes);
  if (rate.mean === null) return null;
  const bounds =
    text.warning === null || rate.bounds === null
      ? null
      : h`<line class="bounds" x1="${at(rate.bounds[0], end)}" x2="${at(rate.bounds[1], end)}" y1="${y}" y2="${y}"/>`;
  if (rate.interval === null) return [bounds, h`<circle class="hollow" cx="${at(rate.mean, end)}" cy="${y}" r="4.5"/>`];
  const [low, high] = rate.interval;
  return [
    bounds,
    h`<line class="interval ${tone}" x1="${at(low, end)}" x2="${at(high, end)}" y1="${y}" y2="${y}"/>`,
    h`<circle class="point ${tone}" cx="${at(rate.mean, end)}" cy="${y}" r="4.5"/>`,
  ];
};

const grid = (): Fragment =>
  Array.from({ length: TICKS + 1 }, (_, tick) => {
    const x = at(tick, TICKS);
    return h`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
  });

const axis = (end: number): Html => {
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const anchor = tick === 0 ? 'start' : tick === TICKS ? 'end' : 'middle';
    const share = (end * tick) / TICKS;
    const text = `${Number((share * 100).toFixed(2))}${tick === TICKS ? ' %' : ''}`;
    return h`<text class="tick${tick % 2 === 0 ? '' : ' minor'}" x="${at(tick, TICKS)}" y="14" text-anchor="${anchor}">${text}</text>`;
  });
  return h`<svg class="axis" aria-hidden="true" focusable="false">${ticks}</svg>`;
};

/** The text beside a lane: a rate with its interval, or why there is none. */
export const rateMarkup = (rate: Rate): Html => {
  const text = describeRate(rate);
  const warning =
    text.warning === null
      ? null
      : h` <span class="warn" title="unscored rollouts could move it: ${text.warning}">!</span>`;
  const interval = text.interval === '' ? null : h` <span class="interval-text">${text.interval}</span>`;
  const count = text.count === '' ? null : h` <span class="count">${text.count}</span>`;
  return h`<span class="rate ${text.state}"><b>${text.value}</b>${warning}${interval}${count}</span>`;
};

/**
 * A dot plot with intervals, one lane a rate, labelled directly. Labels and values are text of the page, so they reflow
 * and can be selected; the drawing between them is one image with a title and a description that says the same.
 */
export const dotPlot = (id: string, title: string, lanes: readonly Lane[], end: number): Html => {
  const words = lanes.map(({ label, rate }) => `${label}: ${formatRate(rate)}`).join('; ');
  return h`<div class="plot">
<ul class="labels" aria-hidden="true">${lanes.map(({ label }) => h`<li>${label}</li>`)}</ul>
<svg class="lanes" role="img" aria-labelledby="${id}-t ${id}-d" focusable="false"><title id="${id}-t">${title}</title><desc id="${id}-d">${words}</desc>${grid()}${lanes.map((lane, index) => mark(lane, index, lanes.length, end))}</svg>
<ul class="values" aria-hidden="true">${lanes.map(({ rate }) => h`<li>${rateMarkup(rate)}</li>`)}</ul>
${axis(end)}</div>`;
};
