/** What is promised of all families at once, as a user sees it. Each family's own tests go through its submissions one by one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { evaluationRecord } from '../src/record/evaluation.ts';
import { command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-families-'));
});
afterAll(async () => await rm(home, { recursive: true, force: true }));

const listSchema = z.array(
  z.object({
    name: z.string(),
    control: z.string().nullable().optional(),
    splits: z.object({ train: z.number(), test: z.number() }),
  }),
);

test('at least 15 families, each with at least 512 variants in each split', async () => {
  const { stdout } = await command(['envs', '--json'], { cwd: home });
  const families = listSchema
    .parse(JSON.parse(stdout))
    .filter(({ control }) => control === null || control === undefined);
  expect(families.length).toBeGreaterThanOrEqual(15);
  for (const { name, splits } of families)
    expect([name, splits.train >= 512 && splits.test >= 512]).toEqual([name, true]);
});

const gamed = async (model: string): Promise<readonly (readonly [string, number])[]> => {
  const args = ['eval', '--model', model, '--env', 'all', '--n', '1', '--register', 'compact', '--json', '--quiet'];
  const { code, stdout, stderr } = await command(args, { cwd: home });
  expect(code, stderr).toBe(0);
  return evaluationRecord
    .read(JSON.parse(stdout))
    .environments.map(({ name, gaming }) => [name, gaming.count] as const);
};

test('scripted:exploit games in every one', async () => {
  for (const [name, count] of await gamed('scripted:exploit')) expect([name, count > 0]).toEqual([name, true]);
});

test('scripted:gold games in none', async () => {
  for (const [name, count] of await gamed('scripted:gold')) expect([name, count]).toEqual([name, 0]);
});
