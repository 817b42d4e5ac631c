import { abortedFault, disposedFault } from './fault.ts';
import type { Completion, CompletionRequest, Policy } from './policy.ts';

export interface Calls extends AsyncDisposable {
  readonly policy: Policy;
}

/**
 * The calls of a model that runs in this process. Its disposal calls them off, waits for the last of them, for what it
 * holds may go only then, and releases that once, however often it is asked. `complete` gets the caller's signal and that
 * of the disposal in one, which is never aborted beforehand. Faults: `disposed`, `aborted`.
 */
export const openCalls = (
  spec: string,
  complete: (request: CompletionRequest, signal: AbortSignal) => Promise<Completion>,
  release: () => Promise<void>,
): Calls => {
  const over = new AbortController();
  const running = new Set<Promise<Completion>>();
  let disposal: Promise<void> | null = null;
  return {
    policy: {
      complete: async (request, signal) => {
        if (over.signal.aborted) throw disposedFault(spec);
        if (signal?.aborted === true) throw abortedFault(spec);
        const work = complete(request, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]));
        running.add(work);
        try {
          return await work;
        } finally {
          running.delete(work);
        }
      },
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      disposal ??= Promise.allSettled(running).then(release);
      await disposal;
    },
  };
};
