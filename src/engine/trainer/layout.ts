import type { BatchShape } from '../model/model-graph.ts';

/** One sequence of a micro-batch and, for training, the derivatives of the loss (see `Credit`). */
export interface RowJob {
  readonly ids: Int32Array;
  readonly credit: {
    readonly logprobs: Float32Array;
    readonly entropies: Float32Array | null;
    readonly values: Float32Array | null;
  } | null;
  /** [T - 1]: which next tokens are scored, beside those with a derivative. Null: all. */
  readonly scored: ArrayLike<number> | null;
}

/** What one run of a graph is fed, beside parameters and embeddings. Buffers of one shape are used again. */
export interface BatchBuffers {
  readonly targets: BigInt64Array;
  readonly positions: BigInt64Array;
  readonly inverse: BigInt64Array;
  readonly creditLogprobs: Float32Array;
  readonly creditEntropies: Float32Array;
  readonly creditValues: Float32Array;
  /** Place of the scored token -> row * length + position; -1 where nothing stands. */
  readonly scoredAt: Int32Array;
}

export const batchBuffers = ({ rows, length, scored }: BatchShape): BatchBuffers => ({
  targets: new BigInt64Array(scored),
  positions: new BigInt64Array(scored),
  inverse: new BigInt64Array(rows * length),
  creditLogprobs: new Float32Array(scored),
  creditEntropies: new Float32Array(scored),
  creditValues: new Float32Array(rows * length),
  scoredAt: new Int32Array(scored),
});

/** Whether position t of a sequence (the token after it) is to be scored. */
const isScored = ({ credit, scored }: RowJob, t: number): boolean =>
  scored === null || scored[t] !== 0 || (credit?.logprobs[t] ?? 0) !== 0 || (credit?.entropies?.[t] ?? 0) !== 0;

/** How many next tokens of a sequence are to be scored. */
export const scoredCount = (job: RowJob): number => {
  let count = 0;
  for (let t = 0; t + 1 < job.ids.length; t++) if (isScored(job, t)) count++;
  return count;
};

/** Fills the buffers for these sequences. Places that are left over repeat position 0, with credit 0. */
export const layOut = (buffers: BatchBuffers, shape: BatchShape, jobs: readonly RowJob[]): void => {
  const all = shape.scored === shape.rows * shape.length;
  buffers.targets.fill(0n);
  buffers.positions.fill(0n);
  buffers.inverse.fill(BigInt(shape.scored));
  buffers.creditLogprobs.fill(0);
  buffers.creditEntropies.fill(0);
  buffers.creditValues.fill(0);
  buffers.scoredAt.fill(-1);
  let next = 0;
  for (const [row, job] of jobs.entries()) {
    const start = row * shape.length;
    for (let t = 0; t + 1 < job.ids.length; t++) {
      if (!isScored(job, t)) continue;
      const place = all ? start + t : next++;
      buffers.targets[place] = BigInt(job.ids[t + 1] ?? 0);
      buffers.positions[place] = BigInt(start + t);
      buffers.inverse[start + t] = BigInt(place);
      buffers.creditLogprobs[place] = job.credit?.logprobs[t] ?? 0;
      buffers.creditEntropies[place] = job.credit?.entropies?.[t] ?? 0;
      buffers.scoredAt[place] = start + t;
    }
    if (job.credit?.values) buffers.creditValues.set(job.credit.values, start);
  }
};
