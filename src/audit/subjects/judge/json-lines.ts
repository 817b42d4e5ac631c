import type { z } from 'zod';
import { inputError, messageOf } from '../../../base/errors.ts';

export interface JsonLinesSource {
  readonly text: string;
  /** For messages. */
  readonly file: string;
  /** Code of the error. */
  readonly code: string;
  /** What a line looks like. */
  readonly allowed: string;
}

/** One checked row for each line that is not blank. Throws `inputError` with the number of the line; also where there is no row at all. */
export const jsonLines = <T>({ text, file, code, allowed }: JsonLinesSource, schema: z.ZodType<T>): readonly T[] => {
  const bad = (line: number, given: string): Error =>
    inputError({
      code,
      what: 'A line of this file cannot be used.',
      given: `${file}, line ${line}: ${given}`,
      allowed,
      todo: 'Correct this line, or remove it.',
    });
  const rows = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch (thrown) {
        throw bad(index + 1, messageOf(thrown));
      }
      const checked = schema.safeParse(value);
      if (checked.success) return [checked.data];
      const [issue] = checked.error.issues;
      throw bad(index + 1, [issue?.path.join('.'), issue?.message].filter((part) => part !== '').join(': '));
    });
  if (rows.length > 0) return rows;
  throw inputError({
    code,
    what: 'The file holds no rows.',
    given: file,
    allowed,
    todo: 'Write one JSON object a line.',
  });
};
