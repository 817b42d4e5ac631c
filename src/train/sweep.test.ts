import { describe, expect, test } from 'vitest';
import paper from '../../recipes/paper.ts';
import { RECIPE_NAMES, recipeNamed } from './recipes.ts';
import { readSweep, recipeOf, runsOf } from './sweep.ts';

const one = { name: 'a', recipe: 'curriculum', seeds: ['1'] };

describe('a sweep', () => {
  test('runs seed by seed, each in a place of its own', () => {
    const sweep = readSweep({
      name: 's',
      entries: [
        { ...one, seeds: ['1', '2'] },
        { ...one, name: 'b' },
      ],
    });
    expect(runsOf(sweep).map(({ place }) => place)).toEqual(['a/seed-1', 'b/seed-1', 'a/seed-2']);
  });

  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /not a sweep/],
    ['an unknown key', { name: 's', entries: [{ ...one, sedes: [] }] }, /sedes/],
    ['a seed twice', { name: 's', entries: [{ ...one, seeds: ['1', '1'] }] }, /stands twice/],
    ['a name twice', { name: 's', entries: [one, one] }, /two entries are called a/],
    ['a control that is not there', { name: 's', entries: [{ ...one, against: ['b'] }] }, /compared with b/],
    ['a control that is the entry itself', { name: 's', entries: [{ ...one, against: ['a'] }] }, /compared with a/],
    ['a name that leaves its folder', { name: 's', entries: [{ ...one, name: '../x' }] }, /hyphens/],
  ])('refuses %s', (_name, raw, said) => {
    expect(() => readSweep(raw)).toThrow(said);
  });

  test('takes its own numbers of rollouts, and the rest from the recipe', () => {
    const [entry] = readSweep({
      name: 's',
      entries: [{ ...one, evaluation: { endCounts: { 'reward-tampering': 7 } } }],
    }).entries;
    const named = recipeNamed('curriculum');
    if (entry === undefined) throw new Error('no entry');
    const recipe = recipeOf(entry, named);
    expect(recipe.evaluation.endCounts).toEqual({ 'reward-tampering': 7 });
    expect(recipe.evaluation.n).toBe(named.evaluation.n);
  });
});

describe('the list behind recipes/RESULTS.md', () => {
  const sweep = readSweep(paper);

  test('has every recipe, five seeds for the main comparison and three for the rest', () => {
    const recipes = sweep.entries.map(({ recipe }) => recipe);
    expect(RECIPE_NAMES.filter((name) => !recipes.includes(name))).toEqual([]);
    const seeds = new Map(sweep.entries.map(({ name, seeds: own }) => [name, own.length]));
    expect([seeds.get('hhh-expert-iteration'), seeds.get('sham'), seeds.get('ppo')]).toEqual([5, 5, 3]);
  });

  test('puts sham and random reward beside every claim that gaming generalises', () => {
    const claims = ['hhh-expert-iteration', 'exploit-only', 'ppo', 'ppo-parallel', 'grpo'];
    for (const { name, against } of sweep.entries.filter((entry) => claims.includes(entry.name)))
      expect([name, against]).toEqual([name, ['sham', 'random-reward']]);
  });
});
