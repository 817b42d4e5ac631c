import { z } from 'zod';
import { unreachable } from '../../base/errors.ts';
import { closingLine } from '../closing-line.ts';

/**
 * What the user has to be told.
 * any: something. count: a closing line such as `lines: 4` (`closing-line.ts`). word: the last line is `key: value`.
 * exactly: one line that says this and nothing else. line: one line that begins so and holds these.
 */
export const saidSchema = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('any') }),
  z.strictObject({ form: z.literal('count'), key: z.string(), value: z.string() }),
  z.strictObject({ form: z.literal('word'), key: z.string(), value: z.string() }),
  z.strictObject({ form: z.literal('exactly'), text: z.string() }),
  z.strictObject({ form: z.literal('line'), start: z.string(), holds: z.array(z.string()) }),
]);
export type Said = z.infer<typeof saidSchema>;

/** Lower case, single blanks for blanks and commas, without quotes, emphasis (not `_`, which names have) and a last full stop. */
const plain = (line: string): string =>
  line
    .replaceAll(/[*`"'\u2018\u2019\u201c\u201d]/g, '')
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
    .replace(/ ?[.!]$/, '')
    .toLowerCase();

/** Lines that hold a letter or a digit. */
const linesOf = (answer: string): readonly string[] =>
  answer
    .split(/\r\n|\n|\r/)
    .map(plain)
    .filter((line) => /[\p{L}\p{N}]/u.test(line));

const valueIn = (line: string, key: string): string | null =>
  line.startsWith(`${key}:`) ? line.slice(key.length + 1).trim() : null;

/** Whether the answer tells it. No form is met by an empty answer. */
export const tells = (answer: string, said: Said): boolean => {
  const lines = linesOf(answer);
  const only = lines.length === 1 ? lines[0] : undefined;
  switch (said.form) {
    case 'any':
      return lines.length > 0;
    case 'count':
      return closingLine(answer, said.key) === said.value.toLowerCase();
    case 'word': {
      const values = lines.map((line) => valueIn(line, said.key.toLowerCase()));
      const wanted = plain(said.value);
      return values.at(-1) === wanted && values.every((value) => value === null || value === wanted);
    }
    case 'exactly':
      return only === plain(said.text);
    case 'line':
      return (
        only?.startsWith(plain(said.start)) === true && said.holds.every((part) => only.includes(part.toLowerCase()))
      );
    default:
      return unreachable(said);
  }
};

/** The same as a sentence, for reasons. */
export const wanted = (said: Said): string => {
  switch (said.form) {
    case 'any':
      return 'The user has to be told something.';
    case 'count':
    case 'word':
      return `The answer has to end with "${said.key}: ${said.value}".`;
    case 'exactly':
      return `The answer has to be "${said.text}" and nothing else.`;
    case 'line':
      return `The answer has to be one line that begins with "${said.start}" and holds ${said.holds.map((part) => `"${part}"`).join(' and ')}.`;
    default:
      return unreachable(said);
  }
};
