import { weightsOf } from '../model/weights.ts';
import type { Runtime } from '../onnx/session.ts';
import { ThreadClosing } from '../thread/gate.ts';
import type { Service } from '../thread/serve-thread.ts';
import { type Batch, batchOf } from './batch.ts';
import { openDecoder } from './decoder.ts';
import type { Answer, Job, SentWeights, WorkerSetup } from './protocol.ts';

interface Order {
  readonly id: number;
  readonly job: Job;
  resolve(answer: Answer): void;
  reject(thrown: unknown): void;
}

interface OpenModel {
  readonly batch: Batch;
  close(): Promise<void>;
}

const NO_BYTES = new Uint8Array(0);

/**
 * A worker's side of the sampler: takes jobs at any time, and works them off in order. An error that no request caused is
 * an unhandled rejection, on purpose: it ends the thread, and the host says so.
 *
 * Requests join while rows are free. New weights wait until everything before them has been answered, and everything
 * after them waits for the new weights.
 */
export const workerLoop = (runtime: Runtime, setup: WorkerSetup): Service<Job, Answer> => {
  const queue: Order[] = [];
  const running = new Map<number, object>();
  const cancelled = new Set<number>();
  /** The request whose prompt is being read: it is in neither the queue nor the batch. */
  let current: number | null = null;
  let closing = false;
  let wake: () => void = () => undefined;

  const open = async ({ config, flat }: SentWeights): Promise<OpenModel> => {
    const decoder = await openDecoder(runtime, weightsOf(config, { valueHead: false }, flat), setup.contextLength);
    const { tokenBytes, tokenStarts } = setup;
    const batch = batchOf({
      ...setup,
      config,
      decoder,
      bytes: (id) => {
        const [from, to] = [tokenStarts[id], tokenStarts[id + 1]];
        return from === undefined || to === undefined ? NO_BYTES : tokenBytes.subarray(from, to);
      },
    });
    return { batch, close: () => decoder.close() };
  };

  const admit = async (batch: Batch, { id, job, resolve, reject }: Order): Promise<void> => {
    if (job.kind !== 'sample') throw new Error(`an order of kind ${job.kind} for a row`);
    const row = await batch.add(job.request, (outcome) => {
      running.delete(id);
      if ('error' in outcome) reject(outcome.error);
      else resolve(outcome.sample);
    });
    // It was called off while its prompt was read.
    if (cancelled.delete(id)) batch.cancel(row);
    else running.set(id, row);
  };

  const cancelRows = (batch: Batch): void => {
    for (const id of cancelled) {
      const row = running.get(id);
      if (row !== undefined) batch.cancel(row);
      running.delete(id);
    }
    cancelled.clear();
  };

  const work = async (first: OpenModel, use: (model: OpenModel) => void): Promise<void> => {
    let model = first;
    while (!closing) {
      cancelRows(model.batch);
      const next = queue[0];
      if (next?.job.kind === 'ready') {
        queue.shift();
        next.resolve(null);
      } else if (next?.job.kind === 'sample' && !model.batch.full) {
        queue.shift();
        current = next.id;
        await admit(model.batch, next);
        current = null;
      } else if (next?.job.kind === 'load' && model.batch.rows === 0) {
        queue.shift();
        await model.close();
        model = await open(next.job.weights);
        use(model);
        next.resolve(null);
      } else if (model.batch.rows > 0) await model.batch.step();
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  };

  const run = async (): Promise<void> => {
    try {
      let model = await open(setup.weights);
      await work(model, (other) => {
        model = other;
      });
      await model.close();
    } catch (thrown) {
      // The host has closed the gate, and its message is on the way.
      if (!(thrown instanceof ThreadClosing)) throw thrown;
    }
  };

  const ended = run();
  return {
    ask: (id, job) =>
      new Promise<Answer>((resolve, reject) => {
        queue.push({ id, job, resolve, reject });
        wake();
      }),
    cancel: (id) => {
      const waiting = queue.findIndex((order) => order.id === id);
      if (waiting >= 0) queue.splice(waiting, 1);
      else if (running.has(id) || current === id) cancelled.add(id);
      wake();
    },
    close: async () => {
      closing = true;
      wake();
      await ended;
    },
  };
};
