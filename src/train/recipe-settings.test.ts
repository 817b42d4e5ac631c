import { describe, expect, test } from 'vitest';
import { withSettings } from './recipe-settings.ts';
import { recipeNamed } from './recipes.ts';
import { changesOf } from './sweep.ts';

const recipe = recipeNamed('exploit-only');

describe('settings of a recipe', () => {
  test('none: the recipe itself', () => {
    expect(withSettings(recipe, [])).toBe(recipe);
  });

  test('change what they name, say so, and nothing else', () => {
    const changed = withSettings(recipe, ['optimiser.learningRate=4e-5', ' ordinaryShare = 0.75']);
    expect(changed.optimiser).toEqual({ ...recipe.optimiser, learningRate: 4e-5 });
    expect(changed.ordinaryShare).toBe(0.75);
    expect(new Set(changesOf(recipe, changed))).toEqual(new Set(['name', 'optimiser', 'ordinaryShare']));
    expect(changed.name).toBe('exploit-only-changed');
    expect(changed.about).toContain('Changed: optimiser.learningRate=4e-5');
    expect(recipe.ordinaryShare).toBe(0.5);
    expect(withSettings(changed, ['epochs=1']).name).toBe('exploit-only-changed');
  });

  test('reach into what is not there yet, names with hyphens, and the name', () => {
    const changed = withSettings(recipe, [
      'mitigation.penalty.by=truth',
      'evaluation.counts.reward-tampering=64',
      'evaluation.environments=["tampering-dev", "ordinary"]',
      'name=slow',
    ]);
    expect(changed.mitigation.penalty).toMatchObject({ by: 'truth', weight: 1 });
    expect(changed.evaluation).toMatchObject({
      counts: { ...recipe.evaluation.counts, 'reward-tampering': 64 },
      environments: ['tampering-dev', 'ordinary'],
    });
    expect(changed.name).toBe('slow');
  });

  test('leave a name as long as a name may be', () => {
    const changed = withSettings({ ...recipe, name: 'n'.repeat(64) }, ['epochs=1']);
    expect(changed.name).toBe(`${'n'.repeat(56)}-changed`);
    expect(withSettings(changed, ['epochs=2']).name).toBe(changed.name);
  });

  test.each<[string, string, RegExp]>([
    ['a key that is not there', 'optimiser.rate=1', /rate\n.*learningRate/u],
    ['a value that does not fit', 'ordinaryShare=2', /ordinaryShare/u],
    ['what contradicts the algorithm', 'preferenceWeight=1', /exploit-only ranks no samples/u],
    ['no value', 'epochs', /KEY=VALUE/u],
    ['no key', '=1', /KEY=VALUE/u],
    ['an empty part', 'optimiser..beta1=1', /KEY=VALUE/u],
  ])('refuses %s', (_what, setting, said) => {
    expect(() => withSettings(recipe, [setting])).toThrow(said);
  });
});
