/** `--recipe`: a name, or a file that a person wrote. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inputError, messageOf } from '../base/errors.ts';
import { isModulePath } from '../env/load.ts';
import type { Algorithm } from '../record/training.ts';
import { type Recipe, readRecipe } from '../train/recipe.ts';
import { recipeNamed } from '../train/recipes.ts';
import { TRAINING_SCHEMA } from '../train/training-record.ts';

export interface RecipeChoice {
  /** Name or path. */
  readonly recipe: string;
  readonly algorithm: Algorithm | null;
  readonly short: boolean;
}

const isFile = (name: string): boolean => isModulePath(name) || name.endsWith('.json');

const unreadable = (file: string, thrown: unknown): Error =>
  inputError({
    code: 'unreadable-file',
    what: `The file could not be loaded: ${messageOf(thrown)}`,
    given: file,
    allowed: 'a .json file, or a .ts or .js module with a default export',
    todo: 'Run a module with node by itself to see its error.',
    cause: thrown,
  });

/** What a JSON file holds, or what a module exports as default. Throws `unreadable-file` (exit code 2). */
export const loadExport = async (path: string, cwd: string): Promise<unknown> => {
  const file = resolve(cwd, path);
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8')) as unknown;
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    return exported.default;
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
};

/** A recipe, or that of the training run whose `training.json` this is. */
const recipeIn = (read: unknown): unknown => {
  const training = z.object({ schema: z.literal(TRAINING_SCHEMA), recipe: z.unknown() }).safeParse(read);
  return training.success ? training.data.recipe : read;
};

/** Throws `unknown-recipe`, `unreadable-file`, `bad-recipe` or `unknown-key` (exit code 2). */
export const chosenRecipe = async ({ recipe: name, algorithm, short }: RecipeChoice, cwd: string): Promise<Recipe> => {
  if (!isFile(name)) return recipeNamed(name, { ...(algorithm === null ? {} : { algorithm }), short });
  if (short) {
    throw inputError({
      code: 'no-short-form',
      what: 'Only recipes with a name have a short form.',
      given: `--short with ${name}`,
      todo: 'Write smaller numbers into the file.',
    });
  }
  const recipe = readRecipe(recipeIn(await loadExport(name, cwd)));
  return algorithm === null ? recipe : readRecipe({ ...recipe, algorithm });
};
