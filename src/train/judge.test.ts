import { expect, test } from 'vitest';
import type { Grader } from '../grade/grader.ts';
import { noPython } from '../sandbox/no-python.contract.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { sampleManifest, sampleRollout } from '../store/store.contract.ts';
import { judge } from './judge.ts';

const IDS = Array.from({ length: 150 }, (_, i) => `talk/${String(i).padStart(6, '0')}`);

const played = async (): Promise<RunStore> => {
  const store = memoryRun(sampleManifest());
  await store.append(...IDS.map((id) => ({ kind: 'rollout', rollout: sampleRollout(id) }) as const));
  return store;
};

/** A score that depends on what else was shown, as the last bits of a model's do. Notes what it was shown. */
const neighbourly = (shown: string[][], failing: ReadonlySet<string> = new Set()): Grader<'oversight'> => ({
  name: 'neighbourly',
  channel: 'oversight',
  basis: 'judged',
  grade: async (group) => {
    shown.push(group.map(({ id }) => id));
    return group.map(({ id }) =>
      failing.has(id)
        ? { kind: 'unscored', side: 'provider', cause: 'unreachable' }
        : { kind: 'scored', value: 1 / group.length, passed: false, reason: group[0]?.id ?? '', evidence: [] },
    );
  },
});

const never = new AbortController().signal;
const asked = async (store: RunStore, grader: Grader<'oversight'>) =>
  await judge(store, grader, { python: noPython }, never, () => undefined);

const verdictsIn = async (store: RunStore) => await Array.fromAsync(store.verdicts());

test('a run is cut by place: a kill that tore a chunk apart changes no score', async () => {
  await using whole = await played();
  const shown: string[][] = [];
  await asked(whole, neighbourly(shown));
  expect(shown.map(({ length }) => length)).toEqual([64, 64, 22]);
  const expected = await verdictsIn(whole);
  expect(expected.length).toBe(IDS.length);

  await using torn = await played();
  const there = expected.slice(0, 64 + 10);
  await torn.append(...there.map((verdict) => ({ kind: 'verdict', verdict }) as const));
  const again: string[][] = [];
  expect(await asked(torn, neighbourly(again))).toEqual({ finished: true });
  expect(again).toEqual([IDS.slice(64, 128), IDS.slice(128)]);
  expect(await verdictsIn(torn)).toEqual(expected);
});

test('whoever failed is asked again alone: nobody pays twice for the others', async () => {
  await using store = await played();
  const failing = new Set([IDS[3] ?? '', IDS[70] ?? '']);
  await asked(store, neighbourly([], failing));
  const again: string[][] = [];
  await asked(store, neighbourly(again));
  expect(again).toEqual([[IDS[3]], [IDS[70]]]);
  expect((await verdictsIn(store)).every(({ outcome }) => outcome.kind === 'scored')).toBe(true);
  const third: string[][] = [];
  await asked(store, neighbourly(third));
  expect(third).toEqual([]);
});
