import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inputError } from '../../base/errors.ts';
import { diskError, errnoOf, readError, syncDirectory } from '../../store/disk.ts';
import { makeDirectories } from '../../store/make-directories.ts';

/**
 * A directory that is written whole or not at all. Files are made in a sibling `<name>.partial`; the version that was
 * there moves to `<name>.previous` for the moment between two renames, and stays there should the machine stop in that
 * moment: readers find it there, and the next writer brings it back. One writer per name, any number of readers, who rename
 * nothing.
 */

const ABSENT: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR']);
const READINGS = 3;

const exists = async (path: string): Promise<boolean> =>
  await stat(path).then(
    () => true,
    (thrown: unknown) => {
      if (ABSENT.has(errnoOf(thrown))) return false;
      throw readError(path, thrown);
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

/** Where a directory is now: under its name, or where a writer (or a crash) has it between two names. */
export const resolveDirectory = async (directory: string): Promise<string> => {
  const final = resolve(directory);
  const previous = `${final}.previous`;
  return !(await exists(final)) && (await exists(previous)) ? previous : directory;
};

/** Another version of a directory is another inode; what adds or takes away a file changes its time. */
const identityOf = async (directory: string): Promise<string> => {
  const found = await stat(directory, { bigint: true }).catch(() => null);
  return found === null ? 'absent' : `${found.ino} ${found.mtimeNs}`;
};

/**
 * Reads files of a directory that are of one version, while a writer may replace it: `read` is called again, with where the
 * directory is then, if it was exchanged meanwhile.
 */
export const readDirectory = async <T>(directory: string, read: (directory: string) => Promise<T>): Promise<T> => {
  for (let reading = 1; ; reading++) {
    const place = await resolveDirectory(directory);
    const before = await identityOf(place);
    const outcome = await read(place).then(
      (value) => ({ value }),
      (thrown: unknown) => ({ thrown }),
    );
    const same = before === (await identityOf(place)) && place === (await resolveDirectory(directory));
    if (same && 'value' in outcome) return outcome.value;
    if ('thrown' in outcome && (same || reading === READINGS)) throw outcome.thrown;
    if (reading === READINGS) {
      throw inputError({
        code: 'bad-checkpoint',
        what: `${directory} was replaced again and again while it was read.`,
        todo: 'Read it when nothing writes there, or copy it first.',
      });
    }
  }
};

/** Puts a version back that a crash left between two names. For the one writer. */
const settleDirectory = async (final: string): Promise<void> => {
  const place = await resolveDirectory(final);
  if (place !== final) await rename(place, final);
};

/** Makes a directory and the ones above it, all of them durable. */
const makeDirectory = async (directory: string): Promise<void> => {
  const first = await makeDirectories(directory);
  if (first === undefined) return;
  for (let made = directory; ; made = dirname(made)) {
    await syncDirectory(dirname(made));
    if (made === first) return;
  }
};

/** `fill` writes plain files into the directory that it is given. Durable, under the final name, once this resolves. */
export const writeDirectory = async (directory: string, fill: (temporary: string) => Promise<void>): Promise<void> => {
  const final = resolve(directory);
  const temporary = `${final}.partial`;
  const previous = `${final}.previous`;
  try {
    await settleDirectory(final);
    await rm(temporary, { recursive: true, force: true });
    await makeDirectory(temporary);
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
