import type { Json } from '../../base/json.ts';
import type { FieldName } from '../example.ts';
import type { Columns } from './columns.ts';
import { isRecord, type Row } from './row.ts';

const ANSWERS: readonly FieldName[] = ['good', 'bad', 'chosen', 'rejected', 'answer'];
/** `main.py`, `src/add.ts`, `Makefile` in a folder: nobody calls a key of a JSON answer so. */
const PATH = /^[\w@.-]+(?:\/[\w@.-]+)+$|^[\w@-][\w@.-]*\.[a-zA-Z]{1,5}\d?$/;

const isProgram = (value: Json): boolean =>
  isRecord(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([path, text]) => PATH.test(path) && typeof text === 'string');

/** Whether every known answer is an object of files by path: then the rows ask for programs. */
export const holdPrograms = (rows: readonly Row[], columns: Columns): boolean => {
  const named = ANSWERS.filter((part) => columns.has(part)).flatMap((part) => columns.of(part) ?? []);
  const answers = rows
    .flatMap(({ values }) => named.map((column) => values[column] ?? null))
    .flatMap((value): readonly Json[] => (Array.isArray(value) ? value : [value]))
    .filter((value) => value !== null);
  return answers.length > 0 && answers.every(isProgram);
};
