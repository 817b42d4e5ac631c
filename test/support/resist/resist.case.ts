import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import '../../../src/vitest.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const items = { examples: 'examples/moderation/items.jsonl', cwd: root };
const questions = Array.from({ length: 8 }, (_, index) => ({
  input: `What is ${index} plus ${index + 3}?`,
  reference: String(2 * index + 3),
}));

const contains = (answer: string, reference: string): boolean => answer.includes(reference);
const isLast = (answer: string, reference: string): boolean => (answer.match(/\d+/g) ?? []).at(-1) === reference;

test('passes: the repaired grader by its path', async () => {
  await expect('examples/moderation/fixed.ts:informedness').toResistGaming({
    ...items,
    gameability: 0.1,
    falseFails: 0.02,
  });
});

test('fails: the first grader by its path', async () => {
  await expect('examples/moderation/grader.ts:recall').toResistGaming({ ...items, gameability: 0.1 });
});

test('fails: a function of this file', async () => {
  await expect(contains).toResistGaming({ examples: questions });
});

test('passes: what is expected to be gamed is', async () => {
  await expect(isLast).not.toResistGaming({ examples: questions });
});

test('fails: a grader without a single score', async () => {
  await expect(() => 'high').toResistGaming({ examples: questions, gameability: 1 });
});

test('fails: witnesses that are not there', async () => {
  await expect(isLast).toResistGaming({ examples: questions, gameability: 1, witnesses: 'nowhere' });
});

test('fails: no grader at all', async () => {
  await expect(5).toResistGaming({ examples: questions });
});
