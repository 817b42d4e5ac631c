/**
 * Thousands of episodes at once against a provider that fails in every way (429 storms, 5xx, cut, malformed and doubled
 * answers, wrong usage, slow bytes), recorded on the disk: episodes a second, how long the event loop was blocked, and memory
 * from round to round.
 *
 *   npm run bench -- load --n 2000 --rounds 3 [--calm] [--adaptive]
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { wholeNumber } from '../src/cli/options.ts';
import { loadManifest, playUnderLoad } from '../src/evaluate/load.contract.ts';
import { ALL_FAULTS } from '../src/policy/faulty-server.contract.ts';
import { createRun } from '../src/store/run-directory.ts';
import { blockedWatch } from './support/blocked.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    calm: { type: 'boolean', default: false },
    adaptive: { type: 'boolean', default: false },
  },
});
const n = wholeNumber('n')(values.n);
const rounds = wholeNumber('rounds')(values.rounds);
/** The target: no turn of the event loop is longer. */
const MOST_BLOCKED_MS = 100;
const RESUMES = 6;
const PRICE = { input: 1, output: 1 };
const CALM = { tooMany: 0, serverError: 0, cut: 0, malformed: 0, duplicated: 0, wrongUsage: 0, slow: 0 };

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');
const heapMb = (): number => {
  if (typeof gc === 'function') gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const server = new Worker(new URL('support/faulty-server-thread.ts', import.meta.url), {
  workerData: {
    seed: 'bench',
    rates: values.calm ? CALM : ALL_FAULTS,
    stormEvery: 500,
    stormCalls: values.calm ? 0 : 60,
    thinkMs: 1_000,
  },
});
const [url] = await once(server, 'message');
if (typeof url !== 'string') throw new Error('the server gave no address');

const scratch = await mkdtemp(join(tmpdir(), 'subterfuge-bench-load-'));
const watch = blockedWatch();
const longest: number[] = [];

const play = async (count: number, seed: string): Promise<void> => {
  const startMs = performance.now();
  watch.start();
  {
    await using store = await createRun(join(scratch, seed), loadManifest(count, seed));
    const isDone = async (): Promise<boolean> => {
      let sound = 0;
      for await (const { stop } of store.entries()) if (stop !== 'fault') sound += 1;
      return sound === count;
    };
    // An attempt and its repeat may both be lost: such an episode is played by a resume.
    for (let round = 0; round === 0 || (round < RESUMES && !(await isDone())); round++)
      await playUnderLoad({ url, store, atOnce: count, adaptive: values.adaptive, price: PRICE, maxUsd: null });
  }
  const { mostMs, p99Ms, mostCpuMs } = watch.stop();
  const seconds = (performance.now() - startMs) / 1_000;
  longest.push(mostCpuMs);
  console.log(
    `${count} episodes at once: ${(count / seconds).toFixed(0)} episodes/s; event loop blocked p99 ${p99Ms.toFixed(0)}, most ${mostMs.toFixed(0)} ms by the clock, ${mostCpuMs.toFixed(0)} ms of processor time`,
  );
};

console.log(`node ${process.version}, ${availableParallelism()} processors`);
await play(100, 'warm-up');
longest.length = 0;
for (let round = 0; round < rounds; round++) {
  await play(n, `round-${round}`);
  console.log(
    `  heap after round ${round + 1}: ${heapMb().toFixed(0)} MB, resident ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  );
}
server.postMessage('counts');
const [counts] = await once(server, 'message');
console.log(`  server: ${JSON.stringify(counts)}`);
await server.terminate();
await rm(scratch, { recursive: true, force: true });
const worst = Math.max(...longest);
console.log(`target  no turn above ${MOST_BLOCKED_MS} ms: ${worst <= MOST_BLOCKED_MS ? 'reached' : 'missed'}`);
