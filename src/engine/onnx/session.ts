import { inputError } from '../../base/errors.ts';
import { type ElementType, elementTypeOf, sizeOf, type TensorData } from './model.ts';

/**
 * ONNX Runtime on the CPU, opened only when a model is. `onnxruntime-node` is an optional peer dependency: nothing else
 * of the engine imports it. A run blocks its thread, so whoever must stay responsive runs sessions in a worker.
 */

/** A tensor that sessions read and write. `data` is the caller's array, not a copy. */
export interface RuntimeTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface SessionOptions {
  /**
   * Keep the memory of a run for the next. Default true. Twelve shapes of a training step of the 3 M model held 1.2 GB so;
   * without, the memory of the largest one, at 3 % more time.
   */
  readonly arena?: boolean;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * One run. A fetch with a tensor is written into that tensor (its shape must be the output's); a fetch with null gives
   * a new one. Only what is fetched comes back. One run at a time.
   */
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Readonly<Record<string, RuntimeTensor>>>;
  close(): Promise<void>;
}

export interface Runtime {
  /** Wraps an array. Throws `shared-tensor` for shared memory, which ONNX Runtime refuses. */
  tensor(data: TensorData, shape: readonly number[]): RuntimeTensor;
  open(model: Uint8Array, options?: SessionOptions): Promise<Session>;
}

type Ort = typeof import('onnxruntime-node');
type OrtTensor = import('onnxruntime-node').Tensor;

const missing = (cause: unknown): Error =>
  inputError({
    code: 'no-onnxruntime',
    what: 'The embedded language model needs the package onnxruntime-node, which could not be loaded.',
    todo: 'ONNXRUNTIME_NODE_INSTALL=skip npm i onnxruntime-node   (the setting skips a GPU download that is not used)',
    cause,
  });

/** Our tensors beside ONNX Runtime's, so that no caller sees its types. */
class Wrapped implements RuntimeTensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: TensorData;
  readonly inner: OrtTensor;

  constructor(inner: OrtTensor, data: TensorData) {
    this.type = elementTypeOf(data);
    this.shape = [...inner.dims];
    this.data = data;
    this.inner = inner;
  }
}

const unwrapped = (name: string, tensor: RuntimeTensor): OrtTensor => {
  if (tensor instanceof Wrapped) return tensor.inner;
  throw inputError({
    code: 'foreign-tensor',
    what: `Tensor "${name}" was not made by this runtime.`,
    todo: 'Make it with runtime.tensor(data, shape).',
  });
};

const wrappedResult = (name: string, inner: OrtTensor): RuntimeTensor => {
  const { data } = inner;
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof BigInt64Array) {
    return new Wrapped(inner, data);
  }
  throw inputError({
    code: 'unknown-element-type',
    what: `Output "${name}" has an element type that is not used here.`,
    given: inner.type,
    allowed: 'float32, int32, int64',
  });
};

const opened = async (ort: Ort, model: Uint8Array, options: SessionOptions): Promise<Session> => {
  const { arena = true } = options;
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // One planned block for all values of a run gained a training step no time, and took half as much memory again.
    enableMemPattern: false,
    enableCpuMemArena: arena,
    logSeverityLevel: 3,
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, fetches) => {
      const inputs: Record<string, OrtTensor> = {};
      for (const [name, tensor] of Object.entries(feeds)) inputs[name] = unwrapped(name, tensor);
      const targets: Record<string, OrtTensor | null> = {};
      for (const [name, tensor] of Object.entries(fetches))
        targets[name] = tensor === null ? null : unwrapped(name, tensor);
      const results = await session.run(inputs, targets);
      const out: Record<string, RuntimeTensor> = {};
      for (const [name, given] of Object.entries(fetches)) {
        const result = results[name];
        if (given !== null) out[name] = given;
        else if (result !== undefined) out[name] = wrappedResult(name, result);
      }
      return out;
    },
    close: () => session.release(),
  };
};

/** Loads ONNX Runtime. Throws `no-onnxruntime` where the package is not installed or has no build for this machine. */
export const onnxRuntime = async (load: () => Promise<Ort> = () => import('onnxruntime-node')): Promise<Runtime> => {
  let ort: Ort;
  try {
    ort = await load();
  } catch (cause) {
    throw missing(cause);
  }
  return {
    tensor: (data, shape) => {
      if (data.buffer instanceof SharedArrayBuffer) {
        throw inputError({
          code: 'shared-tensor',
          what: 'ONNX Runtime takes no tensor over shared memory.',
          todo: 'Copy the data into an array of its own.',
        });
      }
      if (data.length !== sizeOf(shape)) {
        throw inputError({
          code: 'tensor-size',
          what: 'A tensor holds another number of elements than its shape says.',
          given: `${data.length} elements`,
          allowed: `${sizeOf(shape)} for shape [${shape.join(', ')}]`,
        });
      }
      return new Wrapped(new ort.Tensor(elementTypeOf(data), data, shape), data);
    },
    open: (model, options = {}) => opened(ort, model, options),
  };
};
