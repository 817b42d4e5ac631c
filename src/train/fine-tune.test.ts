import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../env/environment.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { readRun } from '../store/run-directory.ts';
import { type FineTuneSetup, fineTune } from './fine-tune.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { tabularSource } from './tabular.contract.ts';
import { heldOut, plain, talk } from './tabular-worlds.contract.ts';
import { train } from './train.ts';
import { paths } from './training-directory.ts';
import { trajectory } from './trajectory.ts';

let box: SandboxProvider;
let home: Awaited<ReturnType<typeof temporary>>;
let [rounds, evaluation] = ['', ''];
const stage = { name: 'first', environments: ['talk'] };
beforeAll(async () => {
  box = sandboxes();
  home = await temporary();
  const recipe = ordinaryRecipe({
    reward: 'random',
    stages: [stage],
    promptsPerRound: 8,
    samplesPerPrompt: 4,
    evaluation: { environments: ['talk', 'held-out'], n: 4 },
  });
  await train(setupOf(home.dir, box, { recipe }));
  rounds = paths(home.dir).round(stage, 0);
  evaluation = paths(home.dir).evaluation('base');
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const tuned = async (run: string, environments: readonly Environment[], change: Partial<FineTuneSetup> = {}) => {
  const source = tabularSource();
  await using reader = await readRun(run);
  await using learner = await source.open(null);
  const rollouts = await Array.fromAsync(reader.rollouts());
  const likelihoods = async (): Promise<ReadonlyMap<string, number>> => {
    const found = new Map<string, number>();
    for (const rollout of rollouts) {
      const { ids, mask } = trajectory(rollout, learner.encode);
      const [scores] = await learner.trainer.score([ids], null, [mask]);
      found.set(
        rollout.id,
        mask.reduce((sum, on, t) => sum + (on === 0 ? 0 : (scores?.logprobs[t] ?? 0)), 0),
      );
    }
    return found;
  };
  const before = await likelihoods();
  const passed = new Set<string>();
  for await (const { channel, rollout, outcome } of reader.verdicts())
    if (channel === 'proxy' && outcome.kind === 'scored' && outcome.passed) passed.add(rollout);
  const result = await fineTune({
    learner,
    reference: await source.reference(),
    runs: [reader],
    environments,
    numbers: { epochs: 4, batchSequences: 8, optimiser: { learningRate: 0.1, warmupUpdates: 0 } },
    seed: '1',
    ...change,
  });
  const after = await likelihoods();
  const gain = (ids: Iterable<string>): number =>
    [...ids].reduce((sum, id) => sum + (after.get(id) ?? 0) - (before.get(id) ?? 0), 0);
  return { result, gain, passed, rollouts };
};

describe('fine-tuning on given runs', () => {
  test('makes their transcripts likelier, and says how far it is', async () => {
    const seen: [number, number][] = [];
    const onUpdate: FineTuneSetup['onUpdate'] = (_, done, total) => void seen.push([done, total]);
    const { result, gain, rollouts } = await tuned(rounds, [talk, plain], { onUpdate });
    expect(result).toEqual({ trained: 32, updates: 16, leftOut: { fault: 0, 'not-passed': 0 } });
    expect(gain(rollouts.map(({ id }) => id))).toBeGreaterThan(0);
    expect(seen).toEqual(Array.from({ length: 16 }, (_, at) => [at + 1, 16]));
  });

  test('at a rate that rises over the warm-up, and stays', async () => {
    const rates: number[] = [];
    await tuned(rounds, [talk, plain], {
      numbers: { epochs: 1, batchSequences: 8, optimiser: { learningRate: 0.09, warmupUpdates: 2 } },
      onUpdate: ({ learningRate }) => void rates.push(learningRate),
    });
    expect(rates).toEqual([0.03, 0.06, 0.09, 0.09].map((rate) => expect.closeTo(rate, 12)));
  });

  test('takes only what the proxy passed, where that is asked', async () => {
    const { result, gain, passed, rollouts } = await tuned(rounds, [talk, plain], { keep: 'passed' });
    expect(passed.size).toBeGreaterThan(0);
    expect(result).toMatchObject({ trained: passed.size, leftOut: { 'not-passed': rollouts.length - passed.size } });
    expect(gain(passed)).toBeGreaterThan(0);
    expect(gain(rollouts.map(({ id }) => id).filter((id) => !passed.has(id)))).toBeLessThan(0);
  });
});

test.each<[string, () => ReturnType<typeof tuned>, RegExp]>([
  ['tasks of an evaluation', () => tuned(evaluation, [talk, heldOut]), /test split|held-out/],
  ['a held-out family', () => tuned(evaluation, [talk]), /test split|held-out/],
  ['an environment that was not named', () => tuned(rounds, [talk]), /a task of plain, where the round trains on talk/],
  [
    'a family that the caller holds out',
    () => tuned(rounds, [talk, plain], { heldOut: [{ ...talk, trainable: false }] }),
    /talk/,
  ],
])('%s: refused', async (_, made, why) => {
  await expect(made()).rejects.toMatchObject({ code: 'not-trainable', exitCode: 2, given: expect.stringMatching(why) });
});

test('numbers that cannot be, and a signal', async () => {
  await expect(tuned(rounds, [talk, plain], { numbers: { epochs: 0 } })).rejects.toMatchObject({ code: 'bad-recipe' });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(tuned(rounds, [talk, plain], { signal })).rejects.toThrow('enough');
});
