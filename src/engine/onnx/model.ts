import { inputError } from '../../base/errors.ts';
import { type ProtoWriter, protoWriter } from './protobuf.ts';

/**
 * Writes an ONNX `ModelProto` (onnx/onnx.proto3, IR version 10). Only what the engine's graphs use: tensors of float32,
 * int32 and int64, one graph, no functions, no external data.
 */

export type ElementType = 'float32' | 'int32' | 'int64';
export type TensorData = Float32Array | Int32Array | BigInt64Array;

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A dimension is a number, or a name that stands for any size (equal wherever the name is equal). */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** The kind is written out, because a JavaScript number does not say whether ONNX wants an int or a float. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly string: string }
  | { readonly tensor: OnnxTensor };

export interface OnnxNode {
  readonly op: string;
  /** Absent: the standard operators. `com.microsoft`: ONNX Runtime's own. */
  readonly domain?: string;
  /** Names of values. An empty name leaves out an optional input or output. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxModel {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxTensor[];
  /** In an order in which every value is made before it is used. */
  readonly nodes: readonly OnnxNode[];
}

const OPSET = 21;
const IR_VERSION = 10;
const TYPE_CODE = { float32: 1, int32: 6, int64: 7 } as const satisfies Record<ElementType, number>;

export const elementTypeOf = (data: TensorData): ElementType => {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Int32Array ? 'int32' : 'int64';
};

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, dim) => product * dim, 1);

const writeTensor = (out: ProtoWriter, tensor: OnnxTensor): void => {
  if (sizeOf(tensor.shape) !== tensor.data.length) {
    throw inputError({
      code: 'tensor-size',
      what: `Tensor "${tensor.name}" holds another number of elements than its shape says.`,
      given: `${tensor.data.length} elements`,
      allowed: `${sizeOf(tensor.shape)} for shape [${tensor.shape.join(', ')}]`,
    });
  }
  for (const dim of tensor.shape) out.int(1, dim);
  out.int(2, TYPE_CODE[elementTypeOf(tensor.data)]);
  out.text(8, tensor.name);
  // raw_data is little-endian, which every machine that onnxruntime-node is built for is too.
  out.bytes(9, new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength));
};

const writeAttribute = (out: ProtoWriter, name: string, attribute: OnnxAttribute): void => {
  out.text(1, name);
  if ('float' in attribute) {
    out.float(2, attribute.float);
    out.int(20, 1);
  } else if ('int' in attribute) {
    out.int(3, attribute.int);
    out.int(20, 2);
  } else if ('string' in attribute) {
    out.text(4, attribute.string);
    out.int(20, 3);
  } else if ('tensor' in attribute) {
    const { tensor } = attribute;
    out.message(5, (inner) => {
      writeTensor(inner, tensor);
    });
    out.int(20, 4);
  } else if ('floats' in attribute) {
    for (const value of attribute.floats) out.float(7, value);
    out.int(20, 6);
  } else {
    for (const value of attribute.ints) out.int(8, value);
    out.int(20, 7);
  }
};

const writeNode = (out: ProtoWriter, node: OnnxNode): void => {
  for (const input of node.inputs) out.text(1, input);
  for (const output of node.outputs) out.text(2, output);
  out.text(4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes ?? {})) {
    out.message(5, (inner) => {
      writeAttribute(inner, name, attribute);
    });
  }
  if (node.domain !== undefined) out.text(7, node.domain);
};

const writeValue = (out: ProtoWriter, value: OnnxValue): void => {
  out.text(1, value.name);
  out.message(2, (type) => {
    type.message(1, (tensor) => {
      tensor.int(1, TYPE_CODE[value.type]);
      tensor.message(2, (shape) => {
        for (const dim of value.shape) {
          shape.message(1, (inner) => {
            if (typeof dim === 'number') inner.int(1, dim);
            else inner.text(2, dim);
          });
        }
      });
    });
  });
};

/** The bytes of a `.onnx` file. Throws `tensor-size` where an initializer does not fill its shape. */
export const encodeModel = (model: OnnxModel): Uint8Array => {
  const out = protoWriter();
  out.int(1, IR_VERSION);
  out.text(2, 'subterfuge');
  out.message(7, (graph) => {
    for (const node of model.nodes) {
      graph.message(1, (inner) => {
        writeNode(inner, node);
      });
    }
    graph.text(2, model.name);
    for (const tensor of model.initializers) {
      graph.message(5, (inner) => {
        writeTensor(inner, tensor);
      });
    }
    for (const input of model.inputs) {
      graph.message(11, (inner) => {
        writeValue(inner, input);
      });
    }
    for (const output of model.outputs) {
      graph.message(12, (inner) => {
        writeValue(inner, output);
      });
    }
  });
  for (const [domain, version] of [
    ['', OPSET],
    ['com.microsoft', 1],
  ] as const) {
    out.message(8, (inner) => {
      inner.text(1, domain);
      inner.int(2, version);
    });
  }
  return out.finish();
};
