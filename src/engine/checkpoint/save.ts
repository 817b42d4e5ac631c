import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskError } from '../../store/disk.ts';
import type { Weights } from '../model/weights.ts';
import { writeDirectory } from './atomic-directory.ts';
import { CONFIG_FILE, isFile, MODEL_FILE, TOKENIZER_FILE } from './files.ts';
import { toHfConfig } from './hf-config.ts';
import { writeSafetensors } from './safetensors.ts';

/** Go where the tokenizer goes, if they are there. */
const BESIDE_TOKENIZER = ['tokenizer_config.json', 'special_tokens_map.json', 'generation_config.json'];

const copyTokenizer = async (path: string | null, target: string): Promise<void> => {
  if (path === null) return;
  await copyFile(path, join(target, TOKENIZER_FILE));
  for (const name of BESIDE_TOKENIZER) {
    const from = join(dirname(path), name);
    if (await isFile(from)) await copyFile(from, join(target, name));
  }
};

export interface SaveOptions {
  /** A `tokenizer.json` that is copied with the files that belong to it. */
  readonly tokenizerPath?: string | null;
  /** Further keys for `config.json`. */
  readonly hfConfig?: Readonly<Record<string, unknown>>;
  /** Writes more files into the directory before it takes its name. */
  readonly beside?: (temporary: string, version: string) => Promise<void>;
}

/** Writes a checkpoint atomically, over one of the same name. Resolves to its version. */
export const saveCheckpoint = async (
  directory: string,
  weights: Weights,
  options: SaveOptions = {},
): Promise<string> => {
  let version = '';
  await writeDirectory(directory, async (temporary) => {
    const tensors = [...weights.tensors].map(([name, { shape, data }]) => ({ name, shape, data }));
    version = await writeSafetensors(join(temporary, MODEL_FILE), tensors);
    const config = `${JSON.stringify(toHfConfig(weights.config, options.hfConfig), null, 2)}\n`;
    try {
      await writeFile(join(temporary, CONFIG_FILE), config);
      await copyTokenizer(options.tokenizerPath ?? null, temporary);
    } catch (thrown) {
      throw diskError(directory, thrown, null, 'save again');
    }
    await options.beside?.(temporary, version);
  });
  return version;
};
