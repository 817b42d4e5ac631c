import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { messageOf, runError } from '../../base/errors.ts';
import type { FromWorker, SentWeights, WorkerSetup } from './protocol.ts';
import type { Sample, SampleRequest } from './sampler.ts';
import { receivedError } from './worker-loop.ts';

/** One sampling thread, seen from the host. */
export interface SamplingWorker extends AsyncDisposable {
  /** Requests under way. */
  readonly load: number;
  /** Why it can do no more; null while it can. */
  readonly lost: Error | null;
  sample(request: SampleRequest, signal?: AbortSignal): Promise<Sample>;
  loadWeights(weights: SentWeights): Promise<void>;
}

interface Pending {
  readonly resolve: (sample: Sample | null) => void;
  readonly reject: (error: unknown) => void;
}

const WORKER = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url));

const lostError = (why: string, cause?: unknown): Error =>
  runError({
    code: 'sampler-lost',
    what: `a sampling thread ended: ${why}`,
    todo: 'free memory or ask for fewer rows, then resume the run',
    cause,
  });

/** Resolves once the model is loaded. */
export const samplingWorker = async (setup: WorkerSetup): Promise<SamplingWorker> => {
  const worker = new Worker(WORKER, { workerData: setup });
  const pending = new Map<number, Pending>();
  let lost: Error | null = null;
  let ids = 0;

  const lose = (error: Error): void => {
    lost ??= error;
    for (const { reject } of pending.values()) reject(lost);
    pending.clear();
    worker.unref();
  };
  const settle = (id: number, how: (waiting: Pending) => void): void => {
    const waiting = pending.get(id);
    pending.delete(id);
    // An idle sampler does not keep the process alive.
    if (pending.size === 0) worker.unref();
    if (waiting !== undefined) how(waiting);
  };
  const ask = (id: number, send: () => void): Promise<Sample | null> =>
    new Promise((resolve, reject) => {
      if (lost !== null) return reject(lost);
      pending.set(id, { resolve, reject });
      worker.ref();
      send();
    });

  worker.on('message', (message: FromWorker) => {
    switch (message.kind) {
      case 'sampled':
        return settle(message.id, ({ resolve }) => resolve(message.sample));
      case 'loaded':
        return settle(message.id, ({ resolve }) => resolve(null));
      case 'failed':
        return settle(message.id, ({ reject }) => reject(receivedError(message.error)));
    }
  });
  // What made it fail is an error of its own kind where it says what to do, e.g. that ONNX Runtime is not installed.
  worker.on('error', (thrown) =>
    lose(thrown.name === 'SubterfugeError' ? thrown : lostError(messageOf(thrown), thrown)),
  );
  worker.on('exit', (code) => lose(lostError(`exit code ${code}`)));

  try {
    await ask(ids, () => undefined);
  } catch (thrown) {
    await worker.terminate();
    throw thrown;
  }
  return {
    get load() {
      return pending.size;
    },
    get lost() {
      return lost;
    },
    sample: async (request, signal) => {
      signal?.throwIfAborted();
      const id = ++ids;
      const onAbort = (): void => {
        settle(id, ({ reject }) => {
          worker.postMessage({ kind: 'cancel', id });
          reject(signal?.reason);
        });
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        const sample = await ask(id, () => worker.postMessage({ kind: 'sample', id, request }));
        if (sample === null) throw new Error('a worker answered a request for a sample with none');
        return sample;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    loadWeights: async (weights) => {
      const id = ++ids;
      await ask(id, () => worker.postMessage({ kind: 'load', id, weights }));
    },
    [Symbol.asyncDispose]: async () => {
      lose(lostError('the sampler was closed'));
      await worker.terminate();
    },
  };
};
