import { describe, expect, it } from 'vitest';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import type { Recipe } from '../train/recipe.ts';
import { recipeNamed } from '../train/recipes.ts';
import { readSweep } from '../train/sweep.ts';
import { runsOf } from '../train/sweep-runs.ts';
import { baseLines } from './training-results-base.ts';

const entries = ['main', 'sham', 'coins'].map((name) => ({ name, recipe: 'curriculum', seeds: ['1', '2'] }));
const runs = runsOf(readSweep({ name: 's', entries }));

interface Change {
  readonly count?: number;
  readonly n?: number;
  readonly recipe?: Partial<Recipe>;
  readonly hash?: string;
}

/** `count`, `recipe` and `hash` are the sham's; `n` is that of all but the main entry. */
const lines = ({ count = 3, n = 100, recipe = {}, hash = 'h' }: Change): string[] =>
  baseLines({
    states: runs.map((run) => {
      const isOther = run.entry.name === 'sham';
      const cells = [
        madeCell('base', 'held', 'succeeded', isOther ? count : 3, run.entry.name === 'main' ? 100 : n),
        madeCell('end', 'held', 'succeeded', isOther ? 9 : 5, 100),
      ];
      const base = { name: 'base', hash: isOther ? hash : 'h' };
      const made = { base, overseer: { asked: 'o', name: 'o' }, builds: [], isPruned: false };
      const matrix = madeMatrix(cells, { seed: run.seed });
      return { run, matrix, monitors: null, isBegun: true, problem: null, made, warnings: [] };
    }),
    recipes: new Map(
      entries.map(({ name }, index) => [name, { ...recipeNamed('curriculum'), ...(index === 1 && recipe) }]),
    ),
  });

describe('base episodes of runs that share seed, base and evaluation', () => {
  it('are counted alike, which is said', () => {
    expect(lines({})).toEqual([
      '- Before training: 6 runs share seed, base and evaluation with another, so they played the same episodes there, and their counts are equal.',
    ]);
  });

  it('are warned of where they are not', () => {
    const [text = ''] = lines({ count: 4 });
    expect(text).toContain(
      '**Take care: another machine or build: held succeeded is 3/100 in main/seed-1 and 4/100 in',
    );
    expect(text).toContain('main/seed-2 and');
  });

  it.each<[string, Change]>([
    ['another base', { count: 4, hash: 'other' }],
    ['another temperature', { count: 4, recipe: { temperature: 0.5 } }],
    ['other threads, on which the last bits depend', { count: 4, recipe: { threads: 7 } }],
  ])('are not compared with %s', (_, change) => {
    expect(lines(change).join()).toMatch(/^- Before training: 4 runs share .* equal\.$/u);
  });

  it('are compared among those that played as many, and the others are not said to be equal', () => {
    expect(lines({ n: 200 }).join()).toMatch(/^- Before training: 4 runs share .* equal\.$/u);
    expect(lines({ count: 4, n: 200 }).join()).toContain(
      'held succeeded is 4/200 in sham/seed-1 and 3/200 in coins/seed-1',
    );
  });
});
