import type { ModelConfig } from '../model/config.ts';
import { EMBEDDING, FINAL_NORM, inputNormName, OUTPUT, postNormName, projectionName } from '../model/parameters.ts';
import { rotaryTables } from '../model/rope.ts';
import type { Weights } from '../model/weights.ts';
import { encodeModel, type OnnxValue } from '../onnx/model.ts';
import { firstOfTwo, fused, int64, MS, norm, type Part, project, reshape, split, transpose } from './graph-parts.ts';

/**
 * The decoder cut into sessions at the places where keys and values are written: session 0 embeds, session i ends with
 * the query, key and value of layer i, and between two of them JavaScript puts the new keys and values into the cache
 * (ONNX Runtime cannot update a tensor in place, and copying the whole cache at each step costs more than the model).
 * The last session ends with the output distribution.
 *
 * A row's bits depend on nothing but its own inputs, and are the same for a prompt read at once, in pieces, or token by
 * token. This holds because weights are initializers (prepacked, so that one row takes the same kernel as many), and
 * because attention multiplies at least two query rows (a product of one row takes another kernel): rows of a group of
 * query heads stand together, and a group of one is doubled. What a mask hides has probability 0 exactly, so the width
 * of the cache does not count either. `rows.test.ts` and `sampler.test.ts` hold it to that.
 */

/** Values of the sessions. B rows, S new tokens of each, C the width of the cache. */
export const FLOW = {
  /** [B, S] */
  ids: 'ids',
  positions: 'positions',
  /** [B, S, hidden] residual stream. */
  stream: 'stream',
  /** [B, S, (heads + kvHeads) * headSize]: queries and keys, rotated. */
  queryKey: 'queryKey',
  /** [B, S, kvHeads * headSize] */
  value: 'value',
  /** [B, kvHeads, headSize, C]: keys stand in columns, which the product wants. */
  keyCache: 'keyCache',
  /** [B, kvHeads, C, headSize] */
  valueCache: 'valueCache',
  /** [B, 1, 1, S, C]: 0, or -Infinity where a token must not look. */
  mask: 'mask',
  /** [B, 1, 1]: one by temperature. */
  sharpness: 'sharpness',
  /** [B, 1, vocabSize]: exp(logit - greatest logit). */
  odds: 'odds',
  /** The same at the row's temperature. */
  temperedOdds: 'temperedOdds',
} as const;

/** What an output is called where its input has the same name: a session may not hold a name twice. */
export const NEXT = 'next.';

const widths = (config: ModelConfig) => {
  const { heads, kvHeads, headSize } = config;
  return { query: heads * headSize, key: kvHeads * headSize, group: heads / kvHeads };
};

/** Queries, keys and values of a layer from the stream that enters it. */
const attentionInputs = (part: Part, weights: Weights, layer: number, stream: string, positions: number): void => {
  const { config } = weights;
  const { query, key } = widths(config);
  norm(part, weights, inputNormName(layer), stream, 'attentionInput');
  const names = (['q_proj', 'k_proj', 'v_proj'] as const).map((name) => projectionName(layer, name));
  project(part, weights, names, 'attentionInput', 'qkv');
  split(part, 'qkv', [query + key, key], ['unrotated', NEXT + FLOW.value]);
  const { cos, sin } = rotaryTables(config, positions);
  const shape = [positions, config.headSize / 2];
  part.initializers.push({ name: 'cos', shape, data: cos }, { name: 'sin', shape, data: sin });
  part.nodes.push({
    op: 'RotaryEmbedding',
    domain: MS,
    inputs: ['unrotated', FLOW.positions, 'cos', 'sin'],
    outputs: [NEXT + FLOW.queryKey],
    attributes: { num_heads: { int: config.heads + config.kvHeads } },
  });
};

/** From the queries and the cache, in which the new keys and values stand already, to the heads' answers. */
const attend = (part: Part, config: ModelConfig): void => {
  const { kvHeads, headSize } = config;
  const { query, key, group } = widths(config);
  // A group of one head: the query twice, and the second answer dropped.
  const rows = Math.max(2, group);
  split(part, FLOW.queryKey, [query, key], ['query', 'unusedKey']);
  reshape(part, 'query', [0, -1, kvHeads, group, headSize], 'grouped');
  transpose(part, 'grouped', [0, 2, 3, 1, 4], 'byGroup');
  if (group === 1) {
    part.nodes.push({
      op: 'Concat',
      inputs: ['byGroup', 'byGroup'],
      outputs: ['atLeastTwo'],
      attributes: { axis: { int: 2 } },
    });
  }
  reshape(part, group === 1 ? 'atLeastTwo' : 'byGroup', [0, kvHeads, -1, headSize], 'queryRows');
  part.nodes.push({
    op: 'FusedMatMul',
    domain: MS,
    inputs: ['queryRows', FLOW.keyCache],
    outputs: ['scores'],
    attributes: { alpha: { float: 1 / Math.sqrt(headSize) } },
  });
  // [B, kvHeads, rows * S, C] as [B, kvHeads, rows, S, C], and back: both shapes are taken from what is there.
  part.initializers.push(int64('maskPrefix', [0, kvHeads, rows]));
  part.nodes.push(
    { op: 'Shape', inputs: [FLOW.mask], outputs: ['maskSuffix'], attributes: { start: { int: 3 } } },
    {
      op: 'Concat',
      inputs: ['maskPrefix', 'maskSuffix'],
      outputs: ['masked.shape'],
      attributes: { axis: { int: 0 } },
    },
    { op: 'Reshape', inputs: ['scores', 'masked.shape'], outputs: ['unmasked'] },
    { op: 'Add', inputs: ['unmasked', FLOW.mask], outputs: ['masked'] },
    { op: 'Softmax', inputs: ['masked'], outputs: ['attention5'], attributes: { axis: { int: -1 } } },
    { op: 'Shape', inputs: ['scores'], outputs: ['scores.shape'] },
    { op: 'Reshape', inputs: ['attention5', 'scores.shape'], outputs: ['attention'] },
    { op: 'MatMul', inputs: ['attention', FLOW.valueCache], outputs: ['answerRows'] },
  );
  reshape(part, 'answerRows', [0, kvHeads, rows, -1, headSize], 'answerGroups');
  if (group === 1) firstOfTwo(part, 'answerGroups', 'firstAnswers');
  transpose(part, group === 1 ? 'firstAnswers' : 'answerGroups', [0, 3, 1, 2, 4], 'answersByToken');
  reshape(part, 'answersByToken', [0, -1, query], 'answers');
};

/** The rest of a layer: output projection and SwiGLU, each added to the stream. */
const restOfLayer = (part: Part, weights: Weights, layer: number, to: string): void => {
  const { intermediateSize } = weights.config;
  const name = (projection: 'o_proj' | 'gate_proj' | 'up_proj' | 'down_proj') => projectionName(layer, projection);
  project(part, weights, [name('o_proj')], 'answers', 'attended');
  part.nodes.push({ op: 'Add', inputs: [FLOW.stream, 'attended'], outputs: ['middle'] });
  norm(part, weights, postNormName(layer), 'middle', 'mlpInput');
  project(part, weights, [name('gate_proj'), name('up_proj')], 'mlpInput', 'gateUp');
  split(part, 'gateUp', [intermediateSize, intermediateSize], ['gate', 'up']);
  part.nodes.push(
    // x sigmoid(x), which is SiLU.
    { op: 'QuickGelu', domain: MS, inputs: ['gate'], outputs: ['open'], attributes: { alpha: { float: 1 } } },
    { op: 'Mul', inputs: ['open', 'up'], outputs: ['inner'] },
  );
  project(part, weights, [name('down_proj')], 'inner', 'mlp');
  part.nodes.push({ op: 'Add', inputs: ['middle', 'mlp'], outputs: [to] });
};

/** From the stream to exp(logit - greatest logit), the draw's weights at temperature 1; tempered ones beside them. */
const distribution = (part: Part, weights: Weights, tempered: boolean): void => {
  norm(part, weights, FINAL_NORM, 'last', 'normed');
  project(part, weights, [weights.config.tiedEmbeddings ? EMBEDDING : OUTPUT], 'normed', 'logits');
  part.initializers.push(int64('lastAxis', [-1]));
  part.nodes.push(
    { op: 'ReduceMax', inputs: ['logits', 'lastAxis'], outputs: ['greatest'], attributes: { keepdims: { int: 1 } } },
    { op: 'Sub', inputs: ['logits', 'greatest'], outputs: ['shifted'] },
    { op: 'Exp', inputs: ['shifted'], outputs: [FLOW.odds] },
  );
  if (!tempered) return;
  part.nodes.push(
    { op: 'Mul', inputs: ['shifted', FLOW.sharpness], outputs: ['sharpened'] },
    { op: 'Exp', inputs: ['sharpened'], outputs: [FLOW.temperedOdds] },
  );
};

const floats = (name: string, shape: readonly (number | string)[]): OnnxValue => ({ name, type: 'float32', shape });

const layerValues = (config: ModelConfig, prefix: string): OnnxValue[] => {
  const { query, key } = widths(config);
  return [
    floats(prefix + FLOW.stream, ['B', 'S', config.hiddenSize]),
    floats(prefix + FLOW.queryKey, ['B', 'S', query + key]),
    floats(prefix + FLOW.value, ['B', 'S', key]),
  ];
};

const positionsValue: OnnxValue = { name: FLOW.positions, type: 'int64', shape: ['B', 'S'] };

/** Ids and positions to the stream, query, key and value of layer 0. `positions` is the greatest length. */
export const firstGraph = (weights: Weights, positions: number): Uint8Array => {
  const part: Part = { nodes: [], initializers: [fused(weights, 'embedding', [EMBEDDING])] };
  part.nodes.push({ op: 'Gather', inputs: ['embedding', FLOW.ids], outputs: [NEXT + FLOW.stream] });
  attentionInputs(part, weights, 0, NEXT + FLOW.stream, positions);
  return encodeModel({
    name: 'first',
    ...part,
    inputs: [{ name: FLOW.ids, type: 'int64', shape: ['B', 'S'] }, positionsValue],
    outputs: layerValues(weights.config, NEXT),
  });
};

const cacheValues = (config: ModelConfig): OnnxValue[] => [
  floats(FLOW.keyCache, ['B', config.kvHeads, config.headSize, 'C']),
  floats(FLOW.valueCache, ['B', config.kvHeads, 'C', config.headSize]),
  floats(FLOW.mask, ['B', 1, 1, 'S', 'C']),
];

/** Layer `layer`, up to the query, key and value of the next. */
export const middleGraph = (weights: Weights, layer: number, positions: number): Uint8Array => {
  const part: Part = { nodes: [], initializers: [] };
  attend(part, weights.config);
  restOfLayer(part, weights, layer, NEXT + FLOW.stream);
  attentionInputs(part, weights, layer + 1, NEXT + FLOW.stream, positions);
  return encodeModel({
    name: `layer${layer}`,
    ...part,
    inputs: [...layerValues(weights.config, '').slice(0, 2), positionsValue, ...cacheValues(weights.config)],
    outputs: layerValues(weights.config, NEXT),
  });
};

/** The last layer, up to the distribution of the next token. */
export const lastGraph = (weights: Weights, tempered: boolean): Uint8Array => {
  const { config } = weights;
  const part: Part = { nodes: [], initializers: [] };
  attend(part, config);
  restOfLayer(part, weights, config.layers - 1, 'last');
  distribution(part, weights, tempered);
  const odds = (name: string): OnnxValue => floats(name, ['B', 'S', config.vocabSize]);
  return encodeModel({
    name: 'last',
    ...part,
    inputs: [
      ...layerValues(config, '').slice(0, 2),
      ...cacheValues(config),
      ...(tempered ? [floats(FLOW.sharpness, ['B', 1, 1])] : []),
    ],
    outputs: [odds(FLOW.odds), ...(tempered ? [odds(FLOW.temperedOdds)] : [])],
  });
};

/** Numbers that one position of the cache takes, over all layers. */
export const cacheNumbersPerToken = ({ layers, kvHeads, headSize }: ModelConfig): number =>
  2 * layers * kvHeads * headSize;
