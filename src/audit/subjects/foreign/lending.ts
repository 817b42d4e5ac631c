import { fixedConcurrency } from '../../../policy/concurrency.ts';

export interface LendingOptions<W> {
  /** Workers at a time. */
  readonly most: number;
  /** One that is there already. */
  readonly first: W;
  readonly start: () => W;
  /** Whether it can be lent again. */
  readonly usable: (worker: W) => boolean;
  /** Ends one and waits until it is gone. */
  readonly end: (worker: W) => Promise<void>;
}

/** Lends workers to one borrower at a time each. A worker that came back unusable is ended, and the next borrower gets a fresh one. */
export interface Lending<W> {
  readonly most: number;
  /** Rejects with the signal's reason where it aborts before a worker is free. */
  use<T>(work: (worker: W) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Ends all. Who still waits gets no worker. */
  close(): Promise<void>;
}

export const lending = <W>({ most, first, start, usable, end }: LendingOptions<W>): Lending<W> => {
  const slots = fixedConcurrency(most);
  const idle: W[] = [first];
  const all = new Set<W>([first]);
  const closed = new AbortController();

  const take = (): W => {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) if (usable(worker)) return worker;
    const worker = start();
    all.add(worker);
    return worker;
  };

  return {
    most,
    use: async (work, signal) =>
      await slots.run(
        async () => {
          closed.signal.throwIfAborted();
          const worker = take();
          try {
            return await work(worker);
          } finally {
            if (usable(worker) && !closed.signal.aborted) idle.push(worker);
            else {
              await end(worker);
              all.delete(worker);
            }
          }
        },
        signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]),
      ),
    close: async () => {
      closed.abort(new Error('the grader was closed'));
      await Promise.all([...all].map(end));
    },
  };
};
