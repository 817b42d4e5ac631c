import type { z } from 'zod';
import { inputError, messageOf } from '../../src/base/errors.ts';

/** Files that people wrote labels into: one JSON object a line, each id once. Throws `bad-line` (exit code 2) with the line. `from`: the file's name. */
export const labelledLines = <T extends { readonly id: string }>(
  text: string,
  from: string,
  schema: z.ZodType<T>,
): readonly T[] => {
  const seen = new Set<string>();
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const bad = (given: string): Error =>
      inputError({
        code: 'bad-line',
        what: `Line ${index + 1} of ${from} cannot be read.`,
        given,
        allowed: 'one JSON object a line, of the form that the script which drew them writes, each id once',
        todo: 'Correct that line.',
      });
    let raw: unknown;
    try {
      raw = JSON.parse(line);
    } catch (thrown) {
      throw bad(messageOf(thrown));
    }
    const read = schema.safeParse(raw);
    if (!read.success)
      throw bad(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    if (seen.has(read.data.id)) throw bad(`${read.data.id} stands twice`);
    seen.add(read.data.id);
    return [read.data];
  });
};
