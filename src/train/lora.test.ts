/** A recipe with adapters, on the real engine: what is trained, kept, gone on with and played. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { loadCheckpoint } from '../engine/checkpoint/checkpoint.ts';
import { initialise } from '../engine/model/initialise.ts';
import { TINY } from '../engine/model/tiny.contract.ts';
import { openEngineModel } from '../engine/open-model.ts';
import { saveTiny } from '../engine/tiny-checkpoint.contract.ts';
import { fixedConcurrency } from '../policy/concurrency.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { type EngineLearnerOptions, engineLearners } from './engine-learner.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { readRecipe } from './recipe.ts';
import { adaptersOf } from './recipe-lora.ts';
import type { TrainSetup } from './setup.ts';
import { train } from './train.ts';

let box: SandboxProvider;
let home: Awaited<ReturnType<typeof temporary>>;
let base = '';
beforeAll(async () => {
  box = sandboxes();
  home = await temporary();
  base = await saveTiny(home.dir, 'base', initialise(TINY, rng('base')));
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const lora = { rank: 2, alpha: 4 };
const recipe = ordinaryRecipe({
  reward: 'random',
  stages: ['first', 'second'].map((name) => ({ name, environments: ['talk'] })),
  promptsPerRound: 6,
  samplesPerPrompt: 2,
  epochs: 1,
  optimiser: { learningRate: 5e-3, warmupUpdates: 0 },
  evaluation: { environments: ['talk'], n: 2 },
  lora,
});

const run = async (
  name: string,
  setup: Partial<TrainSetup> = {},
  options: Partial<EngineLearnerOptions> = adaptersOf(recipe, '1'),
): Promise<string> => {
  const dir = join(home.dir, name);
  await using learners = await engineLearners({ base, trainingWorkers: 1, samplingWorkers: 1, ...options });
  const concurrency: TrainSetup['concurrency'] = (model) => fixedConcurrency(model.maxConcurrency);
  await train(setupOf(dir, box, { recipe, learners, concurrency, ...setup }));
  return dir;
};

const bytes = (dir: string, stage: string, file: string): Promise<Buffer> =>
  readFile(join(dir, 'checkpoints', stage, file));

test('adapters alone are trained, a checkpoint holds them merged, and stopping changes nothing', async () => {
  const whole = await run('whole');
  expect(JSON.parse((await bytes(whole, 'second', 'trainer.json')).toString())).toMatchObject({ lora });
  const before = (await loadCheckpoint(base)).weights.tensors;
  const { tensors } = (await loadCheckpoint(join(whole, 'checkpoints', 'second'))).weights;
  const moved = [...tensors].filter(([name, { data }]) => {
    const old = before.get(name)?.data;
    return data.some((value, at) => value !== old?.[at]);
  });
  expect(moved.length).toBeGreaterThan(0);
  for (const [name] of moved) expect(name).toMatch(/_proj\.weight$/);

  // A stage that was slimmed is opened without its optimiser, and a run goes on in the middle.
  const stop = new AbortController();
  let events = 0;
  const onProgress = (): void => {
    events++;
    if (events === 40) stop.abort();
  };
  await run('parts', { abort: stop.signal, onProgress });
  const parts = await run('parts');
  expect(events).toBeGreaterThanOrEqual(40);
  for (const file of ['model.safetensors', 'trainer.safetensors'])
    expect((await bytes(parts, 'second', file)).equals(await bytes(whole, 'second', file)), file).toBe(true);

  await using model = await openEngineModel(join(whole, 'checkpoints', 'second'), { workers: 1 });
  const noted = (await readFile(join(whole, 'phases.jsonl'), 'utf8')).split('\n');
  expect(noted.some((line) => line.includes('"evaluate/second"') && line.includes(model.version))).toBe(true);
});

test.each<[string, Partial<EngineLearnerOptions>]>([
  ['whole models', {}],
  ['other adapters', { lora: { rank: 3, alpha: 4, rng: rng('1') } }],
])('learners with %s are refused where the recipe wants adapters', async (name, options) => {
  await expect(run(name, {}, options)).rejects.toMatchObject({
    code: 'another-learner',
    exitCode: 2,
    allowed: expect.stringContaining('rank 2, alpha 4'),
  });
});

test.each([{ rank: 0, alpha: 1 }, { rank: 1.5, alpha: 1 }, { rank: 4, alpha: 0 }, { rank: 4 }])(
  '%j is no adapter',
  (given) => {
    expect(() => readRecipe({ ...recipe, lora: given })).toThrow(
      expect.objectContaining({ code: 'bad-recipe', given: expect.stringContaining('lora') }),
    );
  },
);
