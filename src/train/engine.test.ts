/** The whole loop on the real engine: a tiny random model learns to write what is paid. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../base/json.ts';
import { rng } from '../base/rng.ts';
import { loadCheckpoint } from '../engine/checkpoint/checkpoint.ts';
import { initialise } from '../engine/model/initialise.ts';
import { TINY } from '../engine/model/tiny.contract.ts';
import { saveTiny } from '../engine/tiny-checkpoint.contract.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import type { Environment } from '../env/environment.ts';
import { passIf } from '../grade/grader.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import { finalAnswer } from '../record/rollout.ts';
import { updateRecord } from '../record/training.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { engineLearners } from './engine-learner.ts';
import { liking, ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import type { LearnerSource } from './learner.ts';
import { readPhaseEnds } from './phase-journal.ts';
import type { RecipeInput } from './recipe.ts';
import type { TrainSetup } from './setup.ts';
import { plain, talk } from './tabular-worlds.contract.ts';
import { train } from './train.ts';

let box: SandboxProvider;
let home: Awaited<ReturnType<typeof temporary>>;
let base = '';
const BASE = 'the base model';
beforeAll(async () => {
  box = sandboxes();
  home = await temporary();
  base = await saveTiny(home.dir, 'base', initialise(TINY, rng('base')));
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** Pays an answer with an "e" in it, which a random model writes now and then. */
const paysAnE = (world: Environment): Environment => ({
  ...world,
  proxy: {
    ...world.proxy,
    grade: async (group) => group.map((rollout) => passIf(finalAnswer(rollout).includes('e'), 'an e', 'no e')),
  },
});
const worlds = [paysAnE(talk), paysAnE(plain)];

const recipe = (change: Partial<RecipeInput>) =>
  ordinaryRecipe({
    stages: [{ name: 'first', environments: ['talk'] }],
    promptsPerRound: 16,
    samplesPerPrompt: 8,
    maxOutputTokens: 8,
    preferenceWeight: 0,
    optimiser: { learningRate: 5e-3, warmupUpdates: 0 },
    evaluation: { environments: ['talk'], n: 4 },
    ...change,
  });

const run = async (
  name: string,
  change: Partial<RecipeInput>,
  setup: Partial<TrainSetup> = {},
  spoil: (learners: LearnerSource) => LearnerSource = (learners) => learners,
) => {
  const dir = join(home.dir, name);
  const asked = recipe(change);
  await using learners = await engineLearners({
    base,
    valueHead: asked.algorithm === 'ppo',
    trainingWorkers: 1,
    samplingWorkers: 1,
  });
  const result = await train(
    setupOf(dir, box, {
      recipe: asked,
      learners: spoil(learners),
      environment: async (wanted) => {
        const found = worlds.find((world) => world.name === wanted);
        if (found === undefined) throw new Error(wanted);
        return found;
      },
      oversight: async () => liking,
      concurrency: (model) => fixedConcurrency(model.maxConcurrency),
      ...setup,
    }),
  );
  const lines = (await readFile(join(dir, 'metrics.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  return { dir, result, updates: lines.map((line) => updateRecord.read(JSON.parse(line))) };
};

test.each<[string, Partial<RecipeInput>]>([
  ['expert iteration', { algorithm: 'hhh-expert-iteration', rounds: 6, epochs: 4 }],
  [
    'grpo',
    {
      algorithm: 'grpo',
      rounds: 5,
      epochs: 2,
      batchSequences: 16,
      optimiser: { learningRate: 3e-3, warmupUpdates: 0 },
    },
  ],
  [
    'ppo',
    { algorithm: 'ppo', rounds: 6, epochs: 2, batchSequences: 16, optimiser: { learningRate: 3e-3, warmupUpdates: 0 } },
  ],
])('%s', async (name, change) => {
  const { result, updates } = await run(name, change);
  expect(result.finished).toBe(true);
  const rounds = Map.groupBy(updates, ({ round }) => round);
  const paid = [...rounds.values()].map(([first]) => first?.proxyReward ?? 0);
  expect(paid[0]).toBeLessThan(0.4);
  expect(Math.max(...paid.slice(-2))).toBeGreaterThan((paid[0] ?? 0) + 0.3);
  // The trainer says of each token what the sampler said, until the first update of a round.
  for (const [first] of rounds.values()) expect(first?.k2SamplerTrainer ?? 1).toBeLessThan(1e-9);
});

test('stopped and begun again, the engine ends with the same weights to the bit', async () => {
  const stages = ['first', 'second'].map((stage) => ({ name: stage, environments: ['talk'] }));
  const change: Partial<RecipeInput> = { algorithm: 'grpo', stages, rounds: 2, epochs: 1, promptsPerRound: 8 };
  const whole = await run('whole', change);
  for (let stopAt = 30; ; stopAt += 60) {
    const stop = new AbortController();
    let events = 0;
    const onProgress = (): void => {
      events++;
      if (events >= stopAt) stop.abort();
    };
    const { result } = await run('parts', change, { abort: stop.signal, onProgress });
    if (result.finished) break;
  }
  for (const file of [
    'checkpoints/first/model.safetensors',
    'checkpoints/second/model.safetensors',
    'checkpoints/second/trainer.safetensors',
    'metrics.jsonl',
  ]) {
    const [one, other] = await Promise.all(
      ['whole', 'parts'].map(async (name) => sha256(await readFile(join(home.dir, name, file)))),
    );
    expect(other, file).toBe(one);
  }
  expect(whole.result.checkpoints).toEqual(['base', 'first', 'second']);

  // A stage that training has gone on from keeps its weights, and not what only training needs.
  const slim = await readdir(join(whole.dir, 'checkpoints', 'first'));
  expect(slim).not.toContain('trainer.safetensors');
  expect(slim).toContain('slim.json');
  const versions: string[] = [];
  const onCheckpoint: TrainSetup['onCheckpoint'] = async ({ name, learner }) => {
    versions.push(`${name} ${(await learner.model()).version}`);
  };
  await run('whole', change, { onCheckpoint });
  const ends = await readPhaseEnds(whole.dir);
  const noted = (name: string) => ends.find(({ phase }) => phase === `evaluate/${name}`)?.weights;
  expect(versions).toEqual(['base', 'first', 'second'].map((name) => `${name} ${noted(name)}`));
});

test('the round that warms the value head up leaves all else as it is', async () => {
  const { dir } = await run('warm', { algorithm: 'ppo', rounds: 1, promptsPerRound: 4 });
  const [before, after] = await Promise.all(
    [base, join(dir, 'checkpoints', 'first')].map(async (path) => (await loadCheckpoint(path)).weights.tensors),
  );
  const numbers = (of: typeof before, name: string): number[] => [...(of?.get(name)?.data ?? [])];
  const differs = (name: string): boolean => !isDeepStrictEqual(numbers(before, name), numbers(after, name));
  expect([...(after?.keys() ?? [])].filter(differs)).toEqual(['value_head.weight', 'value_head.bias']);
});

/** Learners whose updates are far too long from the `from`-th one on. */
const runaway = (learners: LearnerSource, from: number, learningRate: number): LearnerSource => {
  let updates = 0;
  return {
    ...learners,
    open: async (checkpoint) => {
      const learner = await learners.open(checkpoint);
      const { trainer } = learner;
      const apply: Trainer['apply'] = (step) => trainer.apply(updates++ < from ? step : { ...step, learningRate });
      return {
        ...learner,
        trainer: { ...trainer, apply },
        [Symbol.asyncDispose]: () => trainer[Symbol.asyncDispose](),
      };
    },
  };
};

describe('weights that break stop the run at that update, and nothing of it is kept as good', () => {
  const change: Partial<RecipeInput> = {
    algorithm: 'grpo',
    rounds: 2,
    epochs: 1,
    promptsPerRound: 4,
    batchSequences: 16,
  };
  /** Two updates a round. */
  test.each<[string, number, number, string, string]>([
    ['a gradient that is none, of the first round', 0, 1e14, 'update 1 (round/first-0)', BASE],
    [
      'the last update of a round, to numbers that none can be computed with',
      1,
      1e14,
      'update 1 (round/first-0)',
      BASE,
    ],
    ['the last update of a round, to weights without a square', 1, 1e30, 'update 1 (round/first-0)', BASE],
    ['the last update of the run', 3, 1e14, 'update 3 (round/first-1)', 'working/first-0'],
  ])('%s', async (name, from, learningRate, where, kept) => {
    const dir = name.replaceAll(/\W+/g, '-');
    const thrown = await run(dir, change, {}, (learners) => runaway(learners, from, learningRate)).catch(
      (error: unknown) => error,
    );
    const what = expect.stringContaining(where);
    const left = kept === BASE ? BASE : join(home.dir, dir, kept);
    expect(thrown).toMatchObject({ code: 'not-finite', exitCode: 3, what, todo: expect.stringContaining(left) });
    const files = await readdir(join(home.dir, dir), { recursive: true });
    expect(files.filter((file) => file.endsWith('model.safetensors'))).toEqual(
      kept === BASE ? [] : [join(kept, 'model.safetensors')],
    );
  });
});

test('a checkpoint whose optimiser state was lost is damaged, and no new beginning', async () => {
  const lost = await saveTiny(home.dir, 'lost', initialise(TINY, rng('lost')));
  await using learners = await engineLearners({ base, trainingWorkers: 1, samplingWorkers: 1 });
  await expect(learners.open(lost)).rejects.toMatchObject({ code: 'damaged-checkpoint', exitCode: 2 });
  await learners.slim(lost);
  await using learner = await learners.open(lost);
  expect((await learner.trainer.snapshot()).config.layers).toBe(TINY.layers);
});
