import type { Concurrency } from '../policy/concurrency.ts';

export interface PoolResult {
  /** False when `stop` left jobs unstarted. */
  readonly finished: boolean;
}

/** So many start before anything else gets a turn: thousands in one go would block the process for seconds. */
const BURST = 8;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs jobs side by side, and draws the next job only when the one before it has started. Stopping is graceful: after
 * `stop` nothing new starts and what runs is finished. A job that throws stops the pool in the same way, and its error
 * is thrown at the end.
 */
export const runPool = async <J>(
  jobs: Iterable<J> | AsyncIterable<J>,
  concurrency: Concurrency,
  stop: AbortSignal,
  work: (job: J) => Promise<void>,
): Promise<PoolResult> => {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let finished = true;
  let begun = 0;
  for await (const job of jobs) {
    const started = Promise.withResolvers<void>();
    const one: Promise<void> = concurrency
      .run(async () => {
        started.resolve();
        if (stop.aborted || failures.length > 0) finished = false;
        else await work(job);
      })
      .catch((thrown: unknown) => {
        failures.push(thrown);
      })
      .finally(() => {
        running.delete(one);
      });
    running.add(one);
    await started.promise;
    begun += 1;
    if (begun % BURST === 0) await turn();
    if (!finished) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  return { finished };
};
