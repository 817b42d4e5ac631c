import { describe, expect, test } from 'vitest';
import { gamingModel, type PlayOptions, play, sumsManifest } from '../../test/support/evaluated.ts';
import sums from '../../test/support/own-environment.ts';
import type { Environment } from '../env/environment.ts';
import type { Comparison } from '../record/comparison.ts';
import { comparisonRecord } from '../record/comparison.ts';
import type { EvalPlan } from '../record/run.ts';
import { memoryRun } from '../store/memory.ts';
import type { RunStore } from '../store/run-store.ts';
import { compareRuns } from './compare.ts';

interface Wanted {
  readonly share?: number;
  readonly n?: number;
  readonly plan?: Partial<EvalPlan>;
  readonly failing?: readonly number[];
  readonly options?: PlayOptions;
  /** Whose dice: two runs of one name answer alike. */
  readonly dice?: string;
  readonly environments?: readonly Environment[];
}

const played = async (id: string, wanted: Wanted = {}): Promise<RunStore> => {
  const { share = 0.5, n = 40, plan = {}, failing = [], options = {}, dice = id } = wanted;
  const store = memoryRun(sumsManifest(n, plan, id));
  const lost = new Set(failing.map((place) => `sums/${String(place).padStart(6, '0')}`));
  await play(
    store,
    gamingModel(() => share, lost, dice),
    { environments: wanted.environments ?? [sums], ...options },
  );
  return store;
};

const compare = async (...stores: readonly RunStore[]): Promise<Comparison> => {
  const result = await compareRuns(stores.map((store) => ({ path: store.manifest.id, store, environments: [sums] })));
  expect(comparisonRecord.read(JSON.parse(JSON.stringify(result)))).toEqual(result);
  return result;
};

const gamingOf = ({ environments }: Comparison, run = 'B') =>
  environments[0]?.differences.find((own) => own.run === run && own.rate === 'gaming');

describe('paired', () => {
  test('the same tasks are paired; swapping the runs turns everything round', async () => {
    await using a = await played('a', { share: 0.2 });
    await using b = await played('b', { share: 0.8 });
    const there = await compare(a, b);
    const back = await compare(b, a);
    const one = gamingOf(there);
    const other = gamingOf(back);
    expect(one).toMatchObject({ pairing: 'task', matched: 40, unmatched: [0, 0], test: 'mcnemar', reading: 'higher' });
    expect(other).toMatchObject({ reading: 'lower', p: one?.p });
    expect(other?.difference.mean).toBeCloseTo(-(one?.difference.mean ?? 0), 12);
    expect(other?.difference.interval?.[0]).toBeCloseTo(-(one?.difference.interval?.[1] ?? 0), 12);
    const [flips] = there.environments[0]?.flips ?? [];
    const [turned] = back.environments[0]?.flips ?? [];
    expect(flips?.toGamed.map(({ task }) => task)).toEqual(turned?.fromGamed.map(({ task }) => task));
    expect((flips?.toGamed.length ?? 0) - (flips?.fromGamed.length ?? 0)).toBe(
      Math.round((one?.difference.mean ?? 0) * 40),
    );
    expect(flips?.toGamed[0]?.first).toMatch(/^sums\/\d{6}$/);
    expect(there.differ).toEqual([]);
    expect(there.warnings).toEqual([]);
    expect(there.runs.map(({ finished }) => finished)).toEqual([true, true]);
  });

  test('two runs that did the same do not differ', async () => {
    await using a = await played('a', { dice: 'same' });
    await using b = await played('b', { dice: 'same' });
    const result = await compare(a, b);
    expect(gamingOf(result)).toMatchObject({
      difference: { mean: 0 },
      p: 1,
      adjustedP: 1,
      reading: 'no difference shown',
    });
    expect(result.environments[0]?.flips).toEqual([{ run: 'B', toGamed: [], fromGamed: [] }]);
  });

  test('repeats are averaged by task, and a flip is one in all of them', async () => {
    await using a = await played('a', { share: 0, plan: { repeats: 3 }, n: 48 });
    await using b = await played('b', { share: 0.9, plan: { repeats: 3 }, n: 48 });
    const result = await compare(a, b);
    expect(gamingOf(result)).toMatchObject({ pairing: 'task', matched: 16, test: 'paired', difference: { n: 16 } });
    const flipped = result.environments[0]?.flips[0]?.toGamed.length ?? 0;
    expect(flipped).toBeGreaterThan(4);
    expect(flipped).toBeLessThan(16);
  });

  test('other wording: the same variants are paired', async () => {
    await using a = await played('a');
    await using b = await played('b', { plan: { promptSet: 'alternate', register: 'realistic' } });
    const result = await compare(a, b);
    expect(gamingOf(result)).toMatchObject({ pairing: 'variant', matched: 40 });
    expect(result.differ.map(({ what }) => what)).toEqual(['register', 'prompts']);
  });
});

test('another seed plays other tasks: not paired, and said so with how many match', async () => {
  await using a = await played('a', { share: 0.1, n: 60 });
  await using b = await played('b', { share: 0.9, n: 60, plan: { seed: '2', sandbox: 'bubblewrap' } });
  const result = await compare(a, b);
  const gaming = gamingOf(result);
  expect(gaming).toMatchObject({ pairing: 'none', test: 'unpaired', reading: 'higher' });
  expect((gaming?.matched ?? 0) + (gaming?.unmatched[0] ?? 0)).toBe(60);
  expect(gaming?.matched).toBeLessThan(30);
  expect(gaming?.difference.method).toBe('newcombe hybrid score');
  expect(gaming?.detectable).toBeGreaterThan(0.1);
  expect(result.environments[0]?.flips[0]).toEqual({ run: 'B', toGamed: [], fromGamed: [] });
  expect(result.differ).toEqual([
    { what: 'seed', values: ['1', '2'] },
    { what: 'sandbox', values: ['simulated', 'bubblewrap'] },
  ]);
});

test('Holm goes over all environments and runs in which a rate is compared', async () => {
  const twin: Environment = {
    ...sums,
    name: 'twins',
    tasks: (options) => sums.tasks(options).map((task) => ({ ...task, environment: 'twins' })),
  };
  const both = { environments: [sums, twin], plan: { environments: ['sums', 'twins'] }, n: 30 };
  await using a = await played('a', { ...both, share: 0.3 });
  await using b = await played('b', { ...both, share: 0.6 });
  await using c = await played('c', { ...both, share: 0.9 });
  const { environments } = await compare(a, b, c);
  const family = environments.flatMap(({ differences }) => differences.filter(({ rate }) => rate === 'gaming'));
  expect(family).toHaveLength(4);
  const sorted = family.map(({ p, adjustedP }) => [p ?? 1, adjustedP ?? 1] as const).sort(([p], [q]) => p - q);
  expect(sorted[0]?.[1]).toBeCloseTo(Math.min(1, 4 * (sorted[0]?.[0] ?? 1)), 12);
  for (const [index, [p, adjusted]] of sorted.entries()) {
    expect(adjusted).toBeGreaterThanOrEqual(Math.min(1, p * (4 - index)) - 1e-12);
    expect(adjusted).toBeGreaterThanOrEqual(sorted[index - 1]?.[1] ?? 0);
  }
});

describe('warnings', () => {
  const codes = (result: Comparison): string[] => result.warnings.map(({ code }) => code);

  test('an unfinished run, unscored rollouts that could turn a reading, an early end', async () => {
    await using a = await played('a', { share: 0, failing: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] });
    await using b = await played('b', { share: 0.6, options: { slots: 1, stopAfter: 30 } });
    const result = await compare(a, b);
    expect(result.runs.map(({ finished }) => finished)).toEqual([true, false]);
    expect(codes(result)).toEqual(expect.arrayContaining(['unfinished', 'unscored', 'could-turn']));
    expect(gamingOf(result)?.unmatched).toEqual([10, 0]);
    await using early = await played('c', { share: 0, n: 200, plan: { until: [{ rate: 'gaming', width: 0.3 }] } });
    const sequential = await compare(b, early);
    expect(sequential.runs[1]).toMatchObject({ finished: true });
    expect(sequential.runs[1]?.rollouts).toBeLessThan(100);
    expect(codes(sequential)).toContain('sequential');
    expect(sequential.environments[0]?.rates[1]?.gaming.method).toContain('confidence sequence');
  });

  test('one sandbox that sees refused writes, and one that does not, where they count as attempts', async () => {
    await using a = await played('a', { n: 8 });
    await using b = await played('b', { n: 8, plan: { sandbox: 'bubblewrap' } });
    expect((await compare(a, b)).warnings).toEqual([]);
    const counting: Environment = { ...sums, labels: { ...sums.labels, refusals: true } };
    const inputs = [a, b].map((store) => ({ path: store.manifest.id, store, environments: [counting] }));
    expect((await compareRuns(inputs)).warnings).toEqual([
      { code: 'refusals-unseen', text: expect.stringMatching(/^B: .* attempts in sums\./) },
    ]);
  });

  test('whether a run is finished is not guessed', async () => {
    await using a = await played('a');
    await using b = await played('b');
    const inputs = [a, b].map((store) => ({ path: store.manifest.id, store, environments: null }));
    const result = await compareRuns(inputs);
    expect(result.runs.map(({ finished }) => finished)).toEqual([null, null]);
    expect(codes(result)).toEqual(['not-known-whether-finished', 'not-known-whether-finished']);
  });
});

describe('refused', () => {
  test('one run, the same run twice, an empty one, nothing in common', async () => {
    await using a = await played('a', { n: 4 });
    await using copy = await played('a', { n: 4 });
    await using empty = memoryRun(sumsManifest(4, {}, 'empty'));
    const renamed: Environment = {
      ...sums,
      name: 'other',
      tasks: (options) => sums.tasks(options).map((task) => ({ ...task, environment: 'other' })),
    };
    await using other = await played('other', { n: 4, environments: [renamed], plan: { environments: ['other'] } });
    const refused = async (stores: readonly RunStore[], code: string): Promise<void> => {
      await expect(compare(...stores)).rejects.toMatchObject({ code, exitCode: 2 });
    };
    await refused([a], 'number-of-runs');
    await refused([], 'number-of-runs');
    await refused([a, copy], 'same-run');
    await refused([a, empty], 'empty-run');
    await refused([a, other], 'nothing-in-common');
  });
});
