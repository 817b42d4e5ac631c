import type { Clock } from '../base/clock.ts';

/** How many things run at once. First come, first served. */
export interface Concurrency {
  /** Waits for a slot, runs, gives the slot back. Rejects with the signal's reason if it aborts while waiting. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** A provider said "too many" (429). Not for other errors: those do not mean that fewer would do better. */
  rateLimited(retryAfterMs: number | null): void;
  /** Slots now. */
  readonly limit: number;
  /** The most slots that there can ever be. */
  readonly max: number;
  readonly active: number;
  readonly waiting: number;
}

export interface AdaptiveOptions {
  readonly clock: Clock;
  /** Never more than this. */
  readonly max: number;
  /** Slots at first. Default 8. */
  readonly start?: number;
  /** What a cut leaves of the slots. Default 0.7. */
  readonly cut?: number;
  /** After a cut: no growth and no further cut for so long, since calls under way report the same storm. Default 15 s. */
  readonly coolDownMs?: number;
  /** The longest that one Retry-After holds back everybody. Default 60 s. */
  readonly maxHoldMs?: number;
  /** Aborts when nothing will be called any more: a hold does not keep the process alive beyond it. */
  readonly closed?: AbortSignal;
}

interface Waiter {
  readonly begin: () => void;
}

/** So many start before anything else gets a turn: thousands that were held back would block the process for seconds. */
const BURST = 8;

const slots = (limit: () => number, onSuccess: (saturated: boolean) => void, held: () => boolean) => {
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
    active: () => active,
    waiting: () => queue.size,
    run: async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
      await acquire(signal);
      try {
        const value = await work();
        onSuccess(active >= limit());
        return value;
      } finally {
        active -= 1;
        pump();
      }
    },
  };
};

const checkCount = (name: string, value: number): void => {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is a whole number >= 1, got ${value}`);
};

/** Always `count` slots. */
export const fixedConcurrency = (count: number): Concurrency => {
  checkCount('count', count);
  const pool = slots(
    () => count,
    () => undefined,
    () => false,
  );
  return {
    run: pool.run,
    rateLimited: () => undefined,
    limit: count,
    max: count,
    get active() {
      return pool.active();
    },
    get waiting() {
      return pool.waiting();
    },
  };
};

/**
 * Finds how many calls a provider bears: one slot more per success at first (so it doubles per round), cut on a 429,
 * nothing new started until Retry-After has passed, then one slot more per round. Grows only while all slots are used.
 */
export const adaptiveConcurrency = (options: AdaptiveOptions): Concurrency => {
  const { clock, max, cut = 0.7, coolDownMs = 15_000, maxHoldMs = 60_000 } = options;
  checkCount('max', max);
  const start = Math.min(options.start ?? 8, max);
  checkCount('start', start);
  if (!(cut > 0 && cut < 1)) throw new RangeError(`cut is a share between 0 and 1, got ${cut}`);

  let limit = start;
  let slowStart = true;
  let successes = 0;
  let coolUntilMs = Number.NEGATIVE_INFINITY;
  let heldUntilMs = Number.NEGATIVE_INFINITY;

  const grow = (saturated: boolean): void => {
    if (!saturated || clock.nowMs() < coolUntilMs || limit >= max) return;
    successes += 1;
    if (slowStart || successes >= limit) {
      limit += 1;
      successes = 0;
    }
  };
  const pool = slots(
    () => limit,
    grow,
    () => clock.nowMs() < heldUntilMs,
  );
  const resume = async (): Promise<void> => {
    while (clock.nowMs() < heldUntilMs) await clock.sleep(heldUntilMs - clock.nowMs(), options.closed);
    pool.pump();
  };

  return {
    run: pool.run,
    rateLimited: (retryAfterMs) => {
      const now = clock.nowMs();
      const holdMs = Math.min(retryAfterMs ?? 0, maxHoldMs);
      if (holdMs > 0 && now + holdMs > heldUntilMs) {
        heldUntilMs = now + holdMs;
        resume().catch((thrown: unknown) => {
          // Called off: nobody waits for a slot any more.
          if (options.closed?.aborted !== true) throw thrown;
        });
      }
      if (now < coolUntilMs) return;
      limit = Math.max(1, Math.floor(limit * cut));
      slowStart = false;
      successes = 0;
      coolUntilMs = now + Math.max(coolDownMs, holdMs);
    },
    max,
    get limit() {
      return limit;
    },
    get active() {
      return pool.active();
    },
    get waiting() {
      return pool.waiting();
    },
  };
};
