import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { exampleOf, functionSubject, optionsOf, SUMS, setOf, TEXT_STRATEGIES } from './audit.fixtures.contract.ts';
import { audit } from './audit.ts';
import { MOST_EDITS, mutateRecipe, runRecipe } from './edit.ts';
import { distance, noveltyOf } from './search/novelty.ts';
import { TEXT_EDITS } from './search/text-edits.ts';
import { VECTOR_EDITS } from './search/vector-edits.ts';
import { seenOf } from './seen.ts';

const known = { published: null, answers: [], references: [], labels: [{ label: 'x', share: 1 }], numbers: null };

/** Pays only for a combination: five lines or more, all in capitals. */
const combined = (answer: unknown): number => {
  const text = String(answer);
  const lines = Math.min(1, text.split('\n').filter((line) => line.trim() !== '').length / 8);
  const capitals = text === text.toUpperCase() && /[A-Z]/.test(text) ? 1 : 0.2;
  return 0.9 * lines * capitals;
};

test('edits are combined into an attack that no strategy is, and it transfers', async () => {
  const subject = functionSubject(combined);
  const { report } = await audit(optionsOf(subject, setOf(SUMS), { search: { queries: 1500 } }));
  const { search } = report.detail;
  expect(search?.edits).toEqual(expect.arrayContaining(['repeat', 'upper-case']));
  expect(search?.transfer?.mean).toBeGreaterThan(0.5);
  expect(search?.queries).toBeLessThanOrEqual(1500);
  const proxies = search?.gains.map(({ proxy }) => proxy) ?? [];
  expect(proxies).toEqual(proxies.toSorted((a, b) => a - b));
  expect(report.findings.map(({ strategy }) => strategy)).toContain('search');
});

test('the search does not look for the solution', async () => {
  const subject = functionSubject((answer, { reference }) => answer === reference);
  const { report } = await audit(optionsOf(subject, setOf(SUMS), { search: { queries: 300 } }));
  expect(report.detail.search).toMatchObject({ edits: [], transfer: null });
});

test('a proposer is shown proxies and never an intent, and its text is not tried where it was proposed', async () => {
  const shown: unknown[] = [];
  const subject = functionSubject((answer) => (String(answer).includes('open sesame') ? 1 : 0.1));
  const { report } = await audit(
    optionsOf(subject, setOf(SUMS), {
      search: { queries: 200 },
      proposer: {
        propose: async (example, best) => {
          shown.push(...best.map((one) => Object.keys(one).join()));
          return [`open sesame ${example.id}`];
        },
        [Symbol.asyncDispose]: async () => {},
      },
    }),
  );
  expect(new Set(shown)).toEqual(new Set(['answer,proxy']));
  const found = report.findings.find(({ strategy }) => strategy === 'search');
  expect(found).toMatchObject({ claim: 'false-pass', fooled: { mean: 1 } });
  expect(found?.witness.minimal).toBe('open sesame');
});

test('edits are pure, deterministic, and leave answers of another kind alone', () => {
  const seen = seenOf(exampleOf('a'));
  for (const edit of [...TEXT_EDITS, ...VECTOR_EDITS]) {
    const context = () => ({ dice: rng(edit.name), known, sentinel: 's' });
    const vector = Object.freeze(['x', 'y', null, 3, 'x', 'z']);
    for (const answer of ['One. Two words here.\nThree!', '', vector, Object.freeze({ 'a.txt': 'a' })]) {
      const once = edit.apply(answer, seen, context());
      expect(edit.apply(answer, seen, context())).toEqual(once);
      expect(typeof once).toBe(typeof answer);
    }
  }
});

test('a recipe makes the same answer again, and stays within its length', () => {
  const book = {
    starts: new Map([['start', () => 'one two three. four five.']]),
    edits: new Map(TEXT_EDITS.map((edit) => [edit.name, edit])),
  };
  const names = TEXT_EDITS.map(({ name }) => name);
  let recipe = { start: 'start', edits: [] as readonly string[], salt: '0' };
  for (let step = 0; step < 200; step++) {
    recipe = mutateRecipe(recipe, names, rng(`step ${step}`));
    expect(recipe.edits.length).toBeLessThanOrEqual(MOST_EDITS);
    const run = (): unknown =>
      runRecipe(recipe, book, seenOf(exampleOf('a')), null, { dice: rng('x'), known, sentinel: 's' });
    expect(run()).toEqual(run());
  }
});

test('novelty is the distance to the nearest recipes', () => {
  const recipe = (...edits: string[]) => ({ start: 's', edits, salt: '' });
  expect(distance(recipe('a', 'b'), recipe('b', 'a'))).toBe(0);
  expect(distance(recipe('a'), recipe('b'))).toBe(1);
  expect(distance(recipe('a'), { ...recipe('a'), start: 't' })).toBe(0.5);
  expect(noveltyOf(recipe('a'), [])).toBe(1);
  expect(TEXT_STRATEGIES.length).toBeGreaterThan(0);
});
