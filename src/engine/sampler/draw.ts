const BLOCK = 64;

/** Draws from unnormalised weights; keeps its scratch memory between draws. */
export interface Drawer {
  /**
   * The index at which the cumulated weights pass `uniform` (in [0, 1)) of their total: inverse transform sampling.
   * An index of weight 0 is never drawn. `total` holds the total afterwards. -1 where the weights have no finite,
   * positive total.
   */
  draw(weights: Float32Array, from: number, uniform: number): number;
  /** Of the last draw, in float64. */
  readonly total: number;
  /** The total of such weights, without a draw. */
  measure(weights: Float32Array, from: number): number;
}

export const drawer = (size: number): Drawer => {
  const blocks = Math.ceil(size / BLOCK);
  const sums = new Float64Array(blocks);
  let total = 0;
  return {
    get total() {
      return total;
    },
    measure: (weights, from) => sumOfBlocks(weights, from, size, sums),
    draw: (weights, from, uniform) => {
      total = sumOfBlocks(weights, from, size, sums);
      if (!(total > 0 && total < Number.POSITIVE_INFINITY)) return -1;
      const target = uniform * total;
      let below = 0;
      let block = 0;
      while (block < blocks - 1 && below + (sums[block] ?? 0) <= target) below += sums[block++] ?? 0;
      let drawn = -1;
      for (let i = block * BLOCK; i < size; i++) {
        const weight = weights[from + i] ?? 0;
        if (weight === 0) continue;
        drawn = i;
        below += weight;
        if (below > target) return i;
      }
      // Rounding left the target at the very end: the last index of any weight.
      for (let i = block * BLOCK - 1; drawn < 0 && i >= 0; i--) if ((weights[from + i] ?? 0) > 0) drawn = i;
      return drawn;
    },
  };
};

/** Fills `sums` with the sum of each block, in a fixed order of additions; gives their sum. */
export const sumOfBlocks = (weights: Float32Array, from: number, size: number, sums: Float64Array): number => {
  let total = 0;
  for (let block = 0; block < sums.length; block++) {
    const start = from + block * BLOCK;
    const end = Math.min(start + BLOCK, from + size);
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = start;
    // Four sums, since an addition waits for the one before it.
    for (; i + 3 < end; i += 4) {
      a += weights[i] ?? 0;
      b += weights[i + 1] ?? 0;
      c += weights[i + 2] ?? 0;
      d += weights[i + 3] ?? 0;
    }
    for (; i < end; i++) a += weights[i] ?? 0;
    const sum = a + b + (c + d);
    sums[block] = sum;
    total += sum;
  }
  return total;
};
