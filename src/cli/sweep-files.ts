import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { diskError, errnoOf } from '../store/disk.ts';

/** Every matrix behind `RESULTS.md`, beside it. */
export const RECORD_FILE = 'results.json';

/** The record of tables in some file: `RESULTS.md` has `results.json`. None where that would be the file itself. */
export const recordBeside = (path: string): readonly string[] => {
  const record = join(dirname(path), `${basename(path, extname(path)).toLowerCase()}.json`);
  return record === path ? [] : [record];
};

/** Whether there is anything at a path. Throws where the disk does not say. */
export const isThere = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return false;
    throw diskError(path, thrown, null, 'start the same command again');
  }
};
