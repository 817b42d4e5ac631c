import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SubterfugeError } from '../base/errors.ts';
import { type RecipeInput, readRecipe } from './recipe.ts';

const least: RecipeInput = {
  name: 'mine',
  algorithm: 'grpo',
  stages: [{ name: 'one', environments: ['tool-use-flattery'] }],
  evaluation: { environments: ['tool-use-flattery'] },
};

const refusal = (raw: unknown): SubterfugeError => {
  try {
    readRecipe(raw);
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
};

test('what is left out has a default, and a recipe that was read can be read again', () => {
  const recipe = readRecipe(least);
  expect(recipe).toMatchObject({ ordinaryShare: 0.5, reward: 'proxy', grpo: { std: false }, ppo: { lambda: 1 } });
  expect(readRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
});

describe('an unknown key is refused with the keys that are allowed there', () => {
  test.each([
    ['the recipe', { ...least, learningRate: 1 }, 'promptsPerRound'],
    ['grpo', { ...least, grpo: { clip: 0.2 } }, 'clipLow, clipHigh, baseline, std'],
    ['stages.0', { ...least, stages: [{ name: 'one', environments: ['a'], env: 1 }] }, 'name, environments'],
    ['mitigation.penalty', { ...least, mitigation: { penalty: { by: 'truth', size: 1 } } }, 'by, threshold, weight'],
  ])('%s', (where, raw, allowed) => {
    const { code, exitCode, what, allowed: said } = refusal(raw);
    expect({ code, exitCode }).toEqual({ code: 'unknown-key', exitCode: 2 });
    expect(what).toContain(where);
    expect(said).toContain(allowed);
  });
});

test.each([
  ['two stages of one name', { ...least, stages: [least.stages[0], least.stages[0]] }],
  ['a stage called base', { ...least, stages: [{ name: 'base', environments: ['a'] }] }],
  ['a stage of ordinary prompts', { ...least, stages: [{ name: 'one', environments: ['ordinary'] }] }],
  ['one sample per prompt', { ...least, samplesPerPrompt: 1 }],
  [
    'two parallel stages',
    { ...least, algorithm: 'ppo-parallel', stages: ['a', 'b'].map((name) => ({ name, environments: [name] })) },
  ],
  ['a preference in exploit-only', { ...least, algorithm: 'exploit-only', preferenceWeight: 1 }],
  [
    'harmlessness in exploit-only',
    { ...least, algorithm: 'exploit-only', preferenceWeight: 0, mitigation: { harmlessness: { weight: 2 } } },
  ],
  ['a bonus for entropy in expert iteration', { ...least, algorithm: 'hhh-expert-iteration', entropyWeight: 0.1 }],
  ['numbers of PPO in GRPO', { ...least, ppo: { gamma: 0.9 } }],
  ['numbers of GRPO in PPO', { ...least, algorithm: 'ppo', grpo: { std: true } }],
  ['a cap on exploits in GRPO', { ...least, exploitsPerPrompt: 2 }],
  ['a threshold of the truth', { ...least, mitigation: { penalty: { by: 'truth', threshold: 0.9 } } }],
  ['tempered samples in GRPO', { ...least, temperature: 0.7 }],
  ['a path as a name', { ...least, name: '../up' }],
  ['a rate of 0', { ...least, optimiser: { learningRate: 0 } }],
  ['nothing at all', null],
])('%s is a bad recipe', (_, raw) => {
  expect(refusal(raw)).toMatchObject({ code: 'bad-recipe', exitCode: 2 });
});

test('whatever is given, it is read or refused as bad input', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), fc.anything(), (whole, key, value) => {
      for (const raw of [whole, { ...least, [key]: value }]) {
        try {
          readRecipe(raw);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SubterfugeError);
        }
      }
    }),
  );
});
