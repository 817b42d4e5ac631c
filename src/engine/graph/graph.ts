import { inputError } from '../../base/errors.ts';
import {
  type ElementType,
  elementTypeOf,
  type OnnxAttribute,
  type OnnxNode,
  sizeOf,
  type TensorData,
} from '../onnx/model.ts';

/**
 * A graph of tensors with static shapes, built node by node. Operators (the other files of this folder) emit ONNX nodes
 * and put on the tape how a gradient passes back through them; `gradients` walks the tape and emits the backward pass
 * into the same graph; `compile` writes what the wanted outputs need as one ONNX model.
 */

/** A tensor that the graph will compute. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly graph: GraphBuilder;
}

/** How a gradient passes back through one operator. */
export interface TapeStep {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /**
   * Vector-Jacobian product: from d loss / d outputs to d loss / d inputs, each of its input's shape. null stands for
   * zero: an output on which the loss does not depend, an input that gets no gradient.
   */
  backward(gradients: readonly (Value | null)[]): readonly (Value | null)[];
}

export interface EmitSpec {
  readonly op: string;
  readonly domain?: 'com.microsoft';
  readonly inputs: readonly Value[];
  readonly outputs: readonly { readonly shape: readonly number[]; readonly type?: ElementType }[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

export interface Constant {
  readonly value: Value;
  readonly data: TensorData;
}

export interface GraphBuilder {
  /** A tensor that the caller feeds at every run. Names are unique. */
  input(name: string, shape: readonly number[], type?: ElementType): Value;
  /** A tensor that is part of the model. The data is not copied: do not write to it before `compile`. */
  constant(data: TensorData, shape: readonly number[]): Value;
  /** A constant of shape []. */
  scalar(value: number): Value;
  /** For operators: adds one ONNX node. */
  emit(spec: EmitSpec): Value[];
  /** For operators: puts a backward step on the tape. Without one, no gradient passes. */
  record(step: TapeStep): void;
  readonly inputs: readonly Value[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly OnnxNode[];
  readonly tape: readonly TapeStep[];
}

/** A shape or an argument that an operator cannot work with: a mistake of the code that builds the graph. */
export const graphError = (what: string, given: string, allowed: string): Error =>
  inputError({ code: 'bad-graph', what, given, allowed });

export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((dim, axis) => dim === b[axis]);

/** The size of one axis; negative axes count from the end. */
export const dim = (value: Value, axis: number): number => {
  const size = value.shape.at(axis);
  if (size === undefined || axis >= value.shape.length || axis < -value.shape.length) {
    throw graphError(`${value.name} has no axis ${axis}.`, shapeText(value.shape), `a value with more axes`);
  }
  return size;
};

/** Small constants (axes, shapes, scalars) are shared; larger ones would cost more to compare than to keep. */
const SHARED_ELEMENTS = 16;

const checkShape = (shape: readonly number[], least = 1): void => {
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= least)) {
    throw graphError('A shape needs whole numbers.', shapeText(shape), `static sizes of at least ${least}`);
  }
};

export const graph = (): GraphBuilder => {
  const inputs: Value[] = [];
  const constants: Constant[] = [];
  const nodes: OnnxNode[] = [];
  const tape: TapeStep[] = [];
  const shared = new Map<string, Value>();
  const names = new Set<string>();
  const recorded = new Set<Value>();

  const self: GraphBuilder = {
    inputs,
    constants,
    nodes,
    tape,
    input: (name, shape, type = 'float32') => {
      checkShape(shape);
      // Values that operators make are called `#12`, so that an input's name cannot meet them.
      if (name === '' || name.startsWith('#') || names.has(name)) {
        throw graphError('An input needs a name of its own.', JSON.stringify(name), 'a new name without a leading "#"');
      }
      names.add(name);
      const value: Value = { name, shape: [...shape], type, graph: self };
      inputs.push(value);
      return value;
    },
    constant: (data, shape) => {
      // Empty ones exist: the shape of a scalar is a list of no sizes.
      checkShape(shape, 0);
      if (data.length !== sizeOf(shape)) {
        throw graphError('A constant does not fill its shape.', `${data.length} elements`, shapeText(shape));
      }
      const type = elementTypeOf(data);
      // Keyed by bits, so that 0 and -0 stay apart.
      const bits = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      const key = data.length <= SHARED_ELEMENTS ? `${type}${shapeText(shape)}${bits.toString('hex')}` : null;
      const known = key === null ? undefined : shared.get(key);
      if (known !== undefined) return known;
      const value: Value = { name: `#c${constants.length}`, shape: [...shape], type, graph: self };
      constants.push({ value, data });
      if (key !== null) shared.set(key, value);
      return value;
    },
    scalar: (value) => self.constant(Float32Array.of(value), []),
    emit: ({ op, domain, inputs: from, outputs, attributes }) => {
      for (const value of from) {
        if (value.graph !== self)
          throw graphError(`${op} was given a value of another graph.`, value.name, 'one graph');
      }
      const made = outputs.map(({ shape, type = 'float32' }, index): Value => {
        checkShape(shape);
        return { name: `#${nodes.length}.${index}`, shape: [...shape], type, graph: self };
      });
      nodes.push({
        op,
        inputs: from.map((value) => value.name),
        outputs: made.map((value) => value.name),
        ...(domain === undefined ? {} : { domain }),
        ...(attributes === undefined ? {} : { attributes }),
      });
      return made;
    },
    record: (step) => {
      for (const output of step.outputs) {
        // Two ways back from one value would count its gradient twice.
        if (recorded.has(output)) throw graphError('A value has two backward steps.', output.name, 'one');
        recorded.add(output);
      }
      tape.push(step);
    },
  };
  return self;
};
