/** That credit gets to where it was earned, however long the episode. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Update, updateRecord } from '../record/training.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import { gae } from './maths/gae.ts';
import type { RecipeInput } from './recipe.ts';
import { chanceIn } from './tabular.contract.ts';
import { train } from './train.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

const TOKENS = 64;

const learn = async (change: Partial<RecipeInput>) => {
  await using home = await temporary();
  const recipe = ordinaryRecipe({
    algorithm: 'ppo',
    stages: [{ name: 'first', environments: ['long'] }],
    rounds: 5,
    epochs: 2,
    maxOutputTokens: TOKENS,
    evaluation: { environments: ['long'], n: 1 },
    ...change,
  });
  await train(setupOf(home.dir, box, { recipe }));
  const lines = (await readFile(join(home.dir, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const updates = lines.map((line): Update => updateRecord.read(JSON.parse(line)));
  return { aye: await chanceIn(join(home.dir, 'checkpoints', 'first'), 'long', 'aye'), updates };
};

test('what pays is the first of many words, and it is learnt', async () => {
  const { aye, updates } = await learn({});
  expect(aye).toBeGreaterThan(0.9);
  // Of the value head every update says how well it does.
  const first = updates[0];
  expect(first).toMatchObject({ explainedVariance: expect.closeTo(0, 6), valueLoss: expect.any(Number) });
  expect(first?.valueLoss).toBeGreaterThan(0);
});

test('by the numbers of a recipe that says nothing of them, the first word has what the last one earned', () => {
  const rewards = Array.from({ length: TOKENS }, (_, t) => (t === TOKENS - 1 ? 1 : 0));
  const { advantages } = gae(rewards, new Float64Array(TOKENS), ordinaryRecipe({ algorithm: 'ppo' }).ppo);
  expect(advantages[0]).toBe(advantages.at(-1));
});
