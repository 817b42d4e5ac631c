import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const CHILD = fileURLToPath(new URL('./memory-child.contract.ts', import.meta.url));

const megabytes = async (what: string): Promise<number[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, what]);
  return z.array(z.number()).parse(JSON.parse(stdout));
};
const growth = (values: readonly number[]): number => (values.at(-1) ?? Number.NaN) - (values[0] ?? Number.NaN);

test('new weights take the memory of the old ones: 30 times 20 MB in a sampler', async () => {
  const values = await megabytes('reloads');
  expect(values).toHaveLength(4);
  expect(growth(values), values.join()).toBeLessThan(200);
});

test('and in one trainer after another: 8 times 100 MB', async () => {
  const values = await megabytes('trainers');
  expect(growth(values), values.join()).toBeLessThan(200);
});

test('a shape more costs a trainer its inputs and outputs, not the memory of its run', async () => {
  const values = await megabytes('shapes');
  expect(growth(values), values.join()).toBeLessThan(250);
});
