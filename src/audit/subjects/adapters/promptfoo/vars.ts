/** Variables of a test and the templates that they fill. */
import { inputError } from '../../../../base/errors.ts';
import type { Json } from '../../../../base/json.ts';
import { COLUMN_NAMES, type Example } from '../../../example.ts';
import { wordsOf } from '../../judge/words.ts';
import type { PromptfooTest } from './config.ts';

export type Vars = Readonly<Record<string, Json>>;

const same = (one: Json | undefined, other: Json | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What an example calls a variable of this name: a column, or its input or reference under one of their usual names. */
const valueIn = (example: Example, name: string): Json | undefined => {
  if (Object.hasOwn(example.fields, name)) return example.fields[name];
  if (COLUMN_NAMES.input.includes(name)) return example.input;
  if (COLUMN_NAMES.reference.includes(name)) return example.reference ?? undefined;
  return undefined;
};

const belongs = (example: Example, { vars }: PromptfooTest): boolean => {
  const names = Object.keys(vars);
  return names.length > 0 && names.every((name) => same(valueIn(example, name), vars[name]));
};

/** The test whose variables the example has; the only test, where there is one; else null. */
export const testFor = (example: Example, tests: readonly PromptfooTest[]): PromptfooTest | null =>
  tests.find((test) => belongs(example, test)) ?? (tests.length === 1 ? (tests[0] ?? null) : null);

/** The example's own values come before those of the test, which may have been written for another one. */
export const varsFor = (example: Example, test: PromptfooTest): Vars => {
  const own = Object.fromEntries(
    [...new Set([...Object.keys(test.vars), 'input', 'reference', 'expected'])].flatMap((name) => {
      const value = valueIn(example, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return { ...test.vars, ...own, ...example.fields };
};

const PLACEHOLDER = /\{\{-?\s*([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\s*-?\}\}/gu;

/** Throws `unsupported-assertion` on templates that do more than name a variable. */
export const requirePlain = (value: Json, where: string): void => {
  if (typeof value === 'string') {
    const rest = value.replace(PLACEHOLDER, '');
    if (!/\{\{|\{%|\{#/.test(rest)) return;
    throw inputError({
      code: 'unsupported-assertion',
      what: 'A template does more than name a variable, which cannot be filled here.',
      given: `${value.slice(0, 200)} in ${where}`,
      allowed: '{{name}} and {{name.key}}',
      todo: 'Write the value out, or put it into a variable of the test.',
    });
  }
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) requirePlain(inner, where);
};

const lookUp = (vars: Vars, path: string): string => {
  let value: Json | undefined = vars;
  for (const key of path.split('.')) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  // As in promptfoo, where a variable that is not there is empty.
  return value === undefined || value === null ? '' : wordsOf(value);
};

/** In one pass: what a variable holds is never a template. */
export const render = (value: Json, vars: Vars): Json => {
  if (typeof value === 'string') return value.replace(PLACEHOLDER, (_whole, path: string) => lookUp(vars, path));
  if (Array.isArray(value)) return value.map((inner) => render(inner, vars));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, render(inner, vars)]));
};
