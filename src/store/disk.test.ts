import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Disk, isLeftOf, nodeDisk, writeAtomically } from './disk.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'disk-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Does something when all has been written, before the writer goes on. */
const slow = (meanwhile: () => Promise<void>): Disk => ({
  open: async (path) => {
    const file = await nodeDisk.open(path);
    const sync = async (): Promise<void> => {
      await file.sync();
      await meanwhile();
    };
    return { ...file, sync };
  },
});

test('two who write one file at once both come to their end, and the file is whole', async () => {
  const path = join(dir, 'RESULTS.md');
  const meanwhile = (): Promise<void> => writeAtomically(nodeDisk, path, Buffer.from('of the second'));
  await writeAtomically(slow(meanwhile), path, Buffer.from('of the first, which is longer'));
  expect(await readFile(path, 'utf8')).toBe('of the first, which is longer');
  expect(await readdir(dir)).toEqual(['RESULTS.md']);
});

test('one that fails leaves what was there, and nothing of its own', async () => {
  const path = join(dir, 'matrix.json');
  await writeAtomically(nodeDisk, path, Buffer.from('old'));
  const full = slow(() => Promise.reject(new Error('full')));
  await expect(writeAtomically(full, path, Buffer.from('new'))).rejects.toThrow('full');
  expect([await readFile(path, 'utf8'), await readdir(dir)]).toEqual(['old', ['matrix.json']]);
});

test('what a killed writer leaves is known by its name, that of earlier builds too', () => {
  expect(isLeftOf('run.json', 'run.json.tmp')).toBe(true);
  expect(isLeftOf('run.json', 'run.json.17-k3.tmp')).toBe(true);
  for (const name of ['run.json', 'other.json.tmp', 'run.json.bak', 'run.jsonl.tmp'])
    expect([name, isLeftOf('run.json', name)]).toEqual([name, false]);
});
