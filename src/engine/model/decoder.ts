import {
  add,
  causalAttention,
  concat,
  dim,
  type GraphBuilder,
  matMul,
  reshape,
  rmsNorm,
  rope,
  split,
  swiglu,
  transpose,
  type Value,
} from '../graph/index.ts';
import type { ModelConfig } from './config.ts';
import { groupsOf, type ProjectionGroup } from './groups.ts';
import { adapterName, type Lora, loraScale } from './lora.ts';
import { FINAL_NORM, inputNormName, postNormName, projectionName } from './parameters.ts';
import { rotaryTables } from './rope.ts';

/**
 * The value of a parameter, or of neighbours in the flat buffer that begin with it and are taken as one matrix.
 * Always the same value for the same name.
 */
export type ParameterSource = (name: string, shape: readonly number[]) => Value;

export interface DecoderOptions {
  readonly config: ModelConfig;
  /** Sequences. */
  readonly rows: number;
  /** Positions of each. */
  readonly length: number;
  readonly lora: Lora | null;
}

/** x [N, in] by the transposed matrix [out, in] of a group, its adapters added: [N, out]. */
const project = (
  source: ParameterSource,
  layer: number,
  { members, outs, inner }: ProjectionGroup,
  x: Value,
  lora: Lora | null,
): Value => {
  const width = outs.reduce((sum, out) => sum + out, 0);
  const base = matMul(x, source(projectionName(layer, members[0]), [width, inner]), { transposeB: true });
  if (lora === null) return base;
  const { rank } = lora;
  // Down to the rank first: the product B A is never formed.
  const a = source(adapterName(layer, members[0], 'A'), [members.length * rank, inner]);
  const narrows = split(
    matMul(x, a, { transposeB: true }),
    1,
    members.map(() => rank),
  );
  const deltas = members.map((member, index) => {
    const narrow = narrows[index];
    if (narrow === undefined) throw new Error('a projection without its part');
    const b = source(adapterName(layer, member, 'B'), [outs[index] ?? 0, rank]);
    return matMul(narrow, b, { transposeB: true, scale: loraScale(lora) });
  });
  return add(base, concat(deltas, 1));
};

/**
 * Llama's blocks and last norm over embedded tokens `x` [rows * length, hidden], row-major by sequence: the hidden states
 * of the same shape. Causal, so that padding at the end of a sequence changes nothing before it.
 */
export const decoder = (on: GraphBuilder, source: ParameterSource, x: Value, options: DecoderOptions): Value => {
  const { config, rows, length, lora } = options;
  const { hiddenSize, heads, kvHeads, headSize, rmsNormEps } = config;
  const half = headSize / 2;
  const tables = rotaryTables(config, length);
  const cos = on.constant(tables.cos, [length, half]);
  const sin = on.constant(tables.sin, [length, half]);
  const [qkv, o, gate, up, down] = groupsOf(config);
  if (!(qkv && o && gate && up && down)) throw new Error('a block has five groups of projections');

  const attend = (layer: number, input: Value): Value => {
    const all = reshape(project(source, layer, qkv, input, lora), [rows, length, heads + 2 * kvHeads, headSize]);
    const [turning, v] = pair(split(all, 2, [heads + kvHeads, kvHeads]));
    const [q, k] = pair(split(rope(turning, cos, sin), 2, [heads, kvHeads]));
    const byHead = (value: Value): Value => transpose(value, [0, 2, 1, 3]);
    const mixed = causalAttention(byHead(q), byHead(k), byHead(v), 1 / Math.sqrt(headSize));
    const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [rows * length, heads * headSize]);
    return project(source, layer, o, joined, lora);
  };
  const feedForward = (layer: number, input: Value): Value => {
    const inner = swiglu(project(source, layer, gate, input, lora), project(source, layer, up, input, lora));
    return project(source, layer, down, inner, lora);
  };
  const norm = (name: string, value: Value): Value => rmsNorm(value, source(name, [hiddenSize]), rmsNormEps);

  if (dim(x, 0) !== rows * length) throw new Error(`${dim(x, 0)} embedded tokens for ${rows} x ${length}`);
  let stream = x;
  for (let layer = 0; layer < config.layers; layer++) {
    stream = add(stream, attend(layer, norm(inputNormName(layer), stream)));
    stream = add(stream, feedForward(layer, norm(postNormName(layer), stream)));
  }
  return norm(FINAL_NORM, stream);
};

const pair = (values: readonly Value[]): readonly [Value, Value] => {
  const [first, second] = values;
  if (first === undefined || second === undefined) throw new Error('a split in two gave one part');
  return [first, second];
};
