import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inputError, messageOf, runError, type SubterfugeError } from '../base/errors.ts';

/** As much of a writable file as the store needs, so that a test can hand in a disk that is full or fails. */
export interface WritableFile {
  /** Writes at `position`; like write(2) it may write less than it was given. Resolves to the bytes written. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Resolves when everything written is on the disk. */
  sync(): Promise<void>;
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /** Opens for writing, makes it where it is missing, and keeps what is in it. */
  open(path: string): Promise<WritableFile>;
}

const opened = async (path: string): Promise<WritableFile> => {
  // Not 'a': appending ignores positions. Not 'r+': that does not create. Not 'w': that empties.
  const file = await open(path, 'a').then(async (made) => {
    await made.close();
    return await open(path, 'r+');
  });
  return {
    write: async (bytes, position) => (await file.write(bytes, 0, bytes.length, position)).bytesWritten,
    sync: async () => await file.datasync(),
    truncate: async (bytes) => await file.truncate(bytes),
    close: async () => await file.close(),
  };
};

export const nodeDisk: Disk = { open: opened };

export const writeAll = async (file: WritableFile, bytes: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), position + done);
    if (written === 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'EIO' });
    done += written;
  }
};

/** Makes names in a directory durable. Windows has no such call and needs none. */
export const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

/** Whether a file of that name is what a writer of `file` left that was killed. */
export const isLeftOf = (file: string, name: string): boolean => name.startsWith(`${file}.`) && name.endsWith('.tmp');

/** No two writers of one file have the same, in whatever process; no result depends on it. */
const temporaryOf = (path: string): string => `${path}.${process.pid}-${process.hrtime.bigint().toString(36)}.tmp`;

/**
 * Whoever opens `path` sees the old content or all of the new, also after a crash, and also where two write it at once: then
 * the last one's. Durable once it resolves.
 */
export const writeAtomically = async (disk: Disk, path: string, bytes: Uint8Array): Promise<void> => {
  const temporary = temporaryOf(path);
  try {
    const file = await disk.open(temporary);
    try {
      await file.truncate(0);
      await writeAll(file, bytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await syncDirectory(dirname(path));
};

export const errnoOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;

const FULL: ReadonlySet<string | null> = new Set(['ENOSPC', 'EDQUOT']);

/** A write that failed: exit code 3. `then`: how to go on once the disk is well. */
export const diskError = (
  path: string,
  thrown: unknown,
  detail: string | null = null,
  then: string = `resume the run in ${dirname(path)}: everything that was reported done is in it and is kept`,
): SubterfugeError => {
  const full = FULL.has(errnoOf(thrown));
  return runError({
    code: full ? 'disk-full' : 'disk-failed',
    what: full ? `The disk is full: ${path} could not be written.` : `${path} could not be written.`,
    given: detail === null ? messageOf(thrown) : `${messageOf(thrown)}; ${detail}`,
    todo: `${full ? 'Free some space on that disk' : 'Make that path writable and the disk sound'}, then ${then}.`,
    cause: thrown,
  });
};

/** A file that is there and cannot be read: exit code 2. */
export const readError = (path: string, thrown: unknown): SubterfugeError =>
  inputError({
    code: 'unreadable',
    what: `${path} could not be read.`,
    given: messageOf(thrown),
    todo: 'Check that you may read it.',
    cause: thrown,
  });
