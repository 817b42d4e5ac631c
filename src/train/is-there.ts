import { stat } from 'node:fs/promises';
import { errnoOf, readError } from '../store/disk.ts';

/** Whether there is a file or directory. Throws `unreadable` (exit code 2) where that cannot be seen. */
export const isThere = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    (thrown: unknown) => {
      if (errnoOf(thrown) === 'ENOENT') return false;
      throw readError(path, thrown);
    },
  );
