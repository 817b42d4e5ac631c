import type { Clock } from '../base/clock.ts';
import { afterRound, afterSuccess, MIN_CALLS, openingBearing } from './bearing.ts';
import { slots } from './slots.ts';

/**
 * Work that runs in a slot says so when its provider answered "too many" (429), before it ends, with Retry-After where that
 * was given. Not for other errors: those do not mean that fewer would do better.
 */
export type Refused = (retryAfterMs: number | null) => void;

/** How many things run at once. First come, first served. */
export interface Concurrency {
  /** Waits for a slot, runs, gives the slot back. Rejects with the signal's reason if it aborts while waiting. */
  run<T>(work: (refused: Refused) => Promise<T>, signal?: AbortSignal): Promise<T>;
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
  /** The least that one cut leaves of the slots, as a share. Default 0.7. */
  readonly cut?: number;
  /** After a cut no further one for so long, since rounds of refusals are short and one storm has many. Default 5 s. */
  readonly coolDownMs?: number;
  /** The longest that one Retry-After holds back everybody. Default 60 s. */
  readonly maxHoldMs?: number;
  /** Aborts when nothing will be called any more: a hold does not keep the process alive beyond it. */
  readonly closed?: AbortSignal;
}

const checkCount = (name: string, value: number): void => {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is a whole number >= 1, got ${value}`);
};

/** Always `count` slots. */
export const fixedConcurrency = (count: number): Concurrency => {
  checkCount('count', count);
  const pool = slots(() => count);
  return {
    run: async (work, signal) => await pool.run(async () => await work(() => undefined), signal),
    limit: count,
    max: count,
    get active() {
      return pool.active;
    },
    get waiting() {
      return pool.waiting;
    },
  };
};

interface Call {
  readonly round: OpenRound;
  readonly begunMs: number;
  refused: boolean;
}

/** Calls that began after the last change of the slots: what those before it came to says nothing about the slots now. */
interface OpenRound {
  readonly size: number;
  readonly running: Set<Call>;
  ended: number;
  refused: number;
  slowestRefusalMs: number;
  most: number;
  saturated: boolean;
}

const openRound = (limit: number): OpenRound => ({
  size: Math.max(MIN_CALLS, limit),
  running: new Set(),
  ended: 0,
  refused: 0,
  slowestRefusalMs: 0,
  most: 0,
  saturated: false,
});

/**
 * Finds how many calls a provider bears (`bearing.ts`). Where calls are refused one after the other and none is answered
 * in between, nothing new starts until Retry-After has passed; a single one waits by itself, and holds back nobody.
 */
export const adaptiveConcurrency = (options: AdaptiveOptions): Concurrency => {
  const { clock, max, cut = 0.7, coolDownMs = 5_000, maxHoldMs = 60_000 } = options;
  checkCount('max', max);
  const start = Math.min(options.start ?? 8, max);
  checkCount('start', start);
  if (!(cut > 0 && cut < 1)) throw new RangeError(`cut is a share between 0 and 1, got ${cut}`);

  let bearing = openingBearing(start);
  let round = openRound(start);
  let refusedInARow = 0;
  let coolUntilMs = Number.NEGATIVE_INFINITY;
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  const pool = slots(
    () => bearing.limit,
    () => clock.nowMs() < heldUntilMs,
  );

  const closeRound = (nowMs: number): void => {
    const { ended, refused, running, slowestRefusalMs, most, saturated } = round;
    // What has run for longer than a refusal takes was accepted.
    const accepted = [...running].filter(({ begunMs }) => nowMs - begunMs > slowestRefusalMs).length;
    const before = bearing;
    const came = { calls: ended + accepted, refused, most, saturated };
    bearing = afterRound(before, came, { max, leaves: cut }, nowMs >= coolUntilMs);
    if (bearing.limit < before.limit) coolUntilMs = nowMs + coolDownMs;
    round = openRound(bearing.limit);
  };

  const begin = (): Call => {
    const call = { round, begunMs: clock.nowMs(), refused: false };
    round.running.add(call);
    round.most = Math.max(round.most, pool.active);
    return call;
  };
  const end = (call: Call): void => {
    // Its own slot is still taken.
    if (pool.active >= bearing.limit) call.round.saturated = true;
    call.round.running.delete(call);
    call.round.ended += 1;
    if (call.round === round && round.ended >= round.size) closeRound(clock.nowMs());
  };

  const resume = async (): Promise<void> => {
    while (clock.nowMs() < heldUntilMs) await clock.sleep(heldUntilMs - clock.nowMs(), options.closed);
    pool.pump();
  };
  const hold = (untilMs: number): void => {
    if (untilMs <= heldUntilMs) return;
    heldUntilMs = untilMs;
    resume().catch((thrown: unknown) => {
      // Called off: nobody waits for a slot any more.
      if (options.closed?.aborted !== true) throw thrown;
    });
  };
  const refuse = (call: Call, retryAfterMs: number | null): void => {
    if (call.refused) return;
    call.refused = true;
    const nowMs = clock.nowMs();
    call.round.refused += 1;
    call.round.slowestRefusalMs = Math.max(call.round.slowestRefusalMs, nowMs - call.begunMs);
    refusedInARow += 1;
    if (retryAfterMs !== null && 2 * refusedInARow > pool.active) hold(nowMs + Math.min(retryAfterMs, maxHoldMs));
  };
  const succeed = (): void => {
    refusedInARow = 0;
    bearing = afterSuccess(bearing, pool.active >= bearing.limit, max);
  };

  return {
    run: async (work, signal) =>
      await pool.run(async () => {
        const call = begin();
        try {
          const value = await work((retryAfterMs) => refuse(call, retryAfterMs));
          if (!call.refused) succeed();
          return value;
        } finally {
          end(call);
        }
      }, signal),
    max,
    get limit() {
      return bearing.limit;
    },
    get active() {
      return pool.active;
    },
    get waiting() {
      return pool.waiting;
    },
  };
};
