import { rng } from '../../base/rng.ts';
import type { ModelConfig } from './config.ts';
import { initialise } from './initialise.ts';
import type { Weights } from './weights.ts';

/** The shape of the model that the package ships: what depends on time, memory or kernel sizes is tested at it. */
export const SHIPPED_SHAPE: ModelConfig = {
  vocabSize: 2048,
  hiddenSize: 192,
  layers: 6,
  heads: 6,
  kvHeads: 2,
  headSize: 32,
  intermediateSize: 512,
  ropeTheta: 10_000,
  rmsNormEps: 1e-5,
  contextLength: 512,
  tiedEmbeddings: true,
};

export const shippedShapeWeights = (change: Partial<ModelConfig> = {}): Weights =>
  initialise({ ...SHIPPED_SHAPE, ...change }, rng('shipped shape'));
