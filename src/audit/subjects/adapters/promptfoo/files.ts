import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inputError, messageOf } from '../../../../base/errors.ts';
import type { Json } from '../../../../base/json.ts';

/** `file://checks/it.js:named` in a value: where it lies and which function of it. Null: the value is no file. */
export interface FileValue {
  readonly path: string;
  readonly name: string | null;
}

export const fileValue = (value: Json, folder: string): FileValue | null => {
  if (typeof value !== 'string' || !value.startsWith('file://')) return null;
  const [, path = '', name = null] = /^file:\/\/(.*?)(?::([A-Za-z_$][\w$]*))?$/s.exec(value) ?? [];
  return { path: resolve(folder, path), name };
};

/** Throws `unreadable-grader`. */
export const textOfValue = ({ path }: FileValue): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'A file that an assertion names cannot be read.',
      given: path,
      todo: `Check the path; it is relative to the configuration. (${messageOf(thrown)})`,
      cause: thrown,
    });
  }
};
