import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { ordinaryRecipe, sandboxes, setupOf, temporary } from './fixture.contract.ts';
import type { RecipeInput } from './recipe.ts';
import { train } from './train.ts';
import { readTraining } from './training-directory.ts';

let box: SandboxProvider;
beforeAll(() => {
  box = sandboxes();
});
afterAll(async () => {
  await box[Symbol.asyncDispose]();
});

test.each<[string, Partial<RecipeInput>, string]>([
  ['of the chain of thought', { overseer: 'monitor:chain-of-thought' }, 'overseer: monitor:chain-of-thought'],
  ['that is a model', { overseer: 'monitor:chain-of-thought@openai:x' }, 'monitor:chain-of-thought@openai:x'],
  ['of actions', { overseer: 'monitor:actions-only' }, 'overseer: monitor:actions-only'],
  [
    'on gameable tasks',
    { mitigation: { harmlessness: { weight: 1, overseer: 'monitor:chain-of-thought' } } },
    'mitigation.harmlessness.overseer: monitor:chain-of-thought',
  ],
])('a monitor %s is no overseer', (_, change, given) => {
  expect(() => ordinaryRecipe(change)).toThrow(
    expect.objectContaining({
      code: 'bad-recipe',
      exitCode: 2,
      given: expect.stringContaining(given),
      allowed: expect.stringContaining('preference:'),
      todo: expect.stringContaining('mitigation.screening'),
    }),
  );
});

test.each<[string, RecipeInput['mitigation'], readonly string[]]>([
  [
    'thoughts',
    { penalty: { by: 'monitor:chain-of-thought@openai:x' }, screening: { by: 'monitor:chain-of-thought' } },
    ['penalty: monitor:chain-of-thought@openai:x', 'screening: monitor:chain-of-thought'],
  ],
  ['actions', { penalty: { by: 'monitor:actions-only' }, screening: { by: 'truth' } }, []],
])('what guards read of %s stands in training.json', async (_, mitigation, readers) => {
  await using home = await temporary();
  const drain = AbortSignal.abort();
  const recipe = ordinaryRecipe(mitigation === undefined ? {} : { mitigation });
  const oversight = setupOf(home.dir, box).oversight;
  const named: typeof oversight = async (spec) => ({ ...(await oversight(spec)), name: spec });
  await train(setupOf(home.dir, box, { recipe, drain, oversight: named }));
  expect((await readTraining(home.dir))?.thoughtsReadBy).toEqual(readers);
});
