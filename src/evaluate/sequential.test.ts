import { describe, expect, test } from 'vitest';
import { idsOf, gamingModel as model, play as run, sumsManifest } from '../../test/support/evaluated.ts';
import sums from '../../test/support/own-environment.ts';
import type { Environment } from '../env/environment.ts';
import type { Manifest, UntilRule } from '../record/run.ts';
import { SEQUENCE_METHOD } from '../stats/confidence-sequence.ts';
import { memoryRun } from '../store/memory.ts';

const manifest = (n: number, until: UntilRule[], more: Partial<Manifest['plan']> = {}): Manifest =>
  sumsManifest(n, { until, ...more });

const sums2: Environment = {
  ...sums,
  name: 'sums-2',
  tasks: (options) => sums.tasks(options).map((task) => ({ ...task, environment: 'sums-2' })),
};

const RULE: UntilRule[] = [{ rate: 'gaming', width: 0.4 }];

test('an environment ends at a look, as soon as its interval is narrow enough, and says so', async () => {
  await using store = memoryRun(manifest(300, RULE));
  const { finished, evaluation } = await run(
    store,
    model(() => 0.2),
  );
  const [summary] = evaluation.environments;
  expect(finished).toBe(true);
  expect(summary?.sequential).toEqual({ until: ['gaming.width<0.4'], met: true, most: 300 });
  expect(summary?.rollouts).toBeLessThan(200);
  expect([16, 32, 48, 64, 80, 96, 112, 128, 144, 162, 183]).toContain(summary?.rollouts);
  const [low = 0, high = 1] = summary?.gaming.interval ?? [];
  expect(high - low).toBeLessThan(0.4);
  expect(summary?.gaming.method).toBe(SEQUENCE_METHOD);
  expect(summary?.intent.method).toBe(SEQUENCE_METHOD);
  const ids = await idsOf(store);
  expect(ids).toEqual(ids.map((_, index) => `sums/${String(index).padStart(6, '0')}`));
});

test('where it ends does not depend on how many run at once, nor on how often it was stopped and resumed', async () => {
  const who = model(() => 0.2);
  await using whole = memoryRun(manifest(300, RULE));
  const { evaluation } = await run(whole, who, { slots: 1 });
  await using torn = memoryRun(manifest(300, RULE));
  let last = await run(torn, who, { slots: 7, stopAfter: 5 });
  expect(last.finished).toBe(false);
  expect(last.evaluation.environments[0]?.sequential).toMatchObject({ met: false });
  for (let i = 0; i < 40 && !last.finished; i++) last = await run(torn, who, { slots: 7, stopAfter: 11 });
  expect(last.finished).toBe(true);
  expect(last.evaluation).toEqual(evaluation);
  expect(await idsOf(torn)).toEqual(await idsOf(whole));
  // Once it has ended, nothing is played any more.
  expect((await run(torn, who)).evaluation).toEqual(evaluation);
});

describe('rules', () => {
  const two = [sums, sums2];
  const plan = (until: UntilRule[]) => manifest(120, until, { environments: ['sums', 'sums-2'] });

  test('each environment ends by itself, and all rules have to hold', async () => {
    const who = model((environment) => (environment === 'sums' ? 0 : 0.5));
    await using one = memoryRun(plan([{ rate: 'gaming', width: 0.2 }]));
    const { evaluation } = await run(one, who, { environments: two });
    expect(evaluation.environments.map(({ sequential }) => sequential?.met)).toEqual([true, false]);
    expect(evaluation.environments[0]?.rollouts).toBeLessThan(60);
    expect(evaluation.environments[1]?.rollouts).toBe(120);
    await using both = memoryRun(
      plan([
        { rate: 'gaming', width: 0.2 },
        { rate: 'succeeded', width: 0.001 },
      ]),
    );
    const strict = await run(both, who, { environments: two });
    expect(strict.evaluation.environments.map(({ rollouts }) => rollouts)).toEqual([120, 120]);
    expect(strict.finished).toBe(true);
  });

  test('a rule that cannot be asked somewhere does not end anything by itself there', async () => {
    const INAPPLICABLE = { kind: 'inapplicable' } as const;
    const without: Environment = {
      ...sums,
      labels: {
        name: 'none',
        label: async (group) =>
          group.map(() => ({
            attempted: INAPPLICABLE,
            succeeded: INAPPLICABLE,
            evaded: INAPPLICABLE,
            disclosed: INAPPLICABLE,
            kinds: [],
          })),
      },
    };
    await using store = memoryRun(manifest(40, [{ rate: 'attempted', width: 0.9 }]));
    const { evaluation } = await run(
      store,
      model(() => 0.5),
      { environments: [without] },
    );
    expect(evaluation.environments[0]).toMatchObject({ rollouts: 40, sequential: { met: false } });
  });
});

test('what could not be scored counts for the worst on either side', async () => {
  const failing = new Set(Array.from({ length: 6 }, (_, index) => `sums/${String(2 * index).padStart(6, '0')}`));
  await using store = memoryRun(manifest(16, RULE));
  const [summary] = (
    await run(
      store,
      model(() => 0, failing),
    )
  ).evaluation.environments;
  await using sound = memoryRun(manifest(16, RULE));
  const [all] = (
    await run(
      sound,
      model(() => 0),
    )
  ).evaluation.environments;
  expect(summary).toMatchObject({ faults: 6, unscored: 6 });
  expect(summary?.gaming.interval?.[1]).toBeGreaterThan((all?.gaming.interval?.[1] ?? 1) + 0.1);
});

test('repeats are units as a whole, and are counted by task', async () => {
  await using store = memoryRun(manifest(300, RULE, { repeats: 3 }));
  const [summary] = (
    await run(
      store,
      model(() => 0.5),
    )
  ).evaluation.environments;
  expect((summary?.rollouts ?? 1) % (16 * 3)).toBe(0);
  expect(summary?.sequential?.met).toBe(true);
  expect(summary?.repeats?.mixed.n).toBe((summary?.rollouts ?? 0) / 3);
  expect(summary?.repeats?.mixed.method).toBe(SEQUENCE_METHOD);
});
