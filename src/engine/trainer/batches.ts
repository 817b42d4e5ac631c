import type { BatchShape } from '../model/model-graph.ts';

/**
 * Cuts many sequences into micro-batches of few shapes. Each shape is a session with memory of its own, and padding is
 * wasted work; so sequences are taken from the longest on, and lengths, rows and read positions are rounded up.
 */

export interface MicroBatch {
  readonly shape: BatchShape;
  /** Which sequences, by their index among those that were given. At most `shape.rows`. */
  readonly members: readonly number[];
}

/** What is to be computed of one sequence. */
export interface Extent {
  readonly length: number;
  /** Positions at which the next token is scored. */
  readonly scored: number;
}

export interface BatchLimits {
  /** About how many positions one micro-batch has. */
  readonly tokens: number;
  readonly contextLength: number;
}

/** Fine where padding would weigh much, coarse where a shape's memory does. Beyond: multiples of the last. */
const LENGTHS = [32, 64, 96, 128, 192, 256, 320, 384, 512];
const LONGEST = 512;

/** The padded length of a sequence. */
export const paddedLength = (length: number, contextLength: number): number => {
  const level = LENGTHS.find((one) => length <= one) ?? Math.ceil(length / LONGEST) * LONGEST;
  // A context between two levels is a level of its own; a tiny model has a short one.
  return Math.max(length, Math.min(level, contextLength));
};

const powerOfTwo = (atLeast: number): number => 2 ** Math.ceil(Math.log2(atLeast));

/**
 * A half or all of the positions: what is trained is mostly less than half of a transcript. Next to none where only the
 * value head is wanted, as of a preference model.
 */
const paddedScored = (scored: number, positions: number): number => {
  const [few, half] = [Math.ceil(positions / 32), Math.ceil(positions / 2)];
  if (scored <= few) return few;
  return scored <= half ? half : positions;
};

/** Depends on the extents alone; ties keep the given order. */
export const microBatches = (extents: readonly Extent[], { tokens, contextLength }: BatchLimits): MicroBatch[] => {
  const order = extents.map((extent, index) => ({ ...extent, index })).sort((a, b) => b.length - a.length);
  const batches: MicroBatch[] = [];
  for (let next = 0; next < order.length; ) {
    const length = paddedLength(order[next]?.length ?? 0, contextLength);
    const capacity = Math.max(1, Math.floor(tokens / length));
    const members = order.slice(next, next + capacity);
    const rows = members.length === capacity ? capacity : Math.min(capacity, powerOfTwo(members.length));
    const scored = members.reduce((sum, member) => sum + member.scored, 0);
    const shape = { rows, length, scored: paddedScored(scored, rows * length) };
    batches.push({ shape, members: members.map(({ index }) => index) });
    next += members.length;
  }
  return batches;
};
