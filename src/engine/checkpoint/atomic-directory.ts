import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { diskError, errnoOf, syncDirectory } from '../../store/disk.ts';

/**
 * A directory that is written whole or not at all. Files are made in a sibling `<name>.partial`; the version that was
 * there moves to `<name>.previous` for the moment between two renames, and `settleDirectory` brings it back should the
 * machine stop in that moment. One writer per name.
 */

const exists = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    (thrown: unknown) => {
      if (errnoOf(thrown) === 'ENOENT') return false;
      throw thrown;
    },
  );

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Puts a version back that a crash left between two names. To be called before a directory is read. */
export const settleDirectory = async (directory: string): Promise<void> => {
  const final = resolve(directory);
  if (!(await exists(final)) && (await exists(`${final}.previous`))) await rename(`${final}.previous`, final);
};

/** `fill` writes plain files into the directory that it is given. Durable, under the final name, once this resolves. */
export const writeDirectory = async (directory: string, fill: (temporary: string) => Promise<void>): Promise<void> => {
  const final = resolve(directory);
  const temporary = `${final}.partial`;
  const previous = `${final}.previous`;
  try {
    await settleDirectory(final);
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
  } catch (thrown) {
    throw diskError(temporary, thrown, null, 'save again');
  }
  try {
    await fill(temporary);
  } catch (thrown) {
    // What could not be written whole is not kept; the failure itself is the caller's.
    await rm(temporary, { recursive: true, force: true });
    throw thrown;
  }
  try {
    for (const name of await readdir(temporary)) await syncFile(join(temporary, name));
    await syncDirectory(temporary);
    await rm(previous, { recursive: true, force: true });
    if (await exists(final)) await rename(final, previous);
    await rename(temporary, final);
    await syncDirectory(dirname(final));
    await rm(previous, { recursive: true, force: true });
  } catch (thrown) {
    throw diskError(final, thrown, null, 'save again');
  }
};
