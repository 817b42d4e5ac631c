/** Episodes that ask a provider again and again for minutes of simulated time: what the tests of concurrency share. */
import type { Clock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import type { Concurrency } from './concurrency.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock that goes on from sleeper to sleeper, with everything that follows from one done before the next wakes. */
const eventClock = () => {
  let nowMs = 0;
  // Latest first.
  const sleepers: Sleeper[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    sleep: (ms) =>
      new Promise((wake) => {
        const atMs = nowMs + ms;
        let low = 0;
        for (let high = sleepers.length; low < high; ) {
          const middle = (low + high) >> 1;
          if ((sleepers[middle]?.atMs ?? 0) > atMs) low = middle + 1;
          else high = middle;
        }
        sleepers.splice(low, 0, { atMs, wake });
      }),
  };
  const playUntil = async (endMs: number): Promise<void> => {
    for (let next = sleepers.pop(); next !== undefined && nowMs < endMs; next = sleepers.pop()) {
      nowMs = next.atMs;
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, playUntil };
};

export interface SimulatedLoad {
  /** The share of calls that is refused whatever else runs. */
  readonly random?: number;
  /** Calls beyond so many at once are refused. */
  readonly most?: number;
  /** Everything is refused from then until then, in seconds. */
  readonly storm?: readonly [number, number];
  /** How long a refusal takes. Default 50 ms; an answer takes 1 to 3 s. */
  readonly refusalMs?: number;
  readonly retryAfterMs?: number;
  readonly episodes: number;
  readonly seconds: number;
}

export interface LoadOutcome {
  /** Slots at each second. */
  readonly limits: readonly number[];
  /** Over the second half. */
  readonly meanLimit: number;
  readonly answersPerSecond: number;
  readonly refusedShare: number;
}

export const simulateLoad = async (
  load: SimulatedLoad,
  concurrencyOn: (clock: Clock) => Concurrency,
): Promise<LoadOutcome> => {
  const { random = 0, most = Number.POSITIVE_INFINITY, storm = [0, 0], refusalMs = 50, seconds } = load;
  const { clock, playUntil } = eventClock();
  const concurrency = concurrencyOn(clock);
  const dice = rng('simulated-load');
  const endMs = seconds * 1_000;
  const count = { running: 0, answered: 0, refused: 0 };
  const counts = (): boolean => clock.nowMs() > endMs / 2;

  /** False: refused. */
  const call = async (): Promise<boolean> => {
    const at = clock.nowMs() / 1_000;
    if (count.running >= most || dice.next() < random || (at >= storm[0] && at < storm[1])) {
      await clock.sleep(refusalMs);
      if (counts()) count.refused += 1;
      return false;
    }
    count.running += 1;
    await clock.sleep(1_000 + 2_000 * dice.next());
    count.running -= 1;
    if (counts()) count.answered += 1;
    return true;
  };
  const episode = async (): Promise<void> => {
    for (let tries = 0; clock.nowMs() < endMs; ) {
      const answered = await concurrency
        .run(async (refused) => {
          if (await call()) return true;
          refused(load.retryAfterMs ?? null);
          throw new Error('429');
        })
        .catch(() => false);
      tries = answered ? 0 : tries + 1;
      const waitMs = load.retryAfterMs ?? Math.min(60_000, 1_000 * 2 ** (tries - 1));
      if (!answered) await clock.sleep(waitMs * (0.5 + dice.next() / 2));
    }
  };
  const limits: number[] = [];
  const watch = async (): Promise<void> => {
    for (; clock.nowMs() < endMs; await clock.sleep(1_000)) limits.push(concurrency.limit);
  };
  void watch();
  for (let i = 0; i < load.episodes; i++) void episode();
  await playUntil(endMs);
  const later = limits.slice(limits.length / 2);
  return {
    limits,
    meanLimit: later.reduce((sum, limit) => sum + limit, 0) / later.length,
    answersPerSecond: count.answered / (seconds / 2),
    refusedShare: count.refused / Math.max(1, count.refused + count.answered),
  };
};
