import { LRUCache } from 'lru-cache';
import type { ModelConfig } from '../model/config.ts';
import type { Lora } from '../model/lora.ts';
import {
  type BatchShape,
  EMBEDDED,
  gradientName,
  type ModelGraph,
  modelGraph,
  type TrainOptions,
} from '../model/model-graph.ts';
import type { Runtime, RuntimeTensor, Session } from '../onnx/session.ts';
import { type BatchBuffers, batchBuffers } from './layout.ts';

export interface SessionKey {
  readonly shape: BatchShape;
  readonly valueHead: boolean;
  readonly lora: Lora | null;
  readonly train: TrainOptions | null;
}

/** A graph of one shape, ready to run, with the buffers that it reads and writes. */
export interface ShapedSession {
  readonly key: SessionKey;
  readonly graph: ModelGraph;
  readonly session: Session;
  readonly buffers: BatchBuffers;
  /** [rows * length, hidden]. */
  readonly embedded: Float32Array;
  readonly logprobs: Float32Array;
  readonly entropies: Float32Array;
  readonly values: Float32Array | null;
  /** [rows * length, hidden]: d loss / d embedded; null where it is not wanted. */
  readonly embeddedGradient: Float32Array | null;
  /** Everything that is fed but the parameters. */
  readonly feeds: Readonly<Record<string, RuntimeTensor>>;
  /** Everything that is fetched but the parameters' gradients. */
  readonly fetches: Readonly<Record<string, RuntimeTensor>>;
}

/**
 * More than an update of mixed lengths has shapes (10 to 22 for each thread); opening one takes as long as running it once or
 * twice. Sessions share no memory, so theirs is given back after each run (`arena: false`): kept ones cost their inputs and
 * outputs only.
 */
const KEPT = 32;

export interface SessionCache extends AsyncDisposable {
  take(key: SessionKey): Promise<ShapedSession>;
}

export const sessionCache = (runtime: Runtime, config: ModelConfig): SessionCache => {
  const closing: Promise<void>[] = [];
  const kept = new LRUCache<string, ShapedSession>({
    max: KEPT,
    dispose: ({ session }) => {
      closing.push(session.close());
    },
  });
  return {
    take: async (key) => {
      const name = JSON.stringify(key);
      const known = kept.get(name);
      if (known !== undefined) return known;
      const opened = await open(runtime, config, key);
      kept.set(name, opened);
      await Promise.all(closing.splice(0));
      return opened;
    },
    [Symbol.asyncDispose]: async () => {
      kept.clear();
      await Promise.all(closing.splice(0));
    },
  };
};

const open = async (runtime: Runtime, config: ModelConfig, key: SessionKey): Promise<ShapedSession> => {
  const { shape, valueHead, lora, train } = key;
  const { hiddenSize } = config;
  const graph = modelGraph({ config, shape, valueHead, lora, train });
  const session = await runtime.open(graph.bytes, { arena: false });
  const positions = shape.rows * shape.length;
  const buffers = batchBuffers(shape);
  const embedded = new Float32Array(positions * hiddenSize);
  const logprobs = new Float32Array(shape.scored);
  const entropies = new Float32Array(shape.scored);
  const values = valueHead ? new Float32Array(positions) : null;
  const embeddedGradient = graph.embeddingTrained ? new Float32Array(positions * hiddenSize) : null;
  const selects = shape.scored < positions;
  const feeds: Record<string, RuntimeTensor> = {
    [EMBEDDED]: runtime.tensor(embedded, [positions, hiddenSize]),
    targets: runtime.tensor(buffers.targets, [shape.scored]),
    ...(selects && {
      positions: runtime.tensor(buffers.positions, [shape.scored]),
      inverse: runtime.tensor(buffers.inverse, [positions]),
    }),
    ...(train?.reach === 'all' && { creditLogprobs: runtime.tensor(buffers.creditLogprobs, [shape.scored]) }),
    ...(train?.entropies === true && { creditEntropies: runtime.tensor(buffers.creditEntropies, [shape.scored]) }),
    ...(train !== null && valueHead && { creditValues: runtime.tensor(buffers.creditValues, [positions]) }),
  };
  // The backward pass of a frozen model does not need every parameter: only what is asked for may be fed.
  const fetches: Record<string, RuntimeTensor> = {
    logprobs: runtime.tensor(logprobs, [shape.scored]),
    entropies: runtime.tensor(entropies, [shape.scored]),
    ...(values !== null && { values: runtime.tensor(values, [positions]) }),
    ...(embeddedGradient !== null && {
      [gradientName(EMBEDDED)]: runtime.tensor(embeddedGradient, [positions, hiddenSize]),
    }),
  };
  return { key, graph, session, buffers, embedded, logprobs, entropies, values, embeddedGradient, feeds, fetches };
};
