import { stat } from 'node:fs/promises';
import { diskError, errnoOf } from '../store/disk.ts';

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
