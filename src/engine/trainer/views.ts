import type { ParameterInput } from '../model/model-graph.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import { sizeOf } from '../onnx/model.ts';
import type { Runtime, RuntimeTensor } from '../onnx/session.ts';

/** A flat buffer of one thread, and tensors over parts of it. */
export interface Views {
  readonly flat: Float32Array;
  /** The tensor that begins at the parameter of that name; null where the buffer does not have it. */
  tensor(input: ParameterInput): RuntimeTensor | null;
}

/** A view may span neighbours: its shape decides where it ends. Tensors are made once. */
export const viewsOf = (runtime: Runtime, flat: Float32Array, specs: readonly ParameterSpec[]): Views => {
  const offsets = new Map(specs.map(({ name, offset }) => [name, offset]));
  const made = new Map<string, RuntimeTensor>();
  return {
    flat,
    tensor: ({ name, shape }) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const offset = offsets.get(name);
      if (offset === undefined) return null;
      const tensor = runtime.tensor(flat.subarray(offset, offset + sizeOf(shape)), shape);
      made.set(name, tensor);
      return tensor;
    },
  };
};
