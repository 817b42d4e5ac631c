import { z } from 'zod';
import { inputError } from '../base/errors.ts';

/** The error of a recipe that cannot be used: the first unknown key with its neighbours, else everything that is wrong. */
export const recipeProblem = (problem: z.ZodError | string, schema: z.ZodType): Error => {
  const todo = 'Correct the recipe. What each key means stands in src/train/recipe.ts and docs/training.md.';
  if (typeof problem === 'string') {
    return inputError({ code: 'bad-recipe', what: 'This recipe contradicts itself.', given: problem, todo });
  }
  for (const issue of problem.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const where = issue.path.length === 0 ? 'the recipe' : issue.path.join('.');
    const keys = keysAt(schema, issue.path);
    return inputError({
      code: 'unknown-key',
      what: `There is no such key in ${where}.`,
      given: issue.keys.join(', '),
      ...(keys.length === 0 ? {} : { allowed: keys.join(', ') }),
      todo,
    });
  }
  return inputError({
    code: 'bad-recipe',
    what: 'This is not a recipe that can be trained.',
    given: z.prettifyError(problem),
    todo,
  });
};

/** The schema below defaults and null. */
const inner = (schema: unknown): unknown => {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional
  )
    return inner(schema.def.innerType);
  return schema;
};

/** The keys of the object that stands at a path. Empty where there is none. */
const keysAt = (schema: unknown, path: readonly PropertyKey[]): readonly string[] => {
  let at = inner(schema);
  for (const key of path) {
    if (at instanceof z.ZodArray) at = inner(at.def.element);
    else if (at instanceof z.ZodObject) at = inner(at.shape[String(key)]);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
};
