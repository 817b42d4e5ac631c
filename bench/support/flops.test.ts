import { expect, test } from 'vitest';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { trainingFlops } from './flops.ts';

const SMALL: ModelConfig = {
  vocabSize: 5,
  hiddenSize: 4,
  layers: 1,
  heads: 2,
  kvHeads: 1,
  headSize: 2,
  intermediateSize: 3,
  ropeTheta: 10_000,
  rmsNormEps: 1e-5,
  contextLength: 8,
  tiedEmbeddings: true,
};

test('the flops of a step are those of a count by hand', () => {
  // Weights of the block: q 4 x 4 = 16, k and v 2 x 4 = 8 each, o 4 x 4 = 16, gate, up and down 3 x 4 = 12 each: 84.
  // Two tokens, one multiplication and one addition each: 2 x 2 x 84 = 336.
  // Position 0 sees 1 position, position 1 sees 2: 3 pairs, in 2 heads 6; 2 multiply-adds for the score and 2 for the
  // share of the value: 24 multiply-adds, 48 flops.
  // The vocabulary: 2 tokens x 4 x 5 = 40 multiply-adds, 80 flops.
  // 464 forward, and twice that backward.
  expect(trainingFlops(SMALL, 1, 2)).toEqual({ projections: 336, attention: 48, output: 80, total: 1392 });
});

test('depth multiplies the blocks and not the vocabulary; rows multiply everything', () => {
  expect(trainingFlops({ ...SMALL, layers: 3 }, 1, 2)).toEqual({
    projections: 3 * 336,
    attention: 3 * 48,
    output: 80,
    total: 3 * (3 * 384 + 80),
  });
  expect(trainingFlops(SMALL, 7, 2).total).toBe(7 * 1392);
});

test('a longer sequence pays for every pair of positions once', () => {
  // 1 + 2 + 3 + 4 + 5 = 15 pairs where two positions have 3.
  expect(trainingFlops(SMALL, 1, 5).attention).toBe(5 * 48);
});
