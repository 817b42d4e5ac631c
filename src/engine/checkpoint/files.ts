import { readFile, stat } from 'node:fs/promises';
import { inputError, messageOf } from '../../base/errors.ts';
import { errnoOf, readError } from '../../store/disk.ts';

export const CONFIG_FILE = 'config.json';
export const MODEL_FILE = 'model.safetensors';
export const TOKENIZER_FILE = 'tokenizer.json';

/** Throws `unreadable` or `bad-checkpoint`. */
export const jsonOf = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readError(path, thrown);
  });
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw inputError({ code: 'bad-checkpoint', what: `${path} is not JSON.`, given: messageOf(thrown), cause: thrown });
  }
};

export const isFile = async (path: string): Promise<boolean> =>
  await stat(path).then(
    (found) => found.isFile(),
    (thrown: unknown) => {
      if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return false;
      throw readError(path, thrown);
    },
  );
