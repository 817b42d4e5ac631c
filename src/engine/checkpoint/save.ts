import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inputError } from '../../base/errors.ts';
import { diskError, readError } from '../../store/disk.ts';
import type { Weights } from '../model/weights.ts';
import { resolveDirectory, writeDirectory } from './atomic-directory.ts';
import { CONFIG_FILE, isAbsent, isFile, MODEL_FILE, TOKENIZER_FILE } from './files.ts';
import { toHfConfig } from './hf-config.ts';
import { type NamedTensor, safetensorsVersion, writeSafetensors } from './safetensors.ts';

/** Go where the tokenizer goes, if they are there. */
const BESIDE_TOKENIZER = [
  'tokenizer_config.json',
  'special_tokens_map.json',
  'generation_config.json',
  'chat_template.jinja',
];

interface CopiedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes and not files: a copy would be as read-only as what a package manager installed. */
const tokenizerFiles = async (path: string | null): Promise<readonly CopiedFile[]> => {
  if (path === null) return [];
  const bytesOf = async (from: string): Promise<Uint8Array> =>
    await readFile(from).catch((thrown: unknown) => {
      throw readError(from, thrown);
    });
  // A crash may have left the directory that it came from under its other name.
  const directory = await resolveDirectory(dirname(path));
  const files: CopiedFile[] = [{ name: TOKENIZER_FILE, bytes: await bytesOf(join(directory, basename(path))) }];
  for (const name of BESIDE_TOKENIZER) {
    const from = join(directory, name);
    if (await isFile(from)) files.push({ name, bytes: await bytesOf(from) });
  }
  return files;
};

export interface SaveOptions {
  /** A `tokenizer.json` that is copied with the files that belong to it. */
  readonly tokenizerPath?: string | null;
  /** Further keys for `config.json`. */
  readonly hfConfig?: Readonly<Record<string, unknown>>;
  /** Writes more files into the directory before it takes its name. */
  readonly beside?: (temporary: string, version: string) => Promise<void>;
}

const namedTensors = ({ tensors }: Weights): NamedTensor[] =>
  [...tensors].map(([name, { shape, data }]) => ({ name, shape, data }));

/** The version that these weights have once they are saved and loaded: the hash of the file that they would be. */
export const versionOf = (weights: Weights): string => safetensorsVersion(namedTensors(weights));

/** What is saved over is removed as a whole, so it has to be a checkpoint, or empty. */
const checkReplaceable = async (directory: string): Promise<void> => {
  const found = await stat(directory).catch((thrown: unknown) => {
    if (isAbsent(thrown)) return null;
    throw readError(directory, thrown);
  });
  if (found === null || (await isFile(join(directory, CONFIG_FILE)))) return;
  const names = found.isDirectory()
    ? await readdir(directory).catch((thrown: unknown) => {
        throw readError(directory, thrown);
      })
    : null;
  if (names?.length === 0) return;
  throw inputError({
    code: 'not-a-checkpoint',
    what: `A checkpoint cannot take the place of ${directory}: what is there would be lost.`,
    given: names === null ? 'no directory' : `a directory with ${names.slice(0, 3).join(', ')} and no ${CONFIG_FILE}`,
    allowed: 'a new name, an empty directory, or a checkpoint to replace',
    todo: 'Choose another name, or move away what is there.',
  });
};

/**
 * Writes a checkpoint atomically, over one of the same name. Resolves to its version. Throws `not-a-checkpoint` where
 * something else has that name, `unreadable` where the tokenizer is not to be read, `disk-full` or `disk-failed`.
 */
export const saveCheckpoint = async (
  directory: string,
  weights: Weights,
  options: SaveOptions = {},
): Promise<string> => {
  await checkReplaceable(directory);
  let version = '';
  const beside = await tokenizerFiles(options.tokenizerPath ?? null);
  await writeDirectory(directory, async (temporary) => {
    version = await writeSafetensors(join(temporary, MODEL_FILE), namedTensors(weights));
    const config = `${JSON.stringify(toHfConfig(weights.config, options.hfConfig), null, 2)}\n`;
    try {
      await writeFile(join(temporary, CONFIG_FILE), config);
      for (const { name, bytes } of beside) await writeFile(join(temporary, name), bytes);
    } catch (thrown) {
      throw diskError(directory, thrown, null, 'save again');
    }
    await options.beside?.(temporary, version);
  });
  return version;
};
