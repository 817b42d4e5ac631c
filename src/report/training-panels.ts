/** The paper's Figure 2: one small drawing per environment, its rates at every checkpoint with their intervals. */
import type { Matrix, MatrixCell, MatrixLabel } from '../record/training.ts';
import { cellOf, environmentsOf } from '../train/matrix.ts';
import { scaleOf } from './figure.ts';
import { formatRate } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import {
  labelsFor,
  labelWords,
  type Role,
  roleIn,
  type TrainedEnvironment,
  type TrainingView,
} from './training-view.ts';

/** Units of the drawing; it is scaled to the width of its column. */
const WIDTH = 320;
const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 8;
const TOP = 12;
const BOTTOM = 30;
const TICKS = 4;

const px = (value: number): string => value.toFixed(1);

interface Frame {
  readonly end: number;
  readonly checkpoints: readonly string[];
}

export type Stages = TrainingView['stages'];

const yOf = ({ end }: Frame, share: number): number => TOP + (1 - share / end) * (HEIGHT - TOP - BOTTOM);
const stepOf = ({ checkpoints }: Frame): number => (WIDTH - LEFT - RIGHT) / Math.max(1, checkpoints.length);
const xOf = (frame: Frame, index: number): number => LEFT + (index + 0.5) * stepOf(frame);

const grid = (frame: Frame): Fragment =>
  Array.from({ length: TICKS + 1 }, (_, tick) => {
    const share = (frame.end * tick) / TICKS;
    const y = px(yOf(frame, share));
    const text = `${Number((share * 100).toFixed(2))}${tick === TICKS ? ' %' : ''}`;
    return h`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text class="tick" x="${LEFT - 5}" y="${px(yOf(frame, share) + 4)}" text-anchor="end">${text}</text>`;
  });

/** `0` is the base; the number of a checkpoint is its place in training, spelt out under the figure. */
const axis = (frame: Frame): Fragment =>
  frame.checkpoints.map(
    (name, index) =>
      h`<text class="tick" x="${px(xOf(frame, index))}" y="${HEIGHT - 12}" text-anchor="middle">${name === 'base' ? 'base' : String(index)}</text>`,
  );

/** From the checkpoint that was trained on this environment: before it, whatever moves was not taught here. */
const trained = (frame: Frame, environment: string, stages: Stages): Fragment => {
  const stage = stages.find(({ environments }) => environments.includes(environment));
  const index = stage === undefined ? -1 : frame.checkpoints.indexOf(stage.name);
  if (index < 0) return null;
  const from = xOf(frame, index) - stepOf(frame) / 2;
  return h`<rect class="trained" x="${px(from)}" y="${TOP}" width="${px(WIDTH - RIGHT - from)}" height="${HEIGHT - TOP - BOTTOM}"/>`;
};

const mark = (frame: Frame, cell: MatrixCell | null, index: number, offset: number, tone: string): Fragment => {
  const { mean, interval } = cell?.interval ?? { mean: null, interval: null };
  if (mean === null) return null;
  const x = px(xOf(frame, index) + offset);
  const y = px(yOf(frame, mean));
  if (interval === null) return h`<circle class="hollow" cx="${x}" cy="${y}" r="4"/>`;
  const [low, high] = interval;
  return [
    h`<line class="interval ${tone}" x1="${x}" x2="${x}" y1="${px(yOf(frame, low))}" y2="${px(yOf(frame, high))}"/>`,
    h`<circle class="point ${tone}" cx="${x}" cy="${y}" r="4"/>`,
  ];
};

const cellsFor = (matrix: Matrix, environment: string, label: MatrixLabel): (MatrixCell | null)[] =>
  matrix.checkpoints.map((checkpoint) => cellOf(matrix, checkpoint, environment, label));

const words = (matrix: Matrix, environment: string, role: Role): string =>
  labelsFor(role)
    .map((label) => {
      const rates = cellsFor(matrix, environment, label).map((cell, index) =>
        cell === null ? '' : `${matrix.checkpoints[index] ?? ''} ${formatRate(cell.interval)}`,
      );
      return `${labelWords(role, label)}: ${rates.filter((text) => text !== '').join(', ')}`;
    })
    .join('. ');

/** The first rate stands out; ochre is for what was paid without being meant. */
const toneOf = (role: Role, place: number): string => (place > 0 ? 'plain' : role === 'ordinary' ? 'solid' : 'gamed');

const panel = (matrix: Matrix, stages: Stages, environment: string, role: Role, id: string): Html => {
  const series = labelsFor(role).map((label) => cellsFor(matrix, environment, label));
  const rates = series.flat().flatMap((cell) => (cell === null ? [] : [cell.interval]));
  const frame: Frame = { end: scaleOf(rates), checkpoints: matrix.checkpoints };
  const offset = Math.min(9, stepOf(frame) / 5);
  const marks = series.flatMap((cells, place) =>
    cells.map((cell, index) => mark(frame, cell, index, place === 0 ? -offset : offset, toneOf(role, place))),
  );
  const key = labelsFor(role).map(
    (label, place) => h`<span class="series ${toneOf(role, place)}">${labelWords(role, label)}</span>`,
  );
  return h`<figure class="panel"><figcaption><b>${environment}</b> <span class="quiet">${role === 'stage' ? 'trained' : role === 'held-out' ? 'held out: never trained' : role === 'told' ? 'told to: could it?' : 'nothing to game'}</span><br>${key}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d" focusable="false"><title id="${id}-t">${environment}: rates by checkpoint</title><desc id="${id}-d">${words(matrix, environment, role)}</desc>${trained(frame, environment, stages)}${grid(frame)}${axis(frame)}${marks}</svg></figure>`;
};

/** Every environment of the matrix, each on an axis of its own that starts at 0. */
export const panels = ({
  matrix,
  environments,
  stages,
}: Pick<TrainingView, 'matrix' | 'environments' | 'stages'>): Html => {
  const names = environmentsOf(matrix);
  const steps = matrix.checkpoints.map((name, index) => (index === 0 ? 'base: before training' : `${index}: ${name}`));
  return h`<div class="panels">${names.map((name, index) => panel(matrix, stages, name, roleIn(environments, name), `f${index}`))}</div>
<p class="quiet">Across: checkpoints in the order of training (${steps.join('; ')}). Dot: rate; line: 95 % interval, episodes clustered by task; dashed dot: no interval can be given. Shaded: the environment had been trained on by then. In the drawings of ordinary work both rates ought to stay high. Axes differ; all start at 0.</p>`;
};

const countCell = (cell: MatrixCell | null): Html => {
  if (cell === null) return h`<td class="rate inapplicable"><b>n/a</b></td>`;
  const text = formatRate(cell.interval);
  return h`<td class="rate"><b>${`${cell.count}/${cell.n}`}</b><span class="interval-text">${text.replace(` (${cell.count}/${cell.n})`, '')}</span></td>`;
};

/** The same numbers as a table: every label, exact counts first. */
export const countsTable = (matrix: Matrix, environments: readonly TrainedEnvironment[]): Html => {
  const rows = environmentsOf(matrix).flatMap((environment) => {
    const role = roleIn(environments, environment);
    const labels = [
      ...new Set(matrix.cells.filter((cell) => cell.environment === environment).map(({ label }) => label)),
    ];
    return labels.map(
      (label, index) =>
        h`<tr>${index === 0 ? h`<th scope="rowgroup" rowspan="${labels.length}">${environment}</th>` : null}<th scope="row">${labelWords(role, label)}</th>${cellsFor(matrix, environment, label).map(countCell)}</tr>`,
    );
  });
  return h`<div class="scroll" tabindex="0" role="region" aria-label="Counts by checkpoint and environment">
<table class="results counts"><caption>Counts of scored rollouts, the rate and its 95 % interval below.</caption>
<thead><tr><th scope="col">environment</th><th scope="col">what</th>${matrix.checkpoints.map((name) => h`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
};
