import { performance } from 'node:perf_hooks';

export interface Blocked {
  /** The longest that nothing else got a turn, in milliseconds by the clock. What other processes took is in it. */
  readonly mostMs: number;
  /** 99 of 100 turns were shorter. */
  readonly p99Ms: number;
  /** The longest of them in processor time of this thread: other processes make it no longer, a wait for the disk does not show. */
  readonly mostCpuMs: number;
}

export interface BlockedWatch {
  /** Until then nothing counts; counts anew. */
  start(): void;
  /** Goes on counting at the next `start`. */
  stop(): Blocked;
}

const EVERY_MS = 2;

/** Watches how long this thread keeps the event loop, from timer to timer. */
export const blockedWatch = (): BlockedWatch => {
  const turns: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let mostCpuMs = 0;
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  return {
    start: () => {
      turns.length = 0;
      mostCpuMs = 0;
      let atMs = performance.now();
      let atCpuMs = cpuMs();
      timer = setInterval(() => {
        const [nowMs, nowCpuMs] = [performance.now(), cpuMs()];
        turns.push(nowMs - atMs);
        mostCpuMs = Math.max(mostCpuMs, nowCpuMs - atCpuMs);
        [atMs, atCpuMs] = [nowMs, nowCpuMs];
      }, EVERY_MS);
    },
    stop: () => {
      clearInterval(timer);
      const sorted = turns.toSorted((a, b) => a - b);
      return { mostMs: sorted.at(-1) ?? 0, p99Ms: sorted[Math.floor(0.99 * sorted.length)] ?? 0, mostCpuMs };
    },
  };
};
