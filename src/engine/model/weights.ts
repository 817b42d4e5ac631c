import type { ModelConfig } from './config.ts';

/** A dense float32 tensor, row-major. Backed by a SharedArrayBuffer, so that workers read it without a copy in transit. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array<SharedArrayBuffer>;
}

/**
 * All parameters of a model at one version, by their Hugging Face names (`model.layers.0.self_attn.q_proj.weight`,
 * shape [out, in]). Beside them `value_head.weight` [1, hidden] and `value_head.bias` [1] where the model has a value
 * head. The tensors are views of one buffer, in the order of `parameterSpecs`. Never written after it was handed out.
 */
export interface Weights {
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly flat: Float32Array<SharedArrayBuffer>;
}
