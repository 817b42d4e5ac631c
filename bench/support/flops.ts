import type { ModelConfig } from '../../src/engine/model/config.ts';
import { groupsOf } from '../../src/engine/model/groups.ts';

/** Floating-point operations of the matrix products of one training step; a multiplication and an addition are two. */
export interface TrainingFlops {
  /** Forward: the projections of all blocks. */
  readonly projections: number;
  /** Forward: scores and mixing, of what each position may see. */
  readonly attention: number;
  /** Forward: hidden states to the vocabulary. */
  readonly output: number;
  /** Forward and backward. */
  readonly total: number;
}

/** The gradient of a product a b by a is one product of the same size, and by b another. */
const FORWARD_AND_BACKWARD = 3;

/**
 * For `rows` sequences of `length` positions, each scored. Counts what the model needs, not what an implementation
 * happens to do: no masked half of the attention, nothing that is computed twice, no padding. Norms, rotations, softmax,
 * SwiGLU and the optimiser are no matrix products and count 0, so that a share of the matrix rate is never flattered.
 */
export const trainingFlops = (config: ModelConfig, rows: number, length: number): TrainingFlops => {
  const { layers, heads, headSize, hiddenSize, vocabSize } = config;
  const tokens = rows * length;
  const blockWeights = groupsOf(config).reduce(
    (sum, { outs, inner }) => sum + inner * outs.reduce((width, out) => width + out, 0),
    0,
  );
  const projections = 2 * tokens * layers * blockWeights;
  // Position t sees t + 1 positions; each costs headSize multiplications for its score and as many for its share.
  const seen = (rows * length * (length + 1)) / 2;
  const attention = 2 * layers * heads * seen * 2 * headSize;
  const output = 2 * tokens * hiddenSize * vocabSize;
  return { projections, attention, output, total: FORWARD_AND_BACKWARD * (projections + attention + output) };
};
