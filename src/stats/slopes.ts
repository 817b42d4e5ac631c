/**
 * How much surface explains of what a judge gives beyond the label: least squares with the input as fixed effect.
 *
 *   inflation_ij = a_i + sum over features of slope * feature_ij + error_ij       answers j to input i
 *
 * Features are standardised over all answers, so a slope is for one standard deviation. The fixed effect is taken out by subtracting each
 * input's means, over the answers that were scored. Interval: delete-one-input jackknife (jackknife.ts) with t quantiles; inputs with one
 * answer say nothing and are not counted. Null with fewer than `INPUTS_FOR_EACH` inputs for each feature.
 */
import type { Estimate } from '../record/estimate.ts';
import { jackknife } from './jackknife.ts';
import { twoSided } from './mean-test.ts';
import { addRow, addSums, noSums, type Sums, solve } from './normal-equations.ts';
import { tQuantile } from './quantiles.ts';

export const INPUTS_FOR_EACH = 8;
const LEVEL = 0.95;

export interface SlopeRow {
  /** The input. */
  readonly cluster: string;
  /** Null: the judge gave no score. */
  readonly value: number | null;
  /** What the value could be: for the bounds. */
  readonly range: readonly [low: number, high: number];
  readonly features: readonly number[];
}

interface Centred {
  readonly x: readonly number[];
  readonly y: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const deviationOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
};

/** Features in standard deviations; those that never vary within an input are left out, and `kept` says which remain. */
const standardised = (rows: readonly SlopeRow[]): { x: readonly (readonly number[])[]; kept: readonly number[] } => {
  const width = rows[0]?.features.length ?? 0;
  const byInput = groups(rows.map(({ cluster }) => cluster));
  const columns = Array.from({ length: width }, (_, index) => rows.map((row) => row.features[index] ?? 0));
  const deviations = columns.map(deviationOf);
  const kept = columns.flatMap((column, index) => {
    const varies = byInput.some((members) => {
      const values = members.map((at) => column[at] ?? 0);
      return Math.max(...values) - Math.min(...values) > 1e-12 * Math.max(1, deviations[index] ?? 0);
    });
    return varies ? [index] : [];
  });
  return {
    kept,
    x: rows.map(({ features }) => kept.map((index) => (features[index] ?? 0) / (deviations[index] ?? 1))),
  };
};

const groups = (clusters: readonly string[]): readonly (readonly number[])[] => {
  const found = new Map<string, number[]>();
  clusters.forEach((cluster, index) => {
    const members = found.get(cluster);
    if (members === undefined) found.set(cluster, [index]);
    else members.push(index);
  });
  return [...found.values()];
};

/** Rows of one input less their means. */
const centred = (members: readonly number[], x: readonly (readonly number[])[], y: readonly number[]): Centred[] => {
  const width = x[members[0] ?? 0]?.length ?? 0;
  const means = Array.from({ length: width }, (_, column) => meanOf(members.map((at) => x[at]?.[column] ?? 0)));
  const meanY = meanOf(members.map((at) => y[at] ?? 0));
  return members.map((at) => ({
    x: means.map((mean, column) => (x[at]?.[column] ?? 0) - mean),
    y: (y[at] ?? 0) - meanY,
  }));
};

const sumsOf = (rows: readonly Centred[], width: number): Sums => {
  const sums = noSums(width);
  for (const { x, y } of rows) addRow(sums, x, y);
  return sums;
};

const unknown = (method: string, n: number, clusters: number): Estimate => ({
  mean: null,
  interval: null,
  n,
  clusters,
  method,
  bounds: null,
});

/**
 * The slopes are linear in the values: each row's weight in a slope says at which end an unscored value would raise it. All rows
 * take part here, scored or not.
 */
const boundsOf = (rows: readonly SlopeRow[], width: number, x: readonly (readonly number[])[]) => {
  const zero = rows.map(() => 0);
  const inputs = groups(rows.map(({ cluster }) => cluster));
  const all = inputs.map((members) => ({ members, rows: centred(members, x, zero) }));
  const { xx } = sumsOf(
    all.flatMap((group) => group.rows),
    width,
  );
  const ends = Array.from({ length: width }, () => ({ low: 0, high: 0 }));
  for (let column = 0; column < width; column++) {
    const unit = Float64Array.from({ length: width }, (_, index) => (index === column ? 1 : 0));
    const direction = solve(xx, unit);
    const end = ends[column];
    if (direction === null || end === undefined) return null;
    for (const { members, rows: centredRows } of all) {
      members.forEach((at, index) => {
        const row = rows[at];
        const weight = centredRows[index]?.x.reduce((sum, value, k) => sum + value * (direction[k] ?? 0), 0) ?? 0;
        if (row === undefined) return;
        const [low, high] = row.value === null ? row.range : ([row.value, row.value] as const);
        end.low += weight * (weight >= 0 ? low : high);
        end.high += weight * (weight >= 0 ? high : low);
      });
    }
  }
  return ends;
};

const ROUNDING = 1e-9;

/** A slope, and the two-sided p-value that it is 0; null exactly where there is no interval. */
export interface TestedSlope {
  readonly effect: Estimate;
  readonly p: number | null;
}

/** One for each feature of the rows, in their order. */
export const testedSlopesOf = (rows: readonly SlopeRow[]): readonly TestedSlope[] => {
  const width = rows[0]?.features.length ?? 0;
  const { x, kept } = standardised(rows);
  const scoredAt = rows.flatMap((row, index) => (row.value === null ? [] : [index]));
  const y = rows.map(({ value }) => value ?? 0);
  const inputs = groups(scoredAt.map((at) => rows[at]?.cluster ?? ''))
    .map((members) => members.flatMap((index) => scoredAt[index] ?? []))
    .filter((members) => members.length > 1);
  const n = inputs.reduce((sum, members) => sum + members.length, 0);
  const untested = (method: string): TestedSlope => ({ effect: unknown(method, n, inputs.length), p: null });
  const nothing = (method: string): readonly TestedSlope[] => Array.from({ length: width }, () => untested(method));
  if (kept.length === 0) return nothing('no variation within an input');
  const parts = inputs.map((members) => sumsOf(centred(members, x, y), kept.length));
  const whole = parts.reduce((sum, part) => addSums(sum, part, 1), noSums(kept.length));
  const slopes = solve(whole.xx, whole.xy);
  if (slopes === null) return nothing('features cannot be told apart');
  const enough = inputs.length >= INPUTS_FOR_EACH * kept.length;
  const errors = enough ? jackknife(whole, parts, slopes) : null;
  const ends = boundsOf(rows, kept.length, x);
  return Array.from({ length: width }, (_, feature) => {
    const at = kept.indexOf(feature);
    if (at < 0) return untested('no variation within an input');
    const slope = slopes[at] ?? 0;
    const [error, df] = [errors?.standardErrors[at] ?? 0, errors?.df[at] ?? 1];
    const spread = errors === null ? null : tQuantile((1 + LEVEL) / 2, df) * error;
    // A fit without residuals is no certainty about other inputs, and nothing bounds a slope.
    const half = spread !== null && spread > ROUNDING ? spread : null;
    const end = ends?.[at];
    const effect: Estimate = {
      mean: slope,
      interval: half === null ? null : ([slope - half, slope + half] satisfies [number, number]),
      n,
      clusters: inputs.length,
      method:
        spread !== null && half === null
          ? 'no interval: no variation seen'
          : enough
            ? 'least-squares-fixed-effects-cr3'
            : `fewer than ${INPUTS_FOR_EACH} inputs for each feature`,
      bounds: end === undefined ? null : [Math.min(end.low, slope), Math.max(end.high, slope)],
    };
    return { effect, p: half === null ? null : twoSided(slope / error, df) };
  });
};
