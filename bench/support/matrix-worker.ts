/** A thread of matrix-rate.ts: multiplies matrices on ONNX Runtime for as long as it is told to. */
import { parentPort } from 'node:worker_threads';
import { rng } from '../../src/base/rng.ts';
import { compile, type GraphBuilder, graph, matMul, type Value } from '../../src/engine/graph/index.ts';
import { fillNormal } from '../../src/engine/model/initialise.ts';
import { onnxRuntime, type RuntimeTensor, type Session } from '../../src/engine/onnx/session.ts';
import { CHAIN, type MatrixJob, type MatrixReply, SIZE } from './matrix-protocol.ts';

const port = parentPort;
if (port === null) throw new Error('bench/support/matrix-worker.ts is started by matrix-rate.ts only');

const runtime = await onnxRuntime();
const SHAPE = [SIZE, SIZE];

/** Spectral radius about 1, so that a chain of products neither overflows nor reaches slow denormal numbers. */
const matrix = (name: string): Float32Array => {
  const data = new Float32Array(SIZE * SIZE);
  fillNormal(data, 1 / Math.sqrt(SIZE), rng(name));
  return data;
};

interface Kernel {
  readonly session: Session;
  readonly feeds: Readonly<Record<string, RuntimeTensor>>;
}

/** A chain inside one graph, so that the cost of a call is not counted. `packed`: the right-hand matrix is a constant. */
const kernel = async (packed: boolean): Promise<Kernel> => {
  const on: GraphBuilder = graph();
  const left = on.input('left', SHAPE);
  const data = matrix('right');
  const right = packed ? on.constant(data, SHAPE) : on.input('right', SHAPE);
  let product: Value = left;
  for (let i = 0; i < CHAIN; i++) product = matMul(product, right);
  const feeds = {
    left: runtime.tensor(matrix('left'), SHAPE),
    ...(packed ? {} : { right: runtime.tensor(data, SHAPE) }),
  };
  return { session: await runtime.open(compile(on, { product })), feeds };
};

const kernels = { packed: await kernel(true), fed: await kernel(false) };
const fetches = { product: runtime.tensor(new Float32Array(SIZE * SIZE), SHAPE) };

port.on('message', ({ kind, milliseconds }: MatrixJob) => {
  const { session, feeds } = kernels[kind];
  const work = async (): Promise<MatrixReply> => {
    await session.run(feeds, fetches);
    let products = 0;
    const begunMs = performance.now();
    let nowMs = begunMs;
    while (nowMs - begunMs < milliseconds) {
      await session.run(feeds, fetches);
      products += CHAIN;
      nowMs = performance.now();
    }
    return { products, seconds: (nowMs - begunMs) / 1000 };
  };
  work().then(
    (reply) => port.postMessage(reply),
    (thrown: unknown) => {
      // Reaches the parent as the worker's error.
      setImmediate(() => {
        throw thrown;
      });
    },
  );
});
