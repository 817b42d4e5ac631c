import { rng } from '../../base/rng.ts';
import type { ModelConfig } from '../model/config.ts';
import { initialise } from '../model/initialise.ts';
import type { Weights } from '../model/weights.ts';

/** Takes the tiny tokenizer's 273 tokens. */
export const TINY: ModelConfig = {
  vocabSize: 280,
  hiddenSize: 48,
  layers: 3,
  heads: 6,
  kvHeads: 2,
  headSize: 8,
  intermediateSize: 72,
  ropeTheta: 10_000,
  rmsNormEps: 1e-5,
  contextLength: 160,
  tiedEmbeddings: true,
};

/**
 * Random weights, ten times as large as a fresh model's: so that what a token sees changes what it says by far more
 * than rounding does, and texts differ.
 */
export const tinyWeights = (seed: number, change: Partial<ModelConfig> = {}): Weights => {
  const weights = initialise({ ...TINY, ...change }, rng(seed));
  // Norms are 1 and stay so.
  for (const [index, value] of weights.flat.entries()) if (value !== 1) weights.flat[index] = 10 * value;
  return weights;
};
