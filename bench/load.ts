/**
 * Thousands of episodes at once against a provider that fails in every way (429 storms, 5xx, cut, malformed and doubled
 * answers, wrong usage, slow bytes): episodes a second, how long the event loop was blocked, and memory from round to round.
 *
 *   npm run bench -- load --n 2000 --rounds 3
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { loadRun, playUnderLoad } from '../src/evaluate/load.contract.ts';
import { ALL_FAULTS } from '../src/policy/faulty-server.contract.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    calm: { type: 'boolean', default: false },
  },
});
const n = Number(values.n);
const rounds = Number(values.rounds);
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

const play = async (count: number, seed: string): Promise<void> => {
  await using store = loadRun(count, seed);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const startMs = performance.now();
  for (let round = 0; round < 6; round++) {
    delay.enable();
    await playUnderLoad({ url, store, atOnce: count, adaptive: false, price: PRICE, maxUsd: null });
    // Reading a whole run in memory at once is this bench's own doing.
    delay.disable();
    const entries = await Array.fromAsync(store.entries());
    if (entries.length === count && entries.every(({ stop }) => stop !== 'fault')) break;
  }
  const seconds = (performance.now() - startMs) / 1_000;
  const ms = (ns: number): string => (ns / 1e6).toFixed(0);
  console.log(
    `${count} episodes at once: ${(count / seconds).toFixed(0)} episodes/s; event loop blocked p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, most ${ms(delay.max)} ms`,
  );
};

console.log(`node ${process.version}, ${availableParallelism()} processors`);
await play(100, 'warm-up');
for (let round = 0; round < rounds; round++) {
  await play(n, `round/${round}`);
  console.log(
    `  heap after round ${round + 1}: ${heapMb().toFixed(0)} MB, resident ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  );
}
server.postMessage('counts');
const [counts] = await once(server, 'message');
console.log(`  server: ${JSON.stringify(counts)}`);
await server.terminate();
