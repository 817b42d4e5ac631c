import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ggufModel } from './gguf.ts';
import { ggufVersion } from './gguf-file.ts';
import { installCommand, loadLibrary } from './gguf-library.ts';

const header = (magic: string, version: number): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(version, 4);
  return bytes;
};

describe('a GGUF file that is none', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'subterfuge-gguf-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });
  const written = async (name: string, bytes: Buffer): Promise<string> => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };

  test.each([
    ['empty', Buffer.alloc(0), /no GGUF file: it is empty/],
    ['short', Buffer.from('GGUF'), /no GGUF file/],
    ['zip', header('PK\u0003\u0004', 3), /begins with "PK/],
    ['old', header('GGUF', 1), /has version 1/],
  ])('%s', async (name, bytes, expected) => {
    const path = await written(name, bytes);
    await expect(ggufModel(path)).rejects.toThrow(expected);
    await expect(ggufModel(path)).rejects.toMatchObject({ code: 'not-gguf', exitCode: 2, given: path });
  });

  test('missing, or a folder', async () => {
    await expect(ggufModel(join(folder, 'missing'))).rejects.toMatchObject({ code: 'unreadable-model', exitCode: 2 });
    await expect(ggufModel(folder)).rejects.toMatchObject({ code: 'unreadable-model', exitCode: 2 });
  });

  test('its version is the start of its SHA-256', async () => {
    const path = await written('whole', header('GGUF', 3));
    expect(await ggufVersion(path)).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('the library', () => {
  test('that is missing is bad input with the command that installs it', async () => {
    const load = async (): Promise<unknown> => {
      throw new Error("Cannot find package 'node-llama-cpp' imported from here");
    };
    await expect(loadLibrary(load)).rejects.toThrow(/not installed[\s\S]*npm i node-llama-cpp/);
    await expect(loadLibrary(load)).rejects.toMatchObject({ code: 'missing-library', exitCode: 2 });
  });

  test('that does not load says why', async () => {
    const load = async (): Promise<unknown> => {
      throw new Error('NoBinaryFoundError');
    };
    await expect(loadLibrary(load)).rejects.toThrow(/does not load: NoBinaryFoundError/);
  });

  test('is installed with the binary of the machine alone', () => {
    expect(installCommand('linux', 'x64')).toBe(
      'npm i node-llama-cpp @node-llama-cpp/linux-x64 --omit=optional --ignore-scripts',
    );
    expect(installCommand('aix', 'ppc64')).toBe('npm i node-llama-cpp --ignore-scripts');
  });
});
