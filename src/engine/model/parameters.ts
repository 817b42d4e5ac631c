import { sizeOf } from '../onnx/model.ts';
import type { ModelConfig } from './config.ts';

/**
 * What a parameter is to an optimiser and to an initialiser. `matrix`: a projection inside a block. `residual`: a
 * projection whose output is added to the residual stream. `embedding`: token embedding or untied output projection.
 */
export type ParameterKind = 'embedding' | 'matrix' | 'residual' | 'norm' | 'value-head';

/** One tensor and its place in the flat buffer. */
export interface ParameterSpec {
  /** As in a Hugging Face checkpoint. */
  readonly name: string;
  /** Projections are [out, in]. */
  readonly shape: readonly number[];
  readonly kind: ParameterKind;
  /** In elements, from the start of the flat buffer. */
  readonly offset: number;
  /** In elements. */
  readonly size: number;
}

export interface ParameterOptions {
  /** A linear read-out of the last hidden state: `value_head.weight` [1, hidden] and `value_head.bias` [1]. */
  readonly valueHead: boolean;
}

export const VALUE_WEIGHT = 'value_head.weight';
export const VALUE_BIAS = 'value_head.bias';
export const EMBEDDING = 'model.embed_tokens.weight';
export const OUTPUT = 'lm_head.weight';
export const FINAL_NORM = 'model.norm.weight';

/** The projections of a block, in the order in which they stand in the flat buffer. */
const PROJECTIONS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
export type Projection = (typeof PROJECTIONS)[number];

const ATTENTION: ReadonlySet<Projection> = new Set(['q_proj', 'k_proj', 'v_proj', 'o_proj']);

const layerPrefix = (layer: number): string => `model.layers.${layer}.`;

export const projectionName = (layer: number, projection: Projection): string =>
  `${layerPrefix(layer)}${ATTENTION.has(projection) ? 'self_attn' : 'mlp'}.${projection}.weight`;

export const inputNormName = (layer: number): string => `${layerPrefix(layer)}input_layernorm.weight`;
export const postNormName = (layer: number): string => `${layerPrefix(layer)}post_attention_layernorm.weight`;

/** [out, in] of each projection of a block. */
export const projectionShape = (config: ModelConfig, projection: Projection): readonly [number, number] => {
  const { hiddenSize, intermediateSize, headSize } = config;
  switch (projection) {
    case 'q_proj':
      return [config.heads * headSize, hiddenSize];
    case 'k_proj':
    case 'v_proj':
      return [config.kvHeads * headSize, hiddenSize];
    case 'o_proj':
      return [hiddenSize, config.heads * headSize];
    case 'gate_proj':
    case 'up_proj':
      return [intermediateSize, hiddenSize];
    case 'down_proj':
      return [hiddenSize, intermediateSize];
  }
};

/**
 * Every parameter of a model. The order is part of the format of the flat buffer: query, key and value projections are
 * neighbours, and so are gate and up, so that one view serves as a fused matrix.
 */
export const parameterSpecs = (config: ModelConfig, options: ParameterOptions): readonly ParameterSpec[] => {
  const specs: ParameterSpec[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], kind: ParameterKind): void => {
    const size = sizeOf(shape);
    specs.push({ name, shape, kind, offset, size });
    offset += size;
  };
  const project = (layer: number, projection: Projection, kind: ParameterKind): void =>
    add(projectionName(layer, projection), projectionShape(config, projection), kind);
  add(EMBEDDING, [config.vocabSize, config.hiddenSize], 'embedding');
  for (let layer = 0; layer < config.layers; layer++) {
    add(inputNormName(layer), [config.hiddenSize], 'norm');
    project(layer, 'q_proj', 'matrix');
    project(layer, 'k_proj', 'matrix');
    project(layer, 'v_proj', 'matrix');
    project(layer, 'o_proj', 'residual');
    add(postNormName(layer), [config.hiddenSize], 'norm');
    project(layer, 'gate_proj', 'matrix');
    project(layer, 'up_proj', 'matrix');
    project(layer, 'down_proj', 'residual');
  }
  add(FINAL_NORM, [config.hiddenSize], 'norm');
  if (!config.tiedEmbeddings) add(OUTPUT, [config.vocabSize, config.hiddenSize], 'embedding');
  if (options.valueHead) {
    add(VALUE_WEIGHT, [1, config.hiddenSize], 'value-head');
    add(VALUE_BIAS, [1], 'value-head');
  }
  return specs;
};

/** Elements that all of them take. */
export const totalSize = (specs: readonly ParameterSpec[]): number => specs.reduce((sum, { size }) => sum + size, 0);
