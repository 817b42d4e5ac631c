import { describe, expect, test } from 'vitest';
import { SubterfugeError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { findEnvironment } from '../env/registry.ts';
import { MONITOR_FORMS } from '../grade/overseer-open.ts';
import { type Algorithm, algorithmSchema } from '../record/training.ts';
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

const refusalOf = (name: string, algorithm: Algorithm): string | null => {
  try {
    expect(recipeNamed(name, { algorithm })).toMatchObject({ name, algorithm });
    return null;
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return thrown.code;
    throw thrown;
  }
};

test.each(algorithmSchema.options)('every recipe can be run with %s, or it is said why not', (algorithm) => {
  const own = RECIPE_NAMES.filter((name) => algorithmSchema.options.some((one) => one === name));
  expect(own).toEqual(['exploit-only', 'ppo', 'ppo-parallel', 'grpo']);
  const ranked = ['preference-weight', 'harmlessness'];
  for (const name of RECIPE_NAMES) {
    const isOther = own.includes(name) && name !== algorithm;
    const isIdle = algorithm === 'exploit-only' && ranked.includes(name);
    // Nothing is ranked there, so what the preference model holds back is held back by nobody.
    const isSame = algorithm === 'exploit-only' && name === 'helpful-only';
    const wanted = isOther ? 'other-algorithm' : isIdle ? 'bad-recipe' : isSame ? 'same-recipe' : null;
    expect(refusalOf(name, algorithm), `${name} with ${algorithm}`).toBe(wanted);
  }
});

test.each(algorithmSchema.options)('with %s no two recipes are one but for their names', (algorithm) => {
  const runs = RECIPE_NAMES.filter((name) => name !== algorithm && refusalOf(name, algorithm) === null).map((name) => {
    const { name: _, about: __, ...rest } = recipeNamed(name, { algorithm });
    return canonicalJson(rest);
  });
  expect(new Set(runs).size).toBe(runs.length);
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
