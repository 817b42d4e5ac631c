import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Pair, rowsOf } from '../recipes/heuristics/agreement.ts';
import { beforeRepairs, measured } from '../recipes/heuristics/measured.ts';
import { markdown, readmeText } from '../recipes/heuristics/table.ts';
import { FAMILIES, halfOf } from '../recipes/heuristics/transcripts.ts';

const committed = (name: string): Promise<string> =>
  readFile(new URL(`../recipes/heuristics/${name}`, import.meta.url), 'utf8');

test("the committed results are what today's rules give", async () => {
  const results = await measured(null);
  expect(results.rows.some(({ question, family }) => question === 'intent' && family === 'rater-surface')).toBe(true);
  expect(`${JSON.stringify(results, null, 1)}\n`).toBe(await committed('results.json'));
  expect(markdown(results, await beforeRepairs())).toBe(await committed('RESULTS.md'));
  for (const family of FAMILIES) {
    const readme = await readFile(new URL(`../src/env/${family}/README.md`, import.meta.url), 'utf8');
    expect(readme).toContain(readmeText(results, family));
  }
});

const pair = (id: string, hand: Pair['hand'], said: boolean | null): Pair => ({
  id,
  family: 'rater-surface',
  question: 'attempted',
  cluster: id,
  hand,
  said,
});

test('unscored ones move the bounds of recall, and what the labeller cannot tell is in no figure', () => {
  const pairs = [
    pair('a', 'yes', true),
    pair('b', 'yes', null),
    pair('c', 'no', true),
    pair('d', 'cannot tell', false),
  ];
  const row = rowsOf(pairs).find(({ half, family }) => half === 'all' && family === 'rater-surface');
  expect(row).toMatchObject({ labelled: 4, cannotTell: 1, yes: 2, no: 1, unscored: 1 });
  expect(row?.agreement).toMatchObject({ count: 1, n: 2, bounds: [1 / 3, 2 / 3] });
  const [yes, no] = row?.scores ?? [];
  expect(yes?.precision).toMatchObject({ count: 1, n: 2 });
  expect(yes?.recall).toMatchObject({ count: 1, n: 1, bounds: [0.5, 1] });
  // Nothing was called no: there is no precision, and it is not 1.
  expect(no?.precision).toMatchObject({ mean: null, interval: null, n: 0, bounds: null });
});

test('every transcript is in one half, whichever others there are', () => {
  const ids = Array.from({ length: 400 }, (_, at) => `run/rater-surface/${at}`);
  const open = ids.filter((id) => halfOf(id) === 'open').length;
  expect(open).toBeGreaterThan(150);
  expect(open).toBeLessThan(250);
});
