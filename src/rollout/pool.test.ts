import { expect, test } from 'vitest';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { runPool } from './pool.ts';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('runs every job, never more than the slots allow', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const result = await runPool([1, 2, 3, 4, 5, 6, 7], fixedConcurrency(3), never, async (job) => {
    running++;
    most = Math.max(most, running);
    await turn();
    running--;
    done.push(job);
  });
  expect(result).toEqual({ finished: true });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('after stop nothing new starts, and what runs is finished', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  const finished: number[] = [];
  const result = await runPool([1, 2, 3, 4, 5, 6], fixedConcurrency(2), stop.signal, async (job) => {
    started.push(job);
    if (job === 3) stop.abort();
    await turn();
    finished.push(job);
  });
  expect(result).toEqual({ finished: false });
  expect(started.length).toBeLessThan(6);
  expect(new Set(finished)).toEqual(new Set(started));
});

test('a job that throws ends the pool with its error, once the others have finished', async () => {
  const finished: number[] = [];
  const running = runPool([1, 2, 3, 4, 5], fixedConcurrency(2), never, async (job) => {
    if (job === 2) throw new Error('job 2 failed');
    await turn();
    finished.push(job);
  });
  await expect(running).rejects.toThrow('job 2 failed');
  expect(finished).toContain(1);
  expect(finished).not.toContain(5);
});

test('jobs are drawn only as they can start', async () => {
  let drawn = 0;
  function* jobs(): Generator<number> {
    for (; drawn < 100; ) yield drawn++;
  }
  const stop = new AbortController();
  await runPool(jobs(), fixedConcurrency(2), stop.signal, async (job) => {
    if (job === 5) stop.abort();
    await turn();
  });
  expect(drawn).toBeLessThan(10);
});

test('thousands of starts leave the process time for other things', async () => {
  let turns = 0;
  const over = new AbortController();
  const tick = async (): Promise<void> => {
    for (; !over.signal.aborted; turns++) await turn();
  };
  const ticking = tick();
  await runPool(Array.from({ length: 1_000 }), fixedConcurrency(1_000), never, async () => undefined);
  over.abort();
  await ticking;
  expect(turns).toBeGreaterThan(100);
});
