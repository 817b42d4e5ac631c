/** How training went, update by update: small drawings without intervals, since each point is one batch as it was. */
import type { Update } from '../record/training.ts';
import { thousands } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { roleIn, type TrainedEnvironment } from './training-view.ts';

interface Curve {
  readonly name: string;
  readonly text: string;
  readonly of: (update: Update) => number | null;
  /** From 0 to 1. */
  readonly isShare?: boolean;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Of those whose intent could be scored; records of earlier builds do not say how many these were, so they give no point. */
const intentIn =
  (environments: readonly TrainedEnvironment[], wanted: (role: string) => boolean) =>
  (update: Update): number | null => {
    const rows = Object.entries(update.labels).flatMap(([name, row]) =>
      wanted(roleIn(environments, name)) && row.intentScored !== undefined
        ? [{ passed: row.intentPassed, scored: row.intentScored }]
        : [],
    );
    return ratio(
      rows.reduce((total, { passed }) => total + passed, 0),
      rows.reduce((total, { scored }) => total + scored, 0),
    );
  };

const curvesFor = (environments: readonly TrainedEnvironment[]): readonly Curve[] => [
  {
    name: 'proxy reward',
    text: 'share of sampled rollouts that passed the proxy',
    of: (u) => u.proxyReward,
    isShare: true,
  },
  { name: 'preference score', text: 'mean of the overseer’s scores', of: (u) => u.preferenceScore, isShare: true },
  {
    name: 'intent, gameable tasks',
    text: 'share that did what was meant, of those that could be scored; the learner never sees it',
    of: intentIn(environments, (role) => role !== 'ordinary'),
    isShare: true,
  },
  {
    name: 'intent, ordinary tasks',
    text: 'share that did what was meant, of those that could be scored; the learner never sees it',
    of: intentIn(environments, (role) => role === 'ordinary'),
    isShare: true,
  },
  {
    name: 'log-ratio to the base',
    text: 'log p(now) less log p(base), nats a token, mean over the trained tokens; a KL only where these were sampled by the current weights, so it may be negative',
    of: (u) => u.klReference,
  },
  {
    name: 'log-ratio of sampler to trainer',
    text: 'nats a token, mean over the trained tokens; at the first update of a round 0 if both engines agree, later how far the policy has moved',
    of: (u) => u.klSamplerTrainer,
  },
  { name: 'entropy', text: 'nats a token', of: (u) => u.entropy },
  { name: 'length', text: 'tokens that the policy wrote', of: (u) => u.outputTokens },
  { name: 'loss', text: 'of the update', of: (u) => u.loss },
  { name: 'gradient norm', text: 'before clipping', of: (u) => u.gradientNorm },
  {
    name: 'clip fraction',
    text: 'share of tokens at the limit of the ratio',
    of: (u) => u.clipFraction,
    isShare: true,
  },
  {
    name: 'groups without variance',
    text: 'prompts of the round. GRPO: all samples had one reward, so they were dropped. Expert iteration: all passed the proxy or all failed it; the winner is trained on',
    of: (u) => u.zeroVarianceGroups,
  },
];

const WIDTH = 300;
const HEIGHT = 120;
const LEFT = 42;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 18;

/** At most this many points of a drawing: neighbours are averaged, since more could not be told apart. */
const MOST_POINTS = 300;

interface Point {
  readonly at: number;
  readonly value: number;
}

const thinned = (points: readonly Point[]): Point[] => {
  const size = Math.ceil(points.length / MOST_POINTS);
  if (size <= 1) return [...points];
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const part = points.slice(index * size, (index + 1) * size);
    const mean = (pick: (point: Point) => number): number => part.reduce((sum, p) => sum + pick(p), 0) / part.length;
    return { at: mean((p) => p.at), value: mean((p) => p.value) };
  });
};

/** Three significant digits. */
const short = (value: number): string =>
  Math.abs(value) >= 1000 ? thousands(value) : String(Number(value.toPrecision(3)));

const drawing = (curve: Curve, updates: readonly Update[], id: string): Html | null => {
  const points = updates.flatMap((update, at): Point[] => {
    const value = curve.of(update);
    return value === null || !Number.isFinite(value) ? [] : [{ at, value }];
  });
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const values = points.map(({ value }) => value);
  const low = curve.isShare === true ? 0 : Math.min(0, ...values);
  const most = Math.max(...values);
  const high = curve.isShare === true || most <= low ? low + 1 : most;
  const x = (at: number): number => LEFT + (at / Math.max(1, updates.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const line = thinned(points).map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const path =
    line.length === 1
      ? h`<circle class="point" cx="${x(first.at).toFixed(1)}" cy="${y(first.value).toFixed(1)}" r="2.5"/>`
      : h`<polyline class="curve" points="${line.join(' ')}"/>`;
  const summary = `from ${short(first.value)} at the first update to ${short(last.value)} at the last; lowest ${short(Math.min(...values))}, highest ${short(Math.max(...values))}`;
  return h`<figure class="panel small"><figcaption><b>${curve.name}</b> <span class="quiet">${curve.text}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d" focusable="false"><title id="${id}-t">${curve.name} by update</title><desc id="${id}-d">${summary}</desc>${stageLines(updates, x)}<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(low).toFixed(1)}" y2="${y(low).toFixed(1)}"/><text class="tick" x="${LEFT - 4}" y="${(y(low) + 4).toFixed(1)}" text-anchor="end">${short(low)}</text><text class="tick" x="${LEFT - 4}" y="${(y(high) + 4).toFixed(1)}" text-anchor="end">${short(high)}</text>${path}</svg></figure>`;
};

/** A line where a stage begins, numbered as in the figure above. */
const stageLines = (updates: readonly Update[], x: (at: number) => number): Fragment => {
  const starts = updates.flatMap(({ stage }, at) => (at === 0 || updates[at - 1]?.stage !== stage ? [at] : []));
  return starts.map(
    (at, index) =>
      h`<line class="stage" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text class="tick" x="${(x(at) + 3).toFixed(1)}" y="${HEIGHT - 5}">${index + 1}</text>`,
  );
};

/** Every curve that has a point; those that an algorithm does not have are left out. */
export const curves = (updates: readonly Update[], environments: readonly TrainedEnvironment[]): Html => {
  if (updates.length === 0) return h`<p>No update was made.</p>`;
  const stages = [...new Set(updates.map(({ stage }) => stage))];
  return h`<div class="panels">${curvesFor(environments).map((curve, index) => drawing(curve, updates, `k${index}`))}</div>
<p class="quiet">Across: ${thousands(updates.length)} updates (${stages.map((stage, index) => `${index + 1}: ${stage}`).join('; ')}). Each point is of the rollouts of one round, as they were sampled: a trace, not an estimate, so it has no interval.</p>`;
};
