import { runError } from '../../base/errors.ts';
import { openThread } from '../thread/ask-thread.ts';
import type { Job, Replies, WorkerSetup } from './protocol.ts';

/** One thread of the trainer. A job that it cannot do rejects; a thread that ends rejects all that it had, and every later job. */
export interface TrainerWorker extends AsyncDisposable {
  run<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<Replies[K]>;
}

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export const startWorker = (setup: WorkerSetup, entry: URL = WORKER): TrainerWorker => {
  const thread = openThread<Job, Replies[Job['kind']]>(entry, setup, {
    died: (given, cause) =>
      runError({
        code: 'worker-died',
        what: `Thread ${setup.index} of the trainer ended.`,
        given,
        todo: 'Open the last saved checkpoint and go on from there; where memory ran out, use fewer workers.',
        cause,
      }),
    closed: () =>
      runError({ code: 'trainer-closed', what: 'The trainer was closed.', todo: 'Open another, or close it later.' }),
  });
  return {
    // The thread answers each kind of job with its own kind of reply.
    run: async <K extends Job['kind']>(job: Extract<Job, { kind: K }>) => (await thread.ask(job)) as Replies[K],
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
};
