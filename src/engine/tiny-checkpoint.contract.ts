import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveCheckpoint } from './checkpoint/save.ts';
import type { Weights } from './model/weights.ts';
import { TINY_CONFIG, tinyTokenizerJson } from './tokenizer/tiny.contract.ts';

/** A checkpoint that opens quickly, with the tiny tokenizer, in `folder`/`name`. Resolves to its directory. */
export const saveTiny = async (folder: string, name: string, weights: Weights): Promise<string> => {
  const tokenizers = join(folder, `${name}-tokenizer`);
  await mkdir(tokenizers);
  const tokenizerPath = join(tokenizers, 'tokenizer.json');
  await writeFile(tokenizerPath, JSON.stringify(tinyTokenizerJson()));
  await writeFile(join(tokenizers, 'tokenizer_config.json'), JSON.stringify(TINY_CONFIG));
  const directory = join(folder, name);
  await saveCheckpoint(directory, weights, { tokenizerPath });
  return directory;
};
