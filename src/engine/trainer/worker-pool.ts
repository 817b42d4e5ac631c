import { Worker } from 'node:worker_threads';
import { messageOf, runError } from '../../base/errors.ts';
import type { Job, Replies, Reply, Request, WorkerSetup } from './protocol.ts';

/** One thread. A job that it cannot do rejects; a thread that ends rejects all that it had, and every later job. */
export interface TrainerWorker extends AsyncDisposable {
  run<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<Replies[K]>;
}

interface Waiting {
  resolve(value: Replies[Job['kind']]): void;
  reject(thrown: unknown): void;
}

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

const died = (index: number, given: string, cause: unknown): Error =>
  runError({
    code: 'worker-died',
    what: `Thread ${index} of the trainer ended.`,
    given,
    todo: 'Open the last saved checkpoint and go on from there; where memory ran out, use fewer workers.',
    cause,
  });

export const startWorker = (setup: WorkerSetup, entry: URL = WORKER): TrainerWorker => {
  const worker = new Worker(entry, { workerData: setup });
  // Only a job under way keeps the process alive.
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let dead: Error | null = null;
  const end = (error: Error): void => {
    dead ??= error;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('error', (thrown) => end(died(setup.index, messageOf(thrown), thrown)));
  worker.on('messageerror', (thrown) => end(died(setup.index, messageOf(thrown), thrown)));
  worker.on('exit', (code) => end(died(setup.index, `exit code ${code}`, null)));
  worker.on('message', (reply: Reply) => {
    const request = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (request === undefined) return;
    if ('value' in reply) request.resolve(reply.value);
    else {
      const { message, stack } = reply.failure;
      const code = 'engine-failed';
      const what = 'A computation of the trainer failed.';
      request.reject(runError({ code, what, given: message, cause: stack }));
    }
  });
  return {
    run: <K extends Job['kind']>(job: Extract<Job, { kind: K }>) =>
      new Promise<Replies[K]>((resolve, reject) => {
        if (dead !== null) {
          reject(dead);
          return;
        }
        const id = next++;
        // The worker answers each kind of job with its own kind of reply.
        waiting.set(id, { resolve: (value) => resolve(value as Replies[K]), reject });
        worker.ref();
        worker.postMessage({ id, job } satisfies Request);
      }),
    [Symbol.asyncDispose]: async () => {
      end(runError({ code: 'trainer-closed', what: 'The trainer was closed.' }));
      await worker.terminate();
    },
  };
};
