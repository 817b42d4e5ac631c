import { expect, test } from 'vitest';
import { ALL_FAULTS, faultyServer } from '../policy/faulty-server.contract.ts';
import { assertSound, playToTheEnd } from './load-checks.contract.ts';

const storm = { seed: 'load', rates: ALL_FAULTS, stormEvery: 100, stormCalls: 15, thinkMs: 2 };

test.each([true, false])(
  '150 episodes at once through every fault: nothing lost, nothing paid twice (adaptive: %s)',
  async (adaptive) => {
    await using server = await faultyServer(storm);
    const { store } = await playToTheEnd(server, { n: 150, atOnce: 150, adaptive });
    await using run = store;
    await assertSound(server, run, 150);
    expect(server.counts().refused).toBeGreaterThan(0);
  },
);
