import { readFile, stat } from 'node:fs/promises';
import { inputError, messageOf } from '../../base/errors.ts';
import { errnoOf, readError } from '../../store/disk.ts';

export const CONFIG_FILE = 'config.json';
export const MODEL_FILE = 'model.safetensors';
export const TOKENIZER_FILE = 'tokenizer.json';

export const isAbsent = (thrown: unknown): boolean => errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR';

/** A file that a checkpoint has to have. */
export const missingFile = (path: string, cause: unknown): Error =>
  inputError({
    code: 'unreadable',
    what: `${path} is not there.`,
    given: messageOf(cause),
    allowed: `a directory with ${CONFIG_FILE}, ${MODEL_FILE} (or shards with an index) and ${TOKENIZER_FILE}`,
    todo: 'Check the path, and that the checkpoint is complete; weights in other formats have to be saved as safetensors.',
    cause,
  });

/** Throws `unreadable` or `bad-checkpoint`. */
export const jsonOf = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw isAbsent(thrown) ? missingFile(path, thrown) : readError(path, thrown);
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
      if (isAbsent(thrown)) return false;
      throw readError(path, thrown);
    },
  );
