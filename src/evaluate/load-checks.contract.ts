/** What has to hold of a run under load, whoever played it. */
import { expect } from 'vitest';
import type { FaultyServer } from '../policy/faulty-server.contract.ts';
import type { RunStore } from '../store/run-store.ts';
import { loadRun, playUnderLoad } from './load.contract.ts';

export const PRICE = { input: 0, output: 1_000 };

export interface Asked {
  readonly n: number;
  readonly atOnce: number;
  readonly adaptive: boolean;
}

/** An attempt and its repeat may both be lost: such an episode is a fault, and a resume does it again. */
const RESUMES = 6;

/** Plays a run, and resumes it until no episode ended in a fault. */
export const playToTheEnd = async (
  server: FaultyServer,
  { n, ...how }: Asked,
): Promise<{ readonly store: RunStore; readonly faults: number }> => {
  const store = loadRun(n);
  let faults = 0;
  for (let round = 0; round < RESUMES; round++) {
    const { stoppedBy } = await playUnderLoad({ url: server.url, store, price: PRICE, maxUsd: null, ...how });
    expect(stoppedBy).toBeNull();
    const open = (await Array.fromAsync(store.entries())).filter(({ stop }) => stop === 'fault').length;
    if (open === 0) return { store, faults };
    faults += open;
  }
  throw new Error(`some episodes still end in a fault after ${RESUMES} rounds`);
};

export const assertSound = async (server: FaultyServer, store: RunStore, n: number): Promise<void> => {
  const rollouts = await Array.fromAsync(store.rollouts());
  const { answered, lost } = server.counts();
  // Nothing lost: every episode is there, finished, and graded.
  expect(rollouts).toHaveLength(n);
  expect(new Set(rollouts.map(({ stop }) => stop))).toEqual(new Set(['finished']));
  expect(
    (await Array.fromAsync(store.entries())).filter(({ verdicts, labelled }) => verdicts === 2 && labelled),
  ).toHaveLength(n);
  // Nothing paid twice: what was answered once is never asked again.
  expect(answered.size).toBe(n);
  expect([...answered.values()].filter((times) => times > 1)).toEqual([]);
  // Nobody got the answer of another.
  expect(new Set(rollouts.map(({ turns }) => turns.at(-1)?.raw)).size).toBe(n);
  // What was lost after the model ran stands in the books too.
  const booked = (await Array.fromAsync(store.calls())).filter(({ completion }) => completion !== null);
  expect(booked).toHaveLength(n);
  expect(lost).toBeGreaterThan(0);
};
