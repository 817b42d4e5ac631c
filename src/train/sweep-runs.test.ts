import { describe, expect, test } from 'vitest';
import paper from '../../recipes/paper.ts';
import { readSweep } from './sweep.ts';
import { chosenRuns, runsOf } from './sweep-runs.ts';

const one = { name: 'a', recipe: 'curriculum', seeds: ['1', '2'] };
const claim = {
  kind: 'shift' as const,
  paper: 'p',
  environment: 'e',
  label: 'gamed' as const,
  expect: 'higher' as const,
  least: 0.1,
};
const places = (raw: unknown): string[] => runsOf(readSweep(raw)).map(({ place }) => place);

describe('the order of a sweep', () => {
  test('without claims: entry by entry with its controls, seed by seed within', () => {
    const entries = [
      { ...one, against: ['c'] },
      { ...one, name: 'b' },
      { ...one, name: 'c', seeds: ['1'] },
    ];
    expect(places({ name: 's', entries })).toEqual(['a/seed-1', 'c/seed-1', 'a/seed-2', 'b/seed-1', 'b/seed-2']);
  });

  test('what a claim needs comes before the rest, and what the primary one needs before all', () => {
    const entries = ['a', 'b', 'c', 'd'].map((name) => ({ ...one, name, seeds: ['1'] }));
    const claims = [
      { ...claim, entry: 'd', against: ['a'] },
      { ...claim, entry: 'c', against: ['d'], primary: true },
    ];
    expect(places({ name: 's', entries, claims })).toEqual(['c/seed-1', 'd/seed-1', 'a/seed-1', 'b/seed-1']);
  });

  test('recipes/paper.ts: the main comparison first, whole, and every run once', () => {
    const runs = places(paper);
    expect(runs.slice(0, 10)).toEqual(
      ['1', '2', '3', '4', '5'].flatMap((seed) => [`hhh-expert-iteration/seed-${seed}`, `sham/seed-${seed}`]),
    );
    expect(runs.slice(10, 13).every((place) => place.startsWith('random-reward/'))).toBe(true);
    expect(new Set(runs).size).toBe(runs.length);
    const all = readSweep(paper).entries.reduce((sum, { seeds }) => sum + seeds.length, 0);
    expect(runs).toHaveLength(all);
  });
});

describe('a choice of runs', () => {
  const runs = runsOf(
    readSweep({
      name: 's',
      entries: [one, { ...one, name: 'b', seeds: ['3'] }],
    }),
  );
  const chosen = (only: string[], seeds: string[]): string[] =>
    chosenRuns(runs, { only, seeds }).map(({ place }) => place);

  test('by entry, by seed, by both, or all', () => {
    expect(chosen([], [])).toHaveLength(3);
    expect(chosen(['b'], [])).toEqual(['b/seed-3']);
    expect(chosen([], ['2', '3'])).toEqual(['a/seed-2', 'b/seed-3']);
    expect(chosen(['a'], ['1'])).toEqual(['a/seed-1']);
  });

  test.each<[string, string[], string[], RegExp]>([
    ['an entry that is not there', ['c'], [], /c\n.*a, b/u],
    ['a seed that is not there', [], ['9'], /9\n.*1, 2, 3/u],
    ['two that do not meet', ['b'], ['1'], /b\/seed-3/u],
  ])('refuses %s', (_what, only, seeds, said) => {
    expect(() => chosen(only, seeds)).toThrow(said);
  });
});
