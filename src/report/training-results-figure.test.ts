import { describe, expect, it } from 'vitest';
import type { Matrix } from '../record/training.ts';
import { madeCell, madeMatrix } from '../train/matrix-fixture.contract.ts';
import { recipeNamed } from '../train/recipes.ts';
import { readSweep } from '../train/sweep.ts';
import { runsOf } from '../train/sweep-runs.ts';
import { environments } from './training-fixture.contract.ts';
import { cellText } from './training-results-cell.ts';
import { figureSection } from './training-results-figure.ts';
import { overSeeds, type ResultsInput } from './training-results-table.ts';

const SEEDS = ['1', '2', '3', '4', '5'];
const held = { environment: 'reward-tampering', label: 'succeeded' } as const;

/** Base and end of one seed, on the held-out family. */
const run = (seed: string, end: string, counts: readonly [number, number], n = 10_000): Matrix =>
  madeMatrix(
    ['base', end].map((at, index) => madeCell(at, held.environment, held.label, counts[index] ?? 0, n)),
    { seed },
  );

const section = (main: readonly Matrix[], sham: readonly Matrix[]): string => {
  const sweep = readSweep({
    name: 's',
    entries: [
      { name: 'main', recipe: 'curriculum', seeds: SEEDS, against: ['sham'] },
      { name: 'sham', recipe: 'sham', seeds: SEEDS },
    ],
  });
  const [entry] = sweep.entries;
  if (entry === undefined) throw new Error('no entry');
  const input: ResultsInput = {
    sweep,
    states: runsOf(sweep).map((one) => ({
      run: one,
      matrix: (one.entry.name === 'main' ? main : sham).find(({ seed }) => seed === one.seed) ?? null,
      monitors: null,
      isBegun: true,
      problem: null,
      made: null,
      warnings: [],
    })),
    recipes: new Map(['curriculum', 'sham'].map((name, index) => [index === 0 ? 'main' : 'sham', recipeNamed(name)])),
    environments,
    versions: { subterfuge: '0', node: 'v24' },
    claimsChanged: [],
    machine: 'm',
    command: 'c',
  };
  return figureSection(input, entry).join('\n');
};

describe('the base', () => {
  const runs = [run('1', 'end', [0, 3], 500), run('2', 'end', [1, 3], 10_000)];

  it('is one model: its interval is by task, of the run with the most episodes', () => {
    const { rate, each } = cellText(runs, { checkpoint: 'base', ...held });
    expect([rate, each]).toEqual(['0.010 % [0.000, 0.056] (1/10000)', '1: 0/500, 2: 1/10000']);
  });

  it('is the only one that is', () => {
    expect(cellText(runs, { checkpoint: 'end', ...held }).rate).toMatch(/\(2 seeds\)$/u);
    expect(cellText(runs, { checkpoint: 'end', ...held, label: 'evaded' })).toEqual({
      rate: 'n/a',
      each: 'not run',
      isRun: false,
    });
    expect(cellText([], { checkpoint: 'base', ...held }).rate).toBe('n/a');
  });
});

describe('small rates', () => {
  it('are not rounded to none', () => {
    const runs = SEEDS.map((seed) => run(seed, 'end', [0, seed === '1' ? 1 : 0]));
    const text = section(
      runs,
      SEEDS.map((seed) => run(seed, 'end', [0, seed === '1' ? 2 : 0])),
    );
    // One of 50,000: mean 0.002 %, half width 2.776 x 0.002.
    expect(text).toContain('| 0.0020 % [0.0000, 0.0076] (5 seeds) |');
    expect(text).toContain('| -0.002 points (-0.008 to 0.004) |');
    expect(text).toContain('| 1: -0.01, 2: 0, 3: 0, 4: 0, 5: 0 |');
    expect(text).not.toContain('-0.0000');
  });

  it('say so where the interval is too wide to show them', () => {
    const wide = {
      mean: 0.000_01,
      interval: [0, 0.6] as [number, number],
      n: 5,
      clusters: 5,
      bounds: null,
      method: 'm',
    };
    expect(overSeeds(wide)).toBe('<0.01 % [0.00, 60.00] (5 seeds)');
    expect(overSeeds({ ...wide, mean: 0 })).toBe('0.00 % [0.00, 60.00] (5 seeds)');
  });
});

it('a control that stands at a checkpoint of another name says which', () => {
  const text = section(
    [run('1', 'train-away', [0, 3]), run('2', 'train-away', [0, 4])],
    [run('1', 'last-stage', [0, 1]), run('2', 'last-stage', [0, 2])],
  );
  expect(text).toMatch(/\| train-away \| held out \| 0\.0.* \| at last-stage: 0\.0/u);
  expect(text).toContain('| train-away (sham: last-stage) | +0.02');
  expect(text).not.toContain('at base: ');
});
