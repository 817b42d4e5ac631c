import { differenceText, differenceWords, pWords, type ReadDifference } from './compare-words.ts';
import { type Fragment, type Html, h } from './markup.ts';

/** One row of a forest plot. */
export interface DifferenceLane {
  readonly label: string;
  readonly difference: ReadDifference;
}

/** Half-widths of an axis around 0, each easy to read in quarters. */
const ENDS = [0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8, 1] as const;

/** The least axis around 0 that holds every difference with its interval. */
export const endOf = (lanes: readonly DifferenceLane[]): number => {
  const most = Math.max(
    0,
    ...lanes.flatMap(({ difference: { difference } }) =>
      [difference.mean ?? 0, ...(difference.interval ?? [])].map((value) => Math.abs(value)),
    ),
  );
  return ENDS.find((end) => most <= end) ?? 1;
};

const at = (share: number, end: number): string => `${(((share + end) / (2 * end)) * 100).toFixed(2)}%`;

const mark = ({ difference: { difference, reading } }: DifferenceLane, y: string, end: number): Fragment => {
  const { mean, interval } = difference;
  if (mean === null) return null;
  if (interval === null) return h`<circle class="hollow" cx="${at(mean, end)}" cy="${y}" r="4.5"/>`;
  const tone = reading === 'higher' || reading === 'lower' ? 'gamed' : 'plain';
  return [
    h`<line class="interval ${tone}" x1="${at(interval[0], end)}" x2="${at(interval[1], end)}" y1="${y}" y2="${y}"/>`,
    h`<circle class="point ${tone}" cx="${at(mean, end)}" cy="${y}" r="4.5"/>`,
  ];
};

const TICKS = [-1, -0.5, 0, 0.5, 1] as const;

const grid = (end: number): Fragment =>
  TICKS.map((tick) => {
    const x = at(tick * end, end);
    return h`<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${x}" x2="${x}" y1="0" y2="100%"/>`;
  });

const axis = (end: number): Html => {
  const ticks = TICKS.map((tick) => {
    const anchor = tick === -1 ? 'start' : tick === 1 ? 'end' : 'middle';
    const points = Number((tick * end * 100).toFixed(2));
    const text = `${points > 0 ? '+' : ''}${points}`;
    return h`<text class="tick${Number.isInteger(tick) ? '' : ' minor'}" x="${at(tick * end, end)}" y="14" text-anchor="${anchor}">${text}</text>`;
  });
  return h`<svg class="axis" aria-hidden="true" focusable="false">${ticks}</svg>`;
};

/** A difference with its interval and p, as markup. */
export const differenceMarkup = (own: ReadDifference): Html => {
  const { value, interval } = differenceText(own.difference);
  if (interval === '') return h`<span class="rate no-interval"><b>${value}</b></span>`;
  return h`<span class="rate"><b>${value}</b> <span class="interval-text">${interval}</span> <span class="count">${pWords(own.adjustedP)}</span></span>`;
};

/** A forest plot: one lane a difference, the line at 0 means none. It says the same in words to who does not see it. */
export const forestPlot = (id: string, title: string, lanes: readonly DifferenceLane[]): Html => {
  const end = endOf(lanes);
  const words = lanes.map(({ label, difference }) => `${label}: ${differenceWords(difference)}`).join('; ');
  const y = (index: number): string => `${(((index + 0.5) / lanes.length) * 100).toFixed(2)}%`;
  return h`<div class="plot">
<ul class="labels" aria-hidden="true">${lanes.map(({ label }) => h`<li>${label}</li>`)}</ul>
<svg class="lanes" role="img" aria-labelledby="${id}-t ${id}-d" focusable="false"><title id="${id}-t">${title}</title><desc id="${id}-d">${words}</desc>${grid(end)}${lanes.map((lane, index) => mark(lane, y(index), end))}</svg>
<ul class="values" aria-hidden="true">${lanes.map(({ difference }) => h`<li>${differenceMarkup(difference)}</li>`)}</ul>
${axis(end)}</div>`;
};
