import { tensorOf, type Weights } from '../model/weights.ts';
import type { OnnxNode, OnnxTensor } from '../onnx/model.ts';

/** Operators as the sampler's graphs use them: each adds nodes and constants to a part of a graph. */
export interface Part {
  readonly nodes: OnnxNode[];
  readonly initializers: OnnxTensor[];
}

export const MS = 'com.microsoft';
export const int64 = (name: string, values: readonly number[]): OnnxTensor => ({
  name,
  shape: [values.length],
  data: BigInt64Array.from(values, BigInt),
});

/** One matrix of neighbours in the flat buffer, as [out, in]. ONNX Runtime takes no view of shared memory: a copy. */
export const fused = (weights: Weights, name: string, parts: readonly string[]): OnnxTensor => {
  const tensors = parts.map((part) => tensorOf(weights, part));
  const [first] = tensors;
  if (first === undefined) throw new Error('nothing to fuse');
  const data = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.data.length, 0));
  let offset = 0;
  for (const tensor of tensors) {
    data.set(tensor.data, offset);
    offset += tensor.data.length;
  }
  const columns = first.shape[1];
  return { name, shape: columns === undefined ? [data.length] : [data.length / columns, columns], data };
};

export const norm = (part: Part, weights: Weights, parameter: string, from: string, to: string): void => {
  part.initializers.push(fused(weights, `${to}.weight`, [parameter]));
  part.nodes.push({
    op: 'SimplifiedLayerNormalization',
    inputs: [from, `${to}.weight`],
    outputs: [to],
    attributes: { epsilon: { float: weights.config.rmsNormEps }, axis: { int: -1 } },
  });
};

/** y = x W^T. */
export const project = (
  part: Part,
  weights: Weights,
  parameters: readonly string[],
  from: string,
  to: string,
): void => {
  part.initializers.push(fused(weights, `${to}.weight`, parameters));
  part.nodes.push({
    op: 'FusedMatMul',
    domain: MS,
    inputs: [from, `${to}.weight`],
    outputs: [to],
    attributes: { transB: { int: 1 } },
  });
};

export const split = (part: Part, from: string, sizes: readonly number[], to: readonly string[]): void => {
  part.initializers.push(int64(`${from}.sizes`, sizes));
  part.nodes.push({ op: 'Split', inputs: [from, `${from}.sizes`], outputs: to, attributes: { axis: { int: -1 } } });
};

export const reshape = (part: Part, from: string, shape: readonly number[], to: string): void => {
  part.initializers.push(int64(`${to}.shape`, shape));
  part.nodes.push({ op: 'Reshape', inputs: [from, `${to}.shape`], outputs: [to] });
};

export const transpose = (part: Part, from: string, perm: readonly number[], to: string): void => {
  part.nodes.push({ op: 'Transpose', inputs: [from], outputs: [to], attributes: { perm: { ints: perm } } });
};

/** The first of two along axis 2. */
export const firstOfTwo = (part: Part, from: string, to: string): void => {
  part.initializers.push(int64(`${from}.halves`, [1, 1]));
  part.nodes.push({
    op: 'Split',
    inputs: [from, `${from}.halves`],
    outputs: [to, `${from}.dropped`],
    attributes: { axis: { int: 2 } },
  });
};
