/** Small dense least squares on sums of products, so that a cluster can be left out by taking its sums away. */

export interface Sums {
  /** Sum of x xᵀ, row by row; `width` squared numbers. */
  readonly xx: Float64Array;
  /** Sum of x y. */
  readonly xy: Float64Array;
}

export const noSums = (width: number): Sums => ({ xx: new Float64Array(width * width), xy: new Float64Array(width) });

/** Adds one row in place. */
export const addRow = ({ xx, xy }: Sums, x: readonly number[], y: number): void => {
  const width = xy.length;
  for (let i = 0; i < width; i++) {
    const xi = x[i] ?? 0;
    xy[i] = (xy[i] ?? 0) + xi * y;
    for (let j = 0; j < width; j++) xx[i * width + j] = (xx[i * width + j] ?? 0) + xi * (x[j] ?? 0);
  }
};

/** `sign` 1 or -1. */
export const addSums = (one: Sums, other: Sums, sign: number): Sums => ({
  xx: one.xx.map((value, index) => value + sign * (other.xx[index] ?? 0)),
  xy: one.xy.map((value, index) => value + sign * (other.xy[index] ?? 0)),
});

/** A pivot below this share of its own diagonal is a column that the others make up. */
const SINGULAR = 1e-9;

/** Lower Cholesky factor, or null where the matrix is not safely positive definite. */
const cholesky = (xx: Float64Array, width: number): Float64Array | null => {
  const factor = new Float64Array(width * width);
  const at = (i: number, j: number): number => factor[i * width + j] ?? 0;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = xx[i * width + j] ?? 0;
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k);
      if (i !== j) factor[i * width + j] = rest / at(j, j);
      else if (rest <= SINGULAR * (xx[i * width + i] ?? 0)) return null;
      else factor[i * width + i] = Math.sqrt(rest);
    }
  }
  return factor;
};

/** The coefficients b of xx b = xy, or null where xx is singular. */
export const solve = (xx: Float64Array, xy: Float64Array): Float64Array | null => {
  const width = xy.length;
  const factor = cholesky(xx, width);
  if (factor === null) return null;
  const at = (i: number, j: number): number => factor[i * width + j] ?? 0;
  const b = Float64Array.from(xy);
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) b[i] = (b[i] ?? 0) - at(i, k) * (b[k] ?? 0);
    b[i] = (b[i] ?? 0) / at(i, i);
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) b[i] = (b[i] ?? 0) - at(k, i) * (b[k] ?? 0);
    b[i] = (b[i] ?? 0) / at(i, i);
  }
  return b;
};
