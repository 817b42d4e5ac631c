import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { KINDS, type MatrixJob, type MatrixReply, SIZE } from './matrix-protocol.ts';

/** Floating-point operations per second of 512 x 512 x 512 products in float32 on ONNX Runtime, all threads at once. */
export interface MatrixRate extends AsyncDisposable {
  /** The faster of the two ways to hand over a matrix. Takes about twice `milliseconds`. */
  measure(milliseconds: number): Promise<number>;
}

const FLOPS = 2 * SIZE ** 3;

export const openMatrixRate = (threads: number): MatrixRate => {
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./matrix-worker.ts', import.meta.url));
    worker.unref();
    return worker;
  });
  const ask = async (worker: Worker, job: MatrixJob): Promise<number> => {
    worker.ref();
    // `once` rejects where the worker fails instead.
    const answered = once(worker, 'message');
    worker.postMessage(job);
    const [reply]: MatrixReply[] = await answered;
    worker.unref();
    if (reply === undefined) throw new Error('a thread answered nothing');
    return (FLOPS * reply.products) / reply.seconds;
  };
  return {
    measure: async (milliseconds) => {
      let best = 0;
      for (const kind of KINDS) {
        const rates = await Promise.all(workers.map((worker) => ask(worker, { kind, milliseconds })));
        best = Math.max(
          best,
          rates.reduce((sum, rate) => sum + rate, 0),
        );
      }
      return best;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
