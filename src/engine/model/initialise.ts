import type { Rng } from '../../base/rng.ts';
import type { ModelConfig } from './config.ts';
import { type ParameterOptions, parameterSpecs } from './parameters.ts';
import { type Weights, weightsOf } from './weights.ts';

const STANDARD_DEVIATION = 0.02;

/** Fills with normal deviates of mean 0 (Box and Muller, 1958). */
export const fillNormal = (target: Float32Array, standardDeviation: number, rng: Rng): void => {
  for (let i = 0; i < target.length; i += 2) {
    // 1 - next() is in (0, 1], so that the logarithm is finite.
    const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - rng.next()));
    const angle = 2 * Math.PI * rng.next();
    target[i] = radius * Math.cos(angle);
    if (i + 1 < target.length) target[i + 1] = radius * Math.sin(angle);
  }
};

/**
 * New weights: normal with standard deviation 0.02; what is added to the residual stream is scaled down by
 * sqrt(2 layers), so that the stream's variance does not grow with depth (GPT-2); norms 1; the value head 0.
 * Each tensor draws from its own stream: another depth does not shift the dice of the layers that both have.
 */
export const initialise = (
  config: ModelConfig,
  rng: Rng,
  options: ParameterOptions = { valueHead: false },
): Weights => {
  const weights = weightsOf(config, options);
  for (const { name, kind, offset, size } of parameterSpecs(config, options)) {
    const data = weights.flat.subarray(offset, offset + size);
    switch (kind) {
      case 'embedding':
      case 'matrix':
        fillNormal(data, STANDARD_DEVIATION, rng.fork(name));
        break;
      case 'residual':
        fillNormal(data, STANDARD_DEVIATION / Math.sqrt(2 * config.layers), rng.fork(name));
        break;
      case 'norm':
        data.fill(1);
        break;
      case 'value-head':
        break;
    }
  }
  return weights;
};
