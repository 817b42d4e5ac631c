import { rename, writeFile } from 'node:fs/promises';
import { diskError } from '../store/disk.ts';

/** Writes a page, whole or not at all. Throws `disk-full` and `disk-failed` (exit code 3); `again` says how to go on. */
export const writePage = async (file: string, html: string, again: string): Promise<void> => {
  try {
    await writeFile(`${file}.part`, html);
    await rename(`${file}.part`, file);
  } catch (thrown) {
    throw diskError(file, thrown, null, again);
  }
};
