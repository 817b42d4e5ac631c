import { messageOf, SubterfugeError } from '../../base/errors.ts';
import { weightsOf } from '../model/weights.ts';
import type { Runtime } from '../onnx/session.ts';
import { type Batch, batchOf } from './batch.ts';
import { openDecoder } from './decoder.ts';
import type { FromWorker, SentError, SentWeights, ToWorker, WorkerSetup } from './protocol.ts';

/** A worker's side of the sampler: takes messages at any time, and works them off in order. */
export interface WorkerLoop {
  receive(message: ToWorker): void;
  /** Ends only by an error that no request caused. */
  readonly ended: Promise<never>;
}

type Order = Exclude<ToWorker, { kind: 'cancel' }>;

const NO_BYTES = new Uint8Array(0);

/**
 * Requests join while rows are free. New weights wait until everything before them has been answered, and everything
 * after them waits for the new weights.
 */
export const workerLoop = (runtime: Runtime, setup: WorkerSetup, send: (message: FromWorker) => void): WorkerLoop => {
  const queue: Order[] = [];
  const running = new Map<number, object>();
  const cancelled = new Set<number>();
  /** The request whose prompt is being read: it is in neither the queue nor the batch. */
  let current: number | null = null;
  let wake: () => void = () => undefined;

  const open = async ({ config, valueHead, flat }: SentWeights): Promise<{ batch: Batch; close(): Promise<void> }> => {
    const decoder = await openDecoder(runtime, weightsOf(config, { valueHead }, flat), setup.contextLength);
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

  const admit = async (batch: Batch, { id, request }: Extract<Order, { kind: 'sample' }>): Promise<void> => {
    const row = await batch.add(request, (outcome) => {
      running.delete(id);
      if ('error' in outcome) send({ kind: 'failed', id, error: sentError(outcome.error) });
      else send({ kind: 'sampled', id, sample: outcome.sample });
    });
    // It was called off while its prompt was read.
    if (cancelled.delete(id)) batch.cancel(row);
    else running.set(id, row);
  };

  const run = async (): Promise<never> => {
    let model = await open(setup.weights);
    send({ kind: 'loaded', id: 0 });
    const cancelRows = (): void => {
      for (const id of cancelled) {
        const row = running.get(id);
        if (row !== undefined) model.batch.cancel(row);
        running.delete(id);
      }
      cancelled.clear();
    };
    for (;;) {
      cancelRows();
      const next = queue[0];
      if (next?.kind === 'sample' && !model.batch.full) {
        queue.shift();
        current = next.id;
        await admit(model.batch, next);
        current = null;
        continue;
      }
      if (next?.kind === 'load' && model.batch.rows === 0) {
        queue.shift();
        await model.close();
        model = await open(next.weights);
        send({ kind: 'loaded', id: next.id });
        continue;
      }
      if (model.batch.rows > 0) await model.batch.step();
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  };
  return {
    receive: (message) => {
      if (message.kind !== 'cancel') queue.push(message);
      else {
        const waiting = queue.findIndex((order) => order.id === message.id);
        if (waiting >= 0) queue.splice(waiting, 1);
        else if (running.has(message.id) || current === message.id) cancelled.add(message.id);
      }
      wake();
    },
    ended: run(),
  };
};

export const sentError = (error: unknown): SentError => {
  if (error instanceof SubterfugeError) {
    const { exitCode, code, what, given, allowed, todo } = error;
    return { exitCode: exitCode === 1 ? null : exitCode, code, what, given, allowed, todo };
  }
  return { exitCode: null, code: 'host-error', what: messageOf(error), given: null, allowed: null, todo: null };
};

/** The error as it was before it travelled. */
export const receivedError = ({ exitCode, code, what, given, allowed, todo }: SentError): Error =>
  new SubterfugeError(exitCode ?? 3, {
    code,
    what,
    ...(given === null ? {} : { given }),
    ...(allowed === null ? {} : { allowed }),
    ...(todo === null ? {} : { todo }),
  });
