/** A queue for slots, first come, first served. */
interface Waiter {
  readonly begin: () => void;
}

/** So many start before anything else gets a turn: thousands that were held back would block the process for seconds. */
const BURST = 8;

export interface Slots {
  /** Waits for a slot, runs, gives the slot back. Rejects with the signal's reason if it aborts while waiting. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Starts what may start by now. */
  pump(): void;
  readonly active: number;
  readonly waiting: number;
}

/** `limit`: slots now. `held`: nothing may start now; whoever lifts that calls `pump`. */
export const slots = (limit: () => number, held: () => boolean = () => false): Slots => {
  const queue = new Set<Waiter>();
  let active = 0;
  let goesOn = false;
  const pump = (): void => {
    if (goesOn) return;
    let begun = 0;
    for (const waiter of queue) {
      if (active >= limit() || held()) return;
      if (begun === BURST) {
        goesOn = true;
        setImmediate(() => {
          goesOn = false;
          pump();
        });
        return;
      }
      begun += 1;
      queue.delete(waiter);
      active += 1;
      waiter.begin();
    }
  };
  const acquire = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const abort = (): void => {
        queue.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        begin: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.add(waiter);
      pump();
    });
  return {
    pump,
    get active() {
      return active;
    },
    get waiting() {
      return queue.size;
    },
    run: async (work, signal) => {
      await acquire(signal);
      try {
        return await work();
      } finally {
        active -= 1;
        pump();
      }
    },
  };
};
