import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { blockedWatch } from './blocked.ts';

const spin = (ms: number): void => {
  const cpuMs = (): number => process.threadCpuUsage().user / 1_000;
  for (const until = cpuMs() + ms; cpuMs() < until; );
};

test('finds the longest turn, and forgets it at the next start', async () => {
  const watch = blockedWatch();
  watch.start();
  await wait(5);
  spin(60);
  await wait(5);
  const { mostMs, mostCpuMs } = watch.stop();
  expect(mostCpuMs).toBeGreaterThan(50);
  expect(mostMs).toBeGreaterThan(50);
  watch.start();
  await wait(10);
  expect(watch.stop().mostCpuMs).toBeLessThan(40);
});
