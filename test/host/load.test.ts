/** Two thousand episodes at once against a provider that fails in every way, under a cap on cost. */
import { expect, test } from 'vitest';
import { loadRun, MAX_OUTPUT_TOKENS, playUnderLoad } from '../../src/evaluate/load.contract.ts';
import { assertSound, PRICE, playToTheEnd } from '../../src/evaluate/load-checks.contract.ts';
import { ABSURD_TOKENS, ALL_FAULTS, faultyServer } from '../../src/policy/faulty-server.contract.ts';

const storm = { seed: 'load', rates: ALL_FAULTS, stormEvery: 500, stormCalls: 60, thinkMs: 20 };
const N = 2_000;

test('2,000 episodes at once: nothing lost, nothing paid twice', async () => {
  await using server = await faultyServer({ ...storm, holdUntil: N });
  const { store } = await playToTheEnd(server, { n: N, atOnce: N, adaptive: false });
  await using run = store;
  await assertSound(server, run, N);
  expect(server.counts().most).toBe(N);
});

test('the cap on cost is passed by no more than one call for each worker, whatever the provider claims', async () => {
  const workers = 50;
  await using server = await faultyServer({ ...storm, thinkMs: 2 });
  await using store = loadRun(N);
  const maxUsd = 20;
  const { stoppedBy } = await playUnderLoad({
    url: server.url,
    store,
    atOnce: workers,
    adaptive: false,
    price: PRICE,
    maxUsd,
  });
  expect(stoppedBy).toMatchObject({ code: 'cost-cap' });
  const billed = (server.counts().outputTokens * PRICE.output) / 1e6;
  expect(billed).toBeLessThanOrEqual(
    maxUsd + (workers * Math.max(ABSURD_TOKENS, MAX_OUTPUT_TOKENS) * PRICE.output) / 1e6,
  );
  expect(billed).toBeGreaterThan(maxUsd / 2);
});
