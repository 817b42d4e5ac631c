import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errnoOf } from './disk.ts';

/**
 * Makes a directory and those above it that are missing. Resolves to the first that was made; undefined: it was there. Rejects
 * as `mkdir` does. Node's own way, `recursive`, never comes back where a file system takes no directories and says that there
 * is nothing at that path, as /proc does: it goes on looking for the parent that is missing.
 */
export const makeDirectories = async (path: string): Promise<string | undefined> => {
  const missing: string[] = [];
  let at = resolve(path);
  while (!(await isThere(at)) && at !== dirname(at)) {
    missing.unshift(at);
    at = dirname(at);
  }
  if (missing.length === 0 && (await isDirectory(at))) return undefined;
  let first: string | undefined;
  for (const directory of missing.length === 0 ? [at] : missing) {
    if (await isMade(directory)) first ??= directory;
  }
  return first;
};

/**
 * Takes away what `makeDirectories` made for `path`, from there up to the `first`, as far as it is empty. What cannot be taken away
 * stays: whoever gives up has an error of its own to tell.
 */
export const removeEmptyDirectories = async (path: string, first: string | undefined): Promise<void> => {
  if (first === undefined) return;
  for (let at = resolve(path); ; at = dirname(at)) {
    const isGone = await rmdir(at).then(
      () => true,
      (thrown: unknown) => errnoOf(thrown) === 'ENOENT',
    );
    if (!isGone || at === resolve(first) || at === dirname(at)) return;
  }
};

/** False: somebody else made it in the meantime. */
const isMade = async (directory: string): Promise<boolean> => {
  try {
    await mkdir(directory);
    return true;
  } catch (thrown) {
    const code = errnoOf(thrown);
    if (code === 'EEXIST' && (await isDirectory(directory))) return false;
    const parent = dirname(directory);
    if (code !== 'ENOENT' || !(await isDirectory(parent))) throw thrown;
    const refused = new Error(`no directory can be made in ${parent}: its file system takes none`, { cause: thrown });
    throw Object.assign(refused, { code });
  }
};

const isThere = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    (thrown: unknown) => {
      if (errnoOf(thrown) === 'ENOENT') return false;
      throw thrown;
    },
  );

const isDirectory = async (path: string): Promise<boolean> => (await isThere(path)) && (await stat(path)).isDirectory();
