/**
 * Delete-one-cluster jackknife of least squares (CR3), with the degrees of freedom that its own variance has when errors are
 * independent and alike (Satterthwaite): few inputs of great leverage count as few. Bell and McCaffrey 2002, Survey Methodology 28:169;
 * Imbens and Kolesar 2016, Rev Econ Stat 98:701.
 */
import { addSums, type Sums, solve } from './normal-equations.ts';

export interface Jackknife {
  readonly standardErrors: readonly number[];
  readonly df: readonly number[];
}

/** u' S v. */
const form = (u: Float64Array, { xx }: Sums, v: Float64Array): number => {
  const width = u.length;
  let sum = 0;
  for (let i = 0; i < width; i++)
    for (let j = 0; j < width; j++) sum += (u[i] ?? 0) * (xx[i * width + j] ?? 0) * (v[j] ?? 0);
  return sum;
};

const unit = (width: number, at: number): Float64Array =>
  Float64Array.from({ length: width }, (_, k) => (k === at ? 1 : 0));

/** What one cluster's leaving does to one slope: the slope's change, and the change of its row of the inverse. */
interface Left {
  readonly change: number;
  readonly turn: Float64Array;
}

const leaveEach = (
  whole: Sums,
  parts: readonly Sums[],
  slopes: Float64Array,
  at: number,
  row: Float64Array,
): Left[] | null => {
  const found: Left[] = [];
  for (const part of parts) {
    const rest = addSums(whole, part, -1);
    const own = solve(rest.xx, unit(slopes.length, at));
    if (own === null) return null;
    const slope = own.reduce((sum, value, k) => sum + value * (rest.xy[k] ?? 0), 0);
    found.push({ change: slope - (slopes[at] ?? 0), turn: own.map((value, k) => value - (row[k] ?? 0)) });
  }
  return found;
};

/**
 * (sum of variances)² over the sum of squared covariances of the changes. Row i of cluster k has in the change of g the weight
 * ([k is not g] own_g - row) x_i, so each covariance is a few quadratic forms of the clusters' sums.
 */
const freedom = (whole: Sums, parts: readonly Sums[], row: Float64Array, left: readonly Left[]): number => {
  let trace = 0;
  let squares = 0;
  const minus = row.map((value) => -value);
  left.forEach((one, g) => {
    const part = parts[g];
    if (part === undefined) return;
    const variance = form(one.turn, whole, one.turn) - form(one.turn, part, one.turn) + form(row, part, row);
    trace += variance;
    squares += variance ** 2;
    for (let h = 0; h < g; h++) {
      const [other, otherPart] = [left[h], parts[h]];
      if (other === undefined || otherPart === undefined) continue;
      const rest =
        form(one.turn, whole, other.turn) - form(one.turn, part, other.turn) - form(one.turn, otherPart, other.turn);
      squares += 2 * (rest + form(minus, part, other.turn) + form(one.turn, otherPart, minus)) ** 2;
    }
  });
  return squares === 0 ? 0 : trace ** 2 / squares;
};

/** Null where leaving one cluster out leaves a slope undetermined: then one cluster decides, and nothing can be said of others. */
export const jackknife = (whole: Sums, parts: readonly Sums[], slopes: Float64Array): Jackknife | null => {
  const standardErrors: number[] = [];
  const df: number[] = [];
  const count = parts.length;
  for (let at = 0; at < slopes.length; at++) {
    const row = solve(whole.xx, unit(slopes.length, at));
    const left = row === null ? null : leaveEach(whole, parts, slopes, at, row);
    if (row === null || left === null) return null;
    const squares = left.reduce((sum, { change }) => sum + change ** 2, 0);
    standardErrors.push(Math.sqrt(((count - 1) / count) * squares));
    df.push(Math.max(1, Math.min(count - 1, freedom(whole, parts, row, left))));
  }
  return { standardErrors, df };
};
