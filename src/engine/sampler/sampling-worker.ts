import { runError } from '../../base/errors.ts';
import { openThread } from '../thread/ask-thread.ts';
import type { Answer, Job, SentWeights, WorkerSetup } from './protocol.ts';
import type { Sample, SampleRequest } from './sampler.ts';

/** One sampling thread, seen from the host. */
export interface SamplingWorker extends AsyncDisposable {
  /** Requests under way. */
  readonly load: number;
  /** Why it can do no more; null while it can. */
  readonly lost: Error | null;
  sample(request: SampleRequest, signal?: AbortSignal): Promise<Sample>;
  loadWeights(weights: SentWeights): Promise<void>;
}

const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Resolves once the model is loaded. */
export const samplingWorker = async (setup: WorkerSetup): Promise<SamplingWorker> => {
  const thread = openThread<Job, Answer>(WORKER, setup, {
    died: (why, cause) =>
      runError({
        code: 'sampler-lost',
        what: `A sampling thread ended: ${why}`,
        todo: 'Free memory or ask for fewer rows, then resume the run.',
        cause,
      }),
    closed: () =>
      runError({ code: 'sampler-closed', what: 'The sampler was closed.', todo: 'Open another, or close it later.' }),
  });
  try {
    await thread.ask({ kind: 'ready' });
  } catch (thrown) {
    await thread[Symbol.asyncDispose]();
    throw thrown;
  }
  return {
    get load() {
      return thread.load;
    },
    get lost() {
      return thread.lost;
    },
    sample: async (request, signal) => {
      const sample = await thread.ask({ kind: 'sample', request }, signal);
      if (sample === null) throw new Error('a worker answered a request for a sample with none');
      return sample;
    },
    loadWeights: async (weights) => {
      await thread.ask({ kind: 'load', weights });
    },
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
};
