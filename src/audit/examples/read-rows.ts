import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { inputError, messageOf } from '../../base/errors.ts';
import type { ExampleSource } from '../example.ts';
import { wellFormed } from '../well-formed.ts';
import { decodeText } from './decode.ts';
import { readJson, readJsonLines, rowOf } from './read-json.ts';
import { type Row, unreadable } from './row.ts';

type Reader = (file: string, path: string) => Promise<readonly Row[]>;

const text =
  (read: (text: string, path: string) => readonly Row[]): Reader =>
  async (file, path) =>
    read(decodeText(await readFile(file), path), path);

// Readers that need a package are loaded when they are needed.
const csv: Reader = async (file, path) => text((await import('./read-csv.ts')).readCsv)(file, path);
const parquet: Reader = async (file) => await (await import('./read-parquet.ts')).readParquet(file);

const READERS: Readonly<Record<string, Reader>> = {
  '.jsonl': text(readJsonLines),
  '.ndjson': text(readJsonLines),
  '.json': text(readJson),
  '.csv': csv,
  '.tsv': csv,
  '.parquet': parquet,
};

const isSystemError = (thrown: unknown): boolean =>
  thrown instanceof Error && 'syscall' in thrown && typeof thrown.syscall === 'string';

/** All rows of a source, with their places. A file without a row is an error; no file and no rows are none. */
export const readRows = async (from: ExampleSource, cwd: string): Promise<readonly Row[]> =>
  (await readAsWritten(from, cwd)).map((row) => ({ ...row, values: wellFormedValues(row.values) }));

const wellFormedValues = (values: Row['values']): Row['values'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toWellFormed(), wellFormed(value)]));

const readAsWritten = async ({ path, rows }: ExampleSource, cwd: string): Promise<readonly Row[]> => {
  if (path === null) return rows.map((row, index) => rowOf(row, `row ${index + 1}`, 'inline examples'));
  const reader = READERS[extname(path).toLowerCase()];
  if (reader === undefined)
    throw inputError({
      code: 'no-such-format',
      what: 'The ending of the file does not say in which format the examples are.',
      given: path,
      allowed: Object.keys(READERS).join(', '),
      todo: 'Rename it, or save the examples as JSON lines (.jsonl).',
    });
  let read: readonly Row[];
  try {
    read = await reader(resolve(cwd, path), path);
  } catch (thrown) {
    if (isSystemError(thrown))
      throw unreadable(
        path,
        null,
        messageOf(thrown),
        'Check the path; it is relative to the working directory.',
        thrown,
      );
    throw thrown;
  }
  if (read.length === 0) throw unreadable(path, 'line 1', 'it holds no rows', 'Put one example on each line.');
  return read;
};
