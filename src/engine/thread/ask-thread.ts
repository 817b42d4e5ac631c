import { Worker } from 'node:worker_threads';
import { messageOf } from '../../base/errors.ts';
import { closeGate, forgetGate, openGate } from './gate.ts';
import { type FromThread, receivedError, type ToThread } from './protocol.ts';

/**
 * One thread, seen from its host. A job that it cannot do rejects; a thread that ends rejects all that it had, and every
 * later job. Disposal rejects what waits at once, lets the thread end the one call that is under way, and waits for its exit.
 */
export interface Thread<Job, Value> extends AsyncDisposable {
  /** Jobs under way. */
  readonly load: number;
  /** Why it can do no more; null while it can. */
  readonly lost: Error | null;
  /** Rejects with the signal's reason when aborted; the thread is told. */
  ask(job: Job, signal?: AbortSignal): Promise<Value>;
}

export interface ThreadErrors {
  /** It ended by itself. */
  died(why: string, cause: unknown): Error;
  closed(): Error;
}

interface Waiting<Value> {
  resolve(value: Value): void;
  reject(thrown: unknown): void;
}

/** `setup` arrives in the thread as `serveThread` hands it on. */
export const openThread = <Job, Value>(
  entry: URL,
  setup: unknown,
  { died, closed }: ThreadErrors,
): Thread<Job, Value> => {
  const gate = openGate();
  const worker = new Worker(entry, { workerData: { setup, gate } });
  // Only a job under way keeps the process alive.
  worker.unref();
  const waiting = new Map<number, Waiting<Value>>();
  let next = 0;
  let lost: Error | null = null;
  let closing: Promise<void> | null = null;
  const post = (message: ToThread<Job>): void => worker.postMessage(message);

  const end = (error: Error): void => {
    lost ??= error;
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  };
  const settle = (id: number, how: (one: Waiting<Value>) => void): void => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0 && closing === null) worker.unref();
    if (one !== undefined) how(one);
  };
  // What made it fail is an error of its own kind where it says what to do, e.g. that ONNX Runtime is not installed.
  const fail = (thrown: Error): void =>
    end(thrown.name === 'SubterfugeError' ? thrown : died(messageOf(thrown), thrown));
  worker.on('error', fail);
  // An answer that cannot be read is one for which somebody would wait for ever.
  worker.on('messageerror', fail);
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      forgetGate(gate);
      end(died(`exit code ${code}`, null));
      resolve();
    });
  });
  worker.on('message', (reply: FromThread<Value>) =>
    settle(reply.id, ({ resolve, reject }) =>
      'value' in reply ? resolve(reply.value) : reject(receivedError(reply.failure)),
    ),
  );

  return {
    get load() {
      return waiting.size;
    },
    get lost() {
      return lost;
    },
    ask: async (job, signal) => {
      signal?.throwIfAborted();
      if (lost !== null) throw lost;
      const id = next++;
      const onAbort = (): void =>
        settle(id, ({ reject }) => {
          post({ kind: 'cancel', id });
          reject(signal?.reason);
        });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        return await new Promise<Value>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          worker.ref();
          post({ kind: 'ask', id, job });
        });
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    [Symbol.asyncDispose]: () => {
      closing ??= (async () => {
        end(closed());
        closeGate(gate);
        // Who awaits the disposal must not see the process end for lack of anything else to wait for.
        worker.ref();
        post({ kind: 'close' });
        await exited;
      })();
      return closing;
    },
  };
};
