import { inputError } from '../../base/errors.ts';
import { checkModel, type ModelConfig } from './config.ts';
import { type ParameterOptions, parameterSpecs, totalSize, VALUE_WEIGHT } from './parameters.ts';
import { sharedFloats } from './shared-memory.ts';

/** A dense float32 tensor, row-major. Backed by a SharedArrayBuffer, so that workers read it without a copy in transit. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<SharedArrayBuffer>;
}

/**
 * All parameters of a model at one version, by their Hugging Face names (`model.layers.0.self_attn.q_proj.weight`,
 * shape [out, in]). Beside them `value_head.weight` [1, hidden] and `value_head.bias` [1] where the model has a value
 * head. The tensors are views of one buffer, in the order of `parameterSpecs`. Not to be written after it was handed to a
 * trainer or sampler: both know a set of weights again by this object.
 */
export interface Weights {
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly flat: Float32Array<SharedArrayBuffer>;
}

/**
 * Names the parts of a flat buffer that holds all parameters in their order (`parameterSpecs`); a new buffer of zeros where
 * none is given, for tensors of one's own to be written to. Throws `bad-model` for a configuration that no model can have,
 * and `bad-weights` where the buffer has another length.
 */
export const weightsOf = (
  config: ModelConfig,
  options: ParameterOptions,
  flat?: Float32Array<SharedArrayBuffer>,
): Weights => {
  checkModel(config);
  const specs = parameterSpecs(config, options);
  const total = totalSize(specs);
  const buffer = flat ?? sharedFloats(total);
  if (buffer.length !== total) {
    throw inputError({
      code: 'bad-weights',
      what: 'A model does not fit into this buffer.',
      given: `${buffer.length} numbers`,
      allowed: `${total}, as many as parameterSpecs has elements`,
    });
  }
  const tensors = new Map(
    specs.map(({ name, shape, offset, size }) => [name, { shape, data: buffer.subarray(offset, offset + size) }]),
  );
  return { config, tensors, flat: buffer };
};

export const hasValueHead = (weights: Weights): boolean => weights.tensors.has(VALUE_WEIGHT);

/** A copy with a value head of zeros where there was none, or without the one that there was. */
export const withValueHead = (weights: Weights, valueHead: boolean): Weights => {
  const copy = weightsOf(weights.config, { valueHead });
  // The head stands last, so that everything before it has the same place in both buffers.
  copy.flat.set(weights.flat.subarray(0, Math.min(copy.flat.length, weights.flat.length)));
  return copy;
};

/** Throws `bad-weights` where a number is NaN or infinite, and says where. `from`: what holds them. */
export const checkFinite = ({ tensors }: Weights, from: string): void => {
  for (const [name, { data }] of tensors) {
    // A sum of finite numbers is finite in float64: no search is needed where it is.
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += data[i] ?? 0;
    if (Number.isFinite(sum)) continue;
    const at = data.findIndex((value) => !Number.isFinite(value));
    throw inputError({
      code: 'bad-weights',
      what: `${from}: tensor "${name}" holds a number that is none.`,
      given: `${data[at]} at place ${at}`,
      allowed: 'finite numbers',
      todo: 'Take a checkpoint from before training diverged.',
    });
  }
};

/** The tensor of that name. A name that the model does not have is a bug. */
export const tensorOf = (weights: Weights, name: string): Tensor => {
  const tensor = weights.tensors.get(name);
  if (tensor === undefined) throw new Error(`no parameter ${name}`);
  return tensor;
};
