import { setTimeout as wait } from 'node:timers/promises';

/** Time is an argument: production code takes a Clock, tests hand in one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/** A clock that stands still until `advance`; sleepers wake in order of their deadlines. */
export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
}

export const manualClock = (startMs = 0): ManualClock => {
  let now = startMs;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    nowMs: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper = {
          atMs: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
      }),
    advance: async (ms) => {
      const until = now + ms;
      for (;;) {
        const due = [...sleepers].filter((s) => s.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        now = Math.max(now, due.atMs);
        sleepers.delete(due);
        due.wake();
        // Let the woken code run, and perhaps sleep again, before time moves on.
        for (let i = 0; i < 20; i++) await Promise.resolve();
      }
      now = until;
    },
  };
};
