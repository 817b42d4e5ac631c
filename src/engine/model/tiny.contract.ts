import { rng } from '../../base/rng.ts';
import type { ModelConfig } from './config.ts';
import { fillNormal } from './initialise.ts';
import { type ParameterOptions, parameterSpecs } from './parameters.ts';
import { type Weights, weightsOf } from './weights.ts';

/** The smallest model that has everything: several layers, heads that share keys, no round sizes, room for the tiny tokenizer. */
export const TINY: ModelConfig = {
  vocabSize: 277,
  hiddenSize: 48,
  layers: 3,
  heads: 6,
  kvHeads: 2,
  headSize: 8,
  intermediateSize: 74,
  ropeTheta: 10_000,
  rmsNormEps: 1e-5,
  contextLength: 160,
  tiedEmbeddings: true,
};

/**
 * Weights large enough that every part matters and texts differ: what a token sees changes what it says by far more than
 * rounding does; norms differ, a value head is not 0.
 */
export const randomWeights = (
  change: Partial<ModelConfig> = {},
  seed = 'tiny',
  options: ParameterOptions = { valueHead: false },
): Weights => {
  const config = { ...TINY, ...change };
  const weights = weightsOf(config, options);
  const dice = rng(seed);
  for (const { name, kind, offset, size } of parameterSpecs(config, options)) {
    const data = weights.flat.subarray(offset, offset + size);
    fillNormal(data, kind === 'norm' ? 0.2 : 0.25, dice.fork(name));
    if (kind === 'norm') for (let i = 0; i < size; i++) data[i] = 1 + (data[i] ?? 0);
  }
  return weights;
};

export const randomIds = (length: number, seed: string, config: ModelConfig = TINY): Int32Array => {
  const dice = rng(seed);
  return Int32Array.from({ length }, () => dice.int(config.vocabSize));
};

export const randomFloats = (length: number, deviation: number, seed: string): Float32Array => {
  const out = new Float32Array(length);
  fillNormal(out, deviation, rng(seed));
  return out;
};
