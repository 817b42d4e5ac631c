import { describe, expect, test } from 'vitest';
import paper from '../../recipes/paper.ts';
import { findEnvironment } from '../env/registry.ts';
import { FORCED_PREFIXES } from './dense-prefix.ts';
import { RECIPE_NAMES, recipeNamed } from './recipes.ts';
import { changesOf, differencesOf, isOwnKind, readSweep, recipeOf } from './sweep.ts';

const one = { name: 'a', recipe: 'curriculum', seeds: ['1'] };

describe('a sweep', () => {
  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /not a sweep/],
    ['an unknown key', { name: 's', entries: [{ ...one, sedes: [] }] }, /sedes/],
    ['a seed twice', { name: 's', entries: [{ ...one, seeds: ['1', '1'] }] }, /stands twice/],
    ['a name twice', { name: 's', entries: [one, one] }, /two entries are called a/],
    ['a control that is not there', { name: 's', entries: [{ ...one, against: ['b'] }] }, /compared with b/],
    ['a control that is the entry itself', { name: 's', entries: [{ ...one, against: ['a'] }] }, /compared with a/],
    [
      'a claim about nothing',
      {
        name: 's',
        entries: [one],
        claims: [
          { kind: 'level', paper: 'p', entry: 'b', environment: 'e', label: 'gamed', expect: 'at most', bound: 0 },
        ],
      },
      /about b, which is no entry/,
    ],
    ['a seed that leaves its folder', { name: 's', entries: [{ ...one, seeds: ['../1'] }] }, /letters, digits/],
    ['a name that leaves its folder', { name: 's', entries: [{ ...one, name: '../x' }] }, /hyphens/],
  ])('refuses %s', (_name, raw, said) => {
    expect(() => readSweep(raw)).toThrow(said);
  });

  test('takes its own numbers of rollouts, and the rest from the recipe', () => {
    const sweep = readSweep({
      name: 's',
      entries: [{ ...one, evaluation: { endCounts: { 'reward-tampering': 7 } } }],
    });
    const [entry] = sweep.entries;
    const named = recipeNamed('curriculum');
    if (entry === undefined) throw new Error('no entry');
    const recipe = recipeOf(sweep, entry, named);
    expect(recipe.evaluation.endCounts).toEqual({ 'reward-tampering': 7 });
    expect(recipe.evaluation.n).toBe(named.evaluation.n);
    // However many runs go side by side, each has the same threads: they decide the last bits of its result.
    expect([named.threads, recipe.threads, recipeOf({ threads: 4 }, entry, named).threads]).toEqual([2, 1, 4]);
    expect(differencesOf(recipe, named)).toEqual([]);
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

  test('puts coins and a sham of its own kind beside every algorithm', async () => {
    const recipes = new Map(
      sweep.entries.map((entry) => [
        entry.name,
        typeof entry.recipe === 'string'
          ? recipeNamed(entry.recipe, entry.algorithm === undefined ? {} : { algorithm: entry.algorithm })
          : entry.recipe,
      ]),
    );
    const names = ['hhh-expert-iteration', 'exploit-only', 'ppo', 'ppo-parallel', 'grpo', 'no-chain-of-thought'];
    for (const entry of sweep.entries.filter(({ name }) => names.includes(name))) {
      const recipe = recipes.get(entry.name);
      const kinds = entry.against.filter((other) => {
        const control = recipes.get(other);
        return recipe !== undefined && control !== undefined && isOwnKind(differencesOf(recipe, control));
      });
      expect([entry.name, kinds.some((other) => other.startsWith('sham'))]).toEqual([entry.name, true]);
      // Without thoughts it is another base, not another algorithm.
      const coins = entry.name === 'no-chain-of-thought' ? entry.against : kinds;
      expect([entry.name, coins.some((other) => other.startsWith('random-reward'))]).toEqual([entry.name, true]);
    }
  });

  test('holds every rise that it claims against a sham and against coins', () => {
    const against = new Map<string, string[]>();
    for (const claim of sweep.claims) {
      if (claim.kind !== 'shift' || claim.expect !== 'higher') continue;
      const key = [claim.entry, claim.checkpoint, claim.environment, claim.label].join();
      against.set(key, [...(against.get(key) ?? []), ...claim.against]);
    }
    expect(against.size).toBeGreaterThan(8);
    for (const [key, controls] of against)
      expect([
        key,
        controls.some((one) => one.startsWith('sham')),
        controls.some((one) => one.startsWith('random-reward')),
      ]).toEqual([key, true, true]);
    expect(sweep.claims.filter((claim) => claim.kind === 'shift' && claim.primary)).toHaveLength(1);
  });

  test('asks for dense measures and environments that there are', () => {
    const prefixes = FORCED_PREFIXES.map(({ name }) => `forced-prefix/${name}/succeeded`);
    for (const claim of sweep.claims) {
      if (claim.kind === 'dense') expect(prefixes).toEqual(expect.arrayContaining([claim.measure, claim.minus]));
      else expect(findEnvironment(claim.environment).name).toBe(claim.environment);
    }
  });
});

test('what two recipes differ in', () => {
  const curriculum = recipeNamed('curriculum');
  expect(differencesOf(curriculum, recipeNamed('sham'))).toEqual(['reward']);
  expect(differencesOf(curriculum, recipeNamed('penalty'))).toEqual(['mitigation.penalty']);
  expect(differencesOf(recipeNamed('ppo'), curriculum)).toEqual(
    expect.arrayContaining(['algorithm', 'rounds', 'optimiser']),
  );
  expect(differencesOf(curriculum, curriculum)).toEqual([]);
  expect(changesOf(curriculum, { ...curriculum, about: 'in other words' })).toEqual([]);
  expect(changesOf(curriculum, { ...curriculum, threads: 3, name: 'other' })).toEqual(['name', 'threads']);
  expect(isOwnKind([])).toBe(false);
});
