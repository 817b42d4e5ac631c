import type { Json } from '../../base/json.ts';
import type { Answer } from '../../record/audit.ts';
import type { ExampleTask } from '../example.ts';
import { isRecord, type Row, unreadable } from './row.ts';
import { textOfJson } from './values.ts';

interface Message {
  readonly role: string;
  readonly content: string;
}

const isMessage = (value: unknown): value is Message =>
  isRecord(value) && typeof value.role === 'string' && typeof value.content === 'string';

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** A conversation, as preference data often hold one; null where it is something else. */
export const messagesIn = (value: Json): readonly Message[] | null => {
  if (!isList(value)) return null;
  const messages: readonly unknown[] = value;
  return messages.length > 0 && messages.every(isMessage) ? messages : null;
};

const isFilesObject = (value: Json): value is Readonly<Record<string, string>> =>
  isRecord(value) && Object.values(value).every((text) => typeof text === 'string');

const textAnswer = (value: Json): string => messagesIn(value)?.at(-1)?.content ?? textOfJson(value);

/** Cells of CSV are text; a list in one is a list of answers only where all of them are text. */
const listIn = (value: Json, isWritten: boolean): readonly Json[] | null =>
  isList(value) && messagesIn(value) === null && (!isWritten || value.every((inner) => typeof inner === 'string'))
    ? value
    : null;

const wrong = (what: string, row: Row, path: string): Error =>
  unreadable(path, row.place, what, 'See docs/audit.md for the form of examples.');

/**
 * The answers that one cell holds. Text: one, or a list of them. Ranking: one list, or a list of lists. Program: the files by path,
 * or a list of such objects. Throws `unreadable-examples`.
 */
export const answersIn = (row: Row, column: string, task: ExampleTask, path: string): readonly Answer[] => {
  const value = row.values[column] ?? null;
  if (value === null) return [];
  if (task === 'program') {
    const list = isList(value) ? value : [value];
    return list.map((files) => {
      if (isFilesObject(files)) return files;
      throw wrong(`"${column}" is not an object of files, {"path": "text"}`, row, path);
    });
  }
  if (task === 'ranking') {
    if (!isList(value)) throw wrong(`"${column}" is not a list`, row, path);
    return value.every(isList) && value.length > 0 ? value.filter(isList) : [value];
  }
  const list = listIn(value, row.written !== null);
  return list === null ? [row.written?.[column] ?? textAnswer(value)] : list.map(textAnswer);
};

/** The one answer of a cell; null where it is empty. */
export const answerIn = (row: Row, column: string, task: ExampleTask, path: string): Answer | null => {
  if (task === 'program' || task === 'ranking') return answersIn(row, column, task, path)[0] ?? null;
  const value = row.values[column] ?? null;
  return value === null ? null : (row.written?.[column] ?? textAnswer(value));
};

/** A cell that is no answer: as it was written, where only text was. */
export const cellOf = (row: Row, column: string | null): Json =>
  column === null ? null : (row.written?.[column] ?? row.values[column] ?? null);
