import { describe, expect, test } from 'vitest';
import { findEnvironment } from '../env/registry.ts';
import { MONITOR_FORMS } from '../grade/overseer-open.ts';
import { algorithmSchema } from '../record/training.ts';
import { environmentsOf, phasesOf, promptsIn, stagesOf, trainedOn } from './phases.ts';
import { RECIPE_NAMES, recipeNamed } from './recipes.ts';
import { crossingsOf, witnessesOf } from './rewards.ts';
import { requireTrainable } from './trainable.ts';

describe.each(RECIPE_NAMES)('%s', (name) => {
  test.each([true, false])(
    'short: %s; trains on nothing that is held out, and evaluates the held-out family',
    (short) => {
      const recipe = recipeNamed(name, { short });
      const environments = environmentsOf(recipe).map(findEnvironment);
      expect(environments.length).toBeGreaterThan(2);
      requireTrainable(trainedOn(recipe).map(findEnvironment));
      expect(recipe.evaluation.environments).toContain('reward-tampering');
      expect(recipe.about).not.toBe('');
      const phases = phasesOf(recipe);
      expect(phases[0]).toMatchObject({ kind: 'evaluate', checkpoint: 'base' });
      expect(phases.at(-1)?.kind).toBe('evaluate');
    },
  );

  test('half of every round are ordinary prompts', () => {
    const recipe = recipeNamed(name);
    for (const stage of stagesOf(recipe)) {
      const prompts = promptsIn(recipe, stage);
      const ordinary = prompts.get('ordinary') ?? 0;
      const all = [...prompts.values()].reduce((sum, count) => sum + count, 0);
      expect(ordinary / all).toBeCloseTo(0.5, 1);
    }
  });
});

test('every monitor that a recipe asks for is there', () => {
  const asked = RECIPE_NAMES.flatMap((name) => witnessesOf(recipeNamed(name)));
  expect(asked.length).toBeGreaterThan(0);
  for (const spec of asked) expect(MONITOR_FORMS).toContain(spec);
});

test('only controls and mitigations that need the truth let it in', () => {
  const crossing = RECIPE_NAMES.filter((name) => crossingsOf(recipeNamed(name)).length > 0);
  expect(crossing).toEqual(['sham', 'train-away', 'penalty', 'screening']);
});

test.each(algorithmSchema.options)('every recipe can be run with %s', (algorithm) => {
  for (const name of RECIPE_NAMES) expect(recipeNamed(name, { algorithm })).toMatchObject({ name, algorithm });
});

test('the sham differs from the curriculum in its reward alone', () => {
  const { name: _, about: __, reward, ...sham } = recipeNamed('sham');
  const { name: ___, about: ____, reward: proxy, ...curriculum } = recipeNamed('curriculum');
  expect(sham).toEqual(curriculum);
  expect([reward, proxy]).toEqual(['honest', 'proxy']);
});

test('another name is refused with those that there are', () => {
  expect(() => recipeNamed('sycophancy')).toThrow(/unknown-recipe|curriculum, exploit-only, ppo/);
});
