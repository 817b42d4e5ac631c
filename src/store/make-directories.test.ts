import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDirectories, removeEmptyDirectories } from './make-directories.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'subterfuge-directories-'));
});
afterAll(async () => await rm(base, { recursive: true, force: true }));

test('those that are missing are made, and the first of them is named', async () => {
  expect(await makeDirectories(join(base, 'a/b/c'))).toBe(join(base, 'a'));
  expect((await stat(join(base, 'a/b/c'))).isDirectory()).toBe(true);
  expect(await makeDirectories(join(base, 'a/b/d'))).toBe(join(base, 'a/b/d'));
  expect(await makeDirectories(join(base, 'a/b/d'))).toBeUndefined();
  await symlink(join(base, 'a'), join(base, 'link'));
  expect(await makeDirectories(join(base, 'link'))).toBeUndefined();
  expect(await makeDirectories(join(base, 'link/e'))).toBe(join(base, 'link/e'));
});

test('several may make the same at once', async () => {
  const path = join(base, 'many/deep/er');
  const made = await Promise.all(Array.from({ length: 8 }, () => makeDirectories(path)));
  expect((await stat(path)).isDirectory()).toBe(true);
  expect(made).toContain(join(base, 'many'));
});

test('what is in the way is told as mkdir tells it', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(makeDirectories(join(base, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectories(join(base, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await symlink(join(base, 'nowhere'), join(base, 'dangling'));
  await expect(makeDirectories(join(base, 'dangling/below'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test('a file system that takes no directories is an answer, and no endless search', async () => {
  await expect(makeDirectories('/proc/subterfuge/run')).rejects.toThrow(
    existsSync('/proc/self')
      ? 'no directory can be made in /proc: its file system takes none'
      : /EROFS|EACCES|EPERM|EEXIST|ENOENT/,
  );
});

test('what was made is taken away again, as far as it is empty', async () => {
  await mkdir(join(base, 'old'));
  const made = async (path: string): Promise<string | undefined> => await makeDirectories(join(base, path));
  await removeEmptyDirectories(join(base, 'old/x/y'), await made('old/x/y'));
  expect(await readdir(join(base, 'old'))).toEqual([]);
  // What was there before is nobody's to remove.
  await removeEmptyDirectories(join(base, 'old'), await made('old'));
  const first = await made('old/kept/gone');
  await writeFile(join(base, 'old/kept/note'), '');
  await removeEmptyDirectories(join(base, 'old/kept/gone'), first);
  expect(await readdir(join(base, 'old/kept'))).toEqual(['note']);
});
