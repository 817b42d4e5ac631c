/** A run that is stopped anywhere and begun again ends with the weights and the records of one that was not. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../base/json.ts';
import type { Grader } from '../grade/grader.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { canonicalRun } from '../store/canonical.ts';
import { readRun } from '../store/run-directory.ts';
import { liking, ordinaryRecipe, sandboxes, setupOf, temporary, watcher } from './fixture.contract.ts';
import { readPhaseEnds } from './phase-journal.ts';
import type { RecipeInput } from './recipe.ts';
import type { TrainResult, TrainSetup } from './setup.ts';
import { tabularSource } from './tabular.contract.ts';
import { train } from './train.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

const recipe = (change: Partial<RecipeInput> = {}) =>
  ordinaryRecipe({
    algorithm: 'grpo',
    rounds: 2,
    epochs: 2,
    promptsPerRound: 8,
    samplesPerPrompt: 4,
    evaluation: { environments: ['talk', 'held-out'], n: 4 },
    ...change,
  });

/** Everything that must be equal: checkpoints and metrics to the byte, the records of every round and evaluation. */
const digest = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const found: Record<string, string> = { metrics: sha256(await readFile(join(dir, 'metrics.jsonl'))) };
  for (const name of await readdir(join(dir, 'checkpoints')))
    found[name] = sha256(await readFile(join(dir, 'checkpoints', name, 'table.json')));
  for (const kind of ['rounds', 'evaluations']) {
    for (const name of await readdir(join(dir, kind))) {
      await using run = await readRun(join(dir, kind, name));
      found[`${kind}/${name}`] = canonicalJson(await canonicalRun(run));
    }
  }
  return found;
};

const whole = async (change: Partial<TrainSetup> = {}): Promise<Readonly<Record<string, string>>> => {
  await using home = await temporary();
  const { finished } = await train(setupOf(home.dir, box, { recipe: recipe(), ...change }));
  expect(finished).toBe(true);
  return await digest(home.dir);
};

/** Runs until `stopAt` progress events were seen; null: to the end. */
const part = async (
  dir: string,
  stopAt: number | null,
  how: 'drain' | 'abort' | 'crash',
): Promise<TrainResult | null> => {
  const stop = new AbortController();
  const never = new AbortController();
  let events = 0;
  const setup = setupOf(dir, box, {
    recipe: recipe(),
    drain: how === 'drain' ? stop.signal : never.signal,
    abort: how === 'abort' ? stop.signal : never.signal,
    onProgress: () => {
      events++;
      if (stopAt === null || events < stopAt) return;
      if (how === 'crash') throw new Error('crash');
      stop.abort();
    },
  });
  try {
    return await train(setup);
  } catch (thrown) {
    if (how === 'crash' && thrown instanceof Error && thrown.message === 'crash') return null;
    throw thrown;
  }
};

test.each(['drain', 'abort', 'crash'] as const)('stopped again and again by %s, and begun again', async (how) => {
  const expected = await whole();
  await using home = await temporary();
  let stops = 0;
  // Each part goes a little further than one phase, so every phase is stopped somewhere.
  for (let step = 3; ; step += 7) {
    const result = await part(home.dir, 5 + (step % 37), how);
    if (result?.finished === true) break;
    stops++;
    if (stops > 60) throw new Error('it does not get on');
  }
  expect(stops).toBeGreaterThan(4);
  expect(await digest(home.dir)).toEqual(expected);
  expect(await part(home.dir, null, 'crash')).toMatchObject({ finished: true });
});

test('an evaluation that was cut short plays only what it lacks', async () => {
  await using home = await temporary();
  /** Rollouts of the base's evaluation that are there at each event, until there are `enough`. */
  const evaluated = async (enough: number): Promise<number[]> => {
    const stop = new AbortController();
    const seen: number[] = [];
    await train(
      setupOf(home.dir, box, {
        recipe: recipe({ stages: [], evaluation: { environments: ['talk', 'held-out'], n: 40 } }),
        concurrency: () => fixedConcurrency(1),
        drain: stop.signal,
        onProgress: ({ step, done }) => {
          if (step !== 'evaluate') return;
          seen.push(done);
          if (done >= enough) stop.abort();
        },
      }),
    );
    return seen;
  };
  const first = await evaluated(30);
  const there = first.at(-1) ?? 0;
  expect(there).toBeLessThan(60);
  const second = await evaluated(Number.POSITIVE_INFINITY);
  // It begins with those that were there, and each further event is one more.
  expect(second).toEqual(Array.from({ length: 80 - there + 1 }, (_, index) => there + index));
});

test('a round whose end was not written down is done again: checkpoint and half-written metrics are replaced', async () => {
  const expected = await whole();
  await using home = await temporary();
  const once = (): (() => void) => {
    let done = false;
    return () => {
      if (done) return;
      done = true;
      throw new Error('lost');
    };
  };
  const inUpdate = once();
  const atSave = once();
  const learners = tabularSource({
    beforeApply: (step) => {
      if (step === 9) inUpdate();
    },
    afterSave: (directory) => {
      if (directory.endsWith('second')) atSave();
    },
  });
  const again = () => train(setupOf(home.dir, box, { recipe: recipe(), learners }));
  const updates = async (): Promise<number> =>
    (await readFile(join(home.dir, 'metrics.jsonl'), 'utf8')).split('\n').length - 1;
  await expect(again()).rejects.toThrow('lost');
  expect(await updates()).toBe(9);
  await expect(again()).rejects.toThrow('lost');
  expect(await readdir(join(home.dir, 'checkpoints'))).toEqual(['first', 'second']);
  expect(await again()).toMatchObject({ finished: true });
  expect(await digest(home.dir)).toEqual(expected);
});

describe('what a run goes on with', () => {
  test.each<[string, Partial<TrainSetup>, string]>([
    ['another seed', { seed: '2' }, 'seed 2'],
    ['another recipe', { recipe: recipe({ epochs: 3 }) }, 'recipe: epochs'],
    ['another base', { learners: { ...tabularSource(), baseVersion: 'f'.repeat(64) } }, 'base ffffffffffff'],
    ['another number of threads', { learners: { ...tabularSource(), settings: { table: 1 } } }, 'learner {"table":1}'],
    [
      'another overseer',
      { oversight: async (spec) => (spec === 'liking' ? { ...liking, name: 'other' } : watcher) },
      'overseer other',
    ],
    [
      'another monitor',
      { oversight: async (spec) => (spec === 'liking' ? liking : { ...liking, name: 'watcher@2' }) },
      'witnesses {"watcher":"watcher@2"} (was {"watcher":"watcher@1"})',
    ],
  ])('is not %s', async (_, change, given) => {
    await using home = await temporary();
    const stop = new AbortController();
    stop.abort();
    const watched = recipe({ mitigation: { screening: { by: 'watcher' } } });
    const begun = setupOf(home.dir, box, { recipe: watched, drain: stop.signal });
    await train(begun);
    const other = change.recipe === undefined ? watched : { ...change.recipe, mitigation: watched.mitigation };
    await expect(train(setupOf(home.dir, box, { ...change, recipe: other }))).rejects.toMatchObject({
      code: 'another-training',
      exitCode: 2,
      given: expect.stringContaining(given),
    });
  });

  test('is not a checkpoint that holds other weights than were saved', async () => {
    await using home = await temporary();
    const { checkpoints } = await train(
      setupOf(home.dir, box, { recipe: recipe({ stages: [{ name: 'first', environments: ['talk'] }] }) }),
    );
    expect(checkpoints).toEqual(['base', 'first']);
    const other = { ...tabularSource(), open: () => tabularSource().open(null) };
    const again = setupOf(home.dir, box, {
      recipe: recipe({ stages: [{ name: 'first', environments: ['talk'] }] }),
      learners: other,
      onCheckpoint: async () => undefined,
    });
    await expect(train(again)).rejects.toMatchObject({ code: 'damaged-checkpoint', exitCode: 2 });
  });

  test('measures that are asked for later are taken at each checkpoint with its own weights', async () => {
    await using home = await temporary();
    await train(setupOf(home.dir, box, { recipe: recipe() }));
    const versions: string[] = [];
    await train(
      setupOf(home.dir, box, {
        recipe: recipe(),
        onCheckpoint: async ({ name, learner }) => {
          versions.push(`${name} ${(await learner.model()).version}`);
        },
      }),
    );
    const ends = await readPhaseEnds(home.dir);
    const weights = (phase: string): string | undefined => ends.find((end) => end.phase === phase)?.weights;
    expect(versions).toEqual(['base', 'first', 'second'].map((name) => `${name} ${weights(`evaluate/${name}`)}`));
    expect(new Set(versions.map((text) => text.split(' ')[1])).size).toBe(3);
  });

  test('measures that were deleted are taken again, and no others', async () => {
    await using home = await temporary();
    const there = new Set<string>();
    let taken: string[] = [];
    const measuring = setupOf(home.dir, box, {
      recipe: recipe(),
      onCheckpoint: async ({ name }) => {
        there.add(name);
        taken.push(name);
      },
      hasMeasures: async (name) => there.has(name),
    });
    await train(measuring);
    expect(taken).toEqual(['base', 'first', 'second']);
    taken = [];
    there.delete('first');
    expect(await train(measuring)).toMatchObject({ finished: true });
    expect(taken).toEqual(['first']);
    await train(measuring);
    expect(taken).toEqual(['first']);
  });

  test('is its own directory only, and one writer holds it', async () => {
    await using home = await temporary();
    await expect(
      train(setupOf(join(home.dir, 'x', '..'), box, { recipe: recipe(), dir: process.cwd() })),
    ).rejects.toMatchObject({
      code: 'directory-not-empty',
    });
    const refused: unknown[] = [];
    await train(
      setupOf(home.dir, box, {
        recipe: recipe({ stages: [] }),
        onCheckpoint: async () => {
          await train(setupOf(home.dir, box, { recipe: recipe({ stages: [] }) })).catch((thrown: unknown) =>
            refused.push(thrown),
          );
        },
      }),
    );
    expect(refused).toMatchObject([{ code: 'run-is-open' }]);
  });
});

test('numbers that are none stop the run, and say where; what was good is kept', async () => {
  await using home = await temporary();
  const spoilt = tabularSource({
    beforeApply: (step, gradient) => {
      if (step === 11) gradient[0] = Number.NaN;
    },
  });
  const thrown = await train(setupOf(home.dir, box, { recipe: recipe(), learners: spoilt })).catch(
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({
    code: 'not-finite',
    exitCode: 3,
    what: expect.stringMatching(/update 11 \(round\/\w+-1\)/),
  });
  expect(thrown).toMatchObject({ todo: expect.stringContaining(join(home.dir, 'working', 'first-0')) });
  const kept = await readdir(join(home.dir, 'working'));
  expect(kept).toEqual(['first-0']);
});

test('an overseer that fails is asked again when the run is resumed, and until then nothing is trained', async () => {
  await using home = await temporary();
  const failing = new Set(['provider']);
  const flaky: Grader<'oversight'> = {
    ...liking,
    grade: async (group, context) =>
      failing.size > 0
        ? group.map(() => ({ kind: 'unscored', side: 'provider', cause: 'unreachable' }))
        : await liking.grade(group, context),
  };
  const setup = setupOf(home.dir, box, { recipe: recipe(), oversight: async () => flaky });
  await expect(train(setup)).rejects.toMatchObject({ code: 'nothing-scored', exitCode: 3 });
  expect(await readdir(home.dir)).not.toContain('checkpoints');
  failing.clear();
  expect(await train(setup)).toMatchObject({ finished: true });
  expect((await digest(home.dir)).second).toBe((await whole()).second);
});
