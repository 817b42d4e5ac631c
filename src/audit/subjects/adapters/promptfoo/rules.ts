/** The deterministic assertions, as promptfoo documents them. Values have their templates filled. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { inputError, messageOf, unreachable } from '../../../../base/errors.ts';
import type { Json } from '../../../../base/json.ts';
import { objectsIn } from '../../judge/verdict.ts';
import { wordsOf } from '../../judge/words.ts';
import type { Assertion, Rule } from './config.ts';
import { levenshtein, rouge1 } from './distance.ts';

/** What one assertion came to, before `not-`. */
export interface Checked {
  readonly pass: boolean;
  readonly score: number;
}

export type Check = (output: string, value: Json) => Checked;

const yes = (pass: boolean): Checked => ({ pass, score: pass ? 1 : 0 });

const LEVENSHTEIN_THRESHOLD = 5;
const ROUGE_THRESHOLD = 0.75;

const misused = (type: string, allowed: string, value: Json): Error =>
  inputError({
    code: 'unreadable-grader',
    what: `The value of a ${type} assertion cannot be used.`,
    given: JSON.stringify(value).slice(0, 200),
    allowed,
    todo: 'Correct the value in the configuration.',
  });

/** Values of the "any" and "all" assertions in one text: parts between commas, quoted where they hold one. */
const FIELD = /\s*(?:"((?:[^"\\]|\\.|"")*)"|([^,]+))\s*(?:,|$)/g;
export const listOf = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return value.map((one) => wordsOf(one));
  return [...wordsOf(value).matchAll(FIELD)]
    .map(([, quoted, plain = '']) =>
      quoted === undefined ? plain.trim() : quoted.replace(/\\(["\\])|""/g, (_all, one?: string) => one ?? '"'),
    )
    .filter((part) => part !== '');
};

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Not JSON: the assertion's very question.
    return null;
  }
};

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
/** Its keywords are checked by whoever reads it. */
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemaOf = (value: Json): z.ZodType | null => {
  if (value === null || value === '') return null;
  const schema = typeof value === 'string' ? parsed(value)?.value : value;
  if (!isSchema(schema)) throw misused('is-json', 'a JSON schema', value);
  try {
    return z.fromJSONSchema(schema);
  } catch (thrown) {
    throw misused('is-json', `a JSON schema that can be checked (${messageOf(thrown)})`, value);
  }
};

const wordCount = (output: string, value: Json): boolean => {
  const count = output.split(/\s+/).filter((word) => word !== '').length;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { min, max } = { min: Reflect.get(value, 'min'), max: Reflect.get(value, 'max') };
    return (typeof min !== 'number' || count >= min) && (typeof max !== 'number' || count <= max);
  }
  return count === Number(value);
};

/** A check to be called often; what depends on the value alone is made once. Throws `unreadable-grader`. */
export const checkOf = (
  { type, threshold }: Pick<Assertion, 'threshold'> & { readonly type: Rule },
  made: Json,
): Check => {
  switch (type) {
    case 'equals':
      return (output, value) =>
        yes(
          typeof value === 'object' && value !== null
            ? isDeepStrictEqual(value, parsed(output)?.value)
            : wordsOf(value) === output,
        );
    case 'contains':
      return (output, value) => yes(output.includes(wordsOf(value)));
    case 'icontains':
      return (output, value) => yes(output.toLowerCase().includes(wordsOf(value).toLowerCase()));
    case 'contains-all':
      return (output, value) => yes(listOf(value).every((part) => output.includes(part)));
    case 'contains-any':
      return (output, value) => yes(listOf(value).some((part) => output.includes(part)));
    case 'icontains-all':
      return (output, value) => yes(listOf(value).every((part) => output.toLowerCase().includes(part.toLowerCase())));
    case 'icontains-any':
      return (output, value) => yes(listOf(value).some((part) => output.toLowerCase().includes(part.toLowerCase())));
    case 'starts-with':
      return (output, value) => yes(output.startsWith(wordsOf(value)));
    case 'is-json': {
      const schema = schemaOf(made);
      return (output) => {
        const found = parsed(output);
        return yes(found !== null && (schema === null || schema.safeParse(found.value).success));
      };
    }
    case 'contains-json': {
      const schema = schemaOf(made);
      return (output) => yes(objectsIn(output).some((one) => schema === null || schema.safeParse(one).success));
    }
    case 'levenshtein':
      return (output, value) => yes(levenshtein(output, wordsOf(value)) <= (threshold ?? LEVENSHTEIN_THRESHOLD));
    case 'rouge-n':
      return (output, value) => {
        const score = rouge1(output, wordsOf(value));
        return { pass: score >= (threshold ?? ROUGE_THRESHOLD), score };
      };
    case 'word-count':
      return (output, value) => yes(wordCount(output, value));
    default:
      return unreachable(type);
  }
};

const NEEDS_NO_VALUE: readonly string[] = ['is-json', 'contains-json', 'python', 'javascript'];

/** Throws `unreadable-grader` where an assertion has nothing to compare with. */
export const requireValue = ({ type, value }: Assertion): void => {
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty && type !== 'equals' && !NEEDS_NO_VALUE.includes(type)) throw misused(type, 'a value', value);
};
