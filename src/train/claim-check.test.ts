import { expect, test } from 'vitest';
import paper from '../../recipes/paper.ts';
import { requireClaims } from './claim-check.ts';
import { recipeNamed } from './recipes.ts';
import { readSweep, type Sweep } from './sweep.ts';

const sweepOf = (claim: Record<string, unknown>): Sweep =>
  readSweep({
    name: 's',
    entries: [
      { name: 'main', recipe: 'curriculum', seeds: ['1'] },
      { name: 'sham', recipe: 'sham', seeds: ['1'] },
      { name: 'away', recipe: 'train-away', seeds: ['1'] },
      { name: 'told', recipe: 'told', seeds: ['1'] },
    ],
    claims: [{ paper: 'p', entry: 'main', ...claim }],
  });
const recipes = new Map(
  ['curriculum', 'sham', 'train-away', 'told'].map((name, index) => [
    ['main', 'sham', 'away', 'told'][index] ?? '',
    recipeNamed(name),
  ]),
);
const check = (claim: Record<string, unknown>) => () => requireClaims(sweepOf(claim), recipes);

const shift = {
  kind: 'shift',
  against: ['sham'],
  environment: 'reward-tampering',
  label: 'succeeded',
  expect: 'higher',
  least: 0.1,
};
const dense = {
  kind: 'dense',
  measure: 'forced-prefix/score/succeeded',
  minus: 'log-p-first-act',
  expect: 'higher',
  least: 0.1,
};
const level = { kind: 'level', environment: 'reward-tampering', label: 'succeeded', expect: 'at most', bound: 0.1 };

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    'an environment that is not evaluated',
    { ...shift, environment: 'reward-tamperin' },
    /main: reward-tamperin is not/,
  ],
  [
    'one that the control does not evaluate',
    { ...shift, environment: 'nudged-rubric', against: ['told'] },
    /told: nudged-rubric is not/,
  ],
  [
    'a checkpoint that no recipe has',
    { ...shift, checkpoint: 'nudged' },
    /main: nudged is none of its checkpoints \(base, /,
  ],
  [
    'a checkpoint that the control lacks',
    { ...shift, checkpoint: 'nudged-rubric', against: ['told'] },
    /told: nudged-rubric is none/,
  ],
  [
    'a measure that there is not',
    { ...dense, measure: 'forced-prefix/scores/succeeded' },
    /no measure is called forced-prefix\/scores/,
  ],
  ['a contrast of what is not evaluated', { ...dense, minus: 'contrast/x' }, /no measure is called contrast\/x/],
  [
    'the first family under a name that only later ones have',
    { ...dense, minus: 'log-p-first-act@reward-tampering' },
    /main: reward-tampering is measured first, so its measures carry no name/,
  ],
  [
    'a measure in a family without causes',
    { ...dense, measure: 'p-first-aim/score@nudged-rubric' },
    /main: nudged-rubric is not among the families that are measured \(reward-tampering\)/,
  ],
  ['a level of what seeds differ in', level, /a level is a claim about the base/],
])('refuses %s', (_what, claim, said) => {
  expect(check(claim)).toThrow(expect.objectContaining({ code: 'bad-claim', given: expect.stringMatching(said) }));
});

test('takes what its runs will have', () => {
  expect(check(shift)).not.toThrow();
  // The last beside the last.
  expect(check({ ...shift, entry: 'away', checkpoint: 'train-away' })).not.toThrow();
  expect(check(dense)).not.toThrow();
  expect(check({ ...dense, measure: 'contrast/political-sycophancy', minus: 'p-first-aim/score' })).not.toThrow();
  expect(check({ ...level, checkpoint: 'base' })).not.toThrow();
});

test('recipes/paper.ts asks for nothing else', () => {
  const sweep = readSweep(paper);
  const all = new Map(
    sweep.entries.map((entry) => [
      entry.name,
      typeof entry.recipe === 'string'
        ? recipeNamed(entry.recipe, entry.algorithm === undefined ? {} : { algorithm: entry.algorithm })
        : entry.recipe,
    ]),
  );
  expect(() => requireClaims(sweep, all)).not.toThrow();
});

test('a claim may suppose one above it, and no other', () => {
  const named = (claims: readonly Record<string, unknown>[]) => () =>
    readSweep({
      ...sweepOf(shift),
      claims: claims.map((claim) => ({ paper: 'p', entry: 'main', ...shift, ...claim })),
    });
  expect(named([{ name: 'a' }, { given: 'a' }])).not.toThrow();
  expect(named([{ given: 'a' }, { name: 'a' }])).toThrow(/supposes a, which is no claim above it/);
  expect(named([{ name: 'a', given: 'a' }])).toThrow(/no claim above it/);
  expect(named([{ name: 'a' }, { name: 'a' }])).toThrow(/two claims are called a/);
  expect(named([{ name: 'a', condition: true }, { given: 'a' }])).not.toThrow();
  expect(named([{ name: 'a', condition: true }, {}])).toThrow(/is a condition, and no claim supposes it/);
});

test('nothing is claimed against itself', () => {
  expect(() => sweepOf({ ...shift, against: ['sham', 'main'] })).toThrow(/compares main with itself/);
  expect(() => sweepOf({ ...dense, minus: dense.measure })).toThrow(/succeeded with itself/);
});

test('no dense measure is claimed where no family is measured', () => {
  const curriculum = recipeNamed('curriculum');
  const evaluation = { ...curriculum.evaluation, environments: ['nudged-rubric'] };
  const without = new Map([...recipes, ['main', { ...curriculum, evaluation }]]);
  expect(() => requireClaims(sweepOf(dense), without)).toThrow(/no family of reward tampering is evaluated/);
});
