import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { programHash } from './program-hash.ts';

test('moves with the code that results depend on, and with nothing else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'program-'));
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  try {
    for (const folder of 'base record stats sandbox policy store engine grade env rollout evaluate train'.split(' '))
      await put(`${folder}/index.js`, folder);
    const first = await programHash(root);
    await put('report/html.js', 'shown otherwise');
    await put('train/matrix.test.ts', 'a test');
    await put('train/matrix.d.ts', 'a type');
    expect(await programHash(root)).toBe(first);
    await put('env/family/graders.js', 'another rule');
    expect(await programHash(root)).not.toBe(first);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('is the same whenever it is asked', async () => {
  expect(await programHash()).toBe(await programHash());
});
