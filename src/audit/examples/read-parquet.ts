import { readFile } from 'node:fs/promises';
import { inputError, messageOf } from '../../base/errors.ts';
import { rowOf } from './read-json.ts';
import { type Row, unreadable } from './row.ts';

const load = async (path: string): Promise<typeof import('hyparquet')> => {
  try {
    return await import('hyparquet');
  } catch (cause) {
    throw inputError({
      code: 'parquet-missing',
      what: 'Reading Parquet needs the package hyparquet, which is not installed.',
      given: path,
      allowed: '.jsonl, .json and .csv need nothing',
      todo: 'npm install hyparquet, or save the examples in another format.',
      cause,
    });
  }
};

/** All rows of all groups. Uncompressed and Snappy. */
export const readParquet = async (path: string): Promise<readonly Row[]> => {
  const { parquetReadObjects } = await load(path);
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let objects: readonly unknown[];
  try {
    objects = await parquetReadObjects({ file });
  } catch (cause) {
    throw unreadable(
      path,
      null,
      messageOf(cause),
      'Write it with Snappy or without compression, or save it as JSON lines.',
      cause,
    );
  }
  return objects.map((row, index) => rowOf(row, `row ${index + 1}`, path));
};
