/** `KEY=VALUE`: single numbers of a recipe, changed without writing a file. */
import { inputError } from '../base/errors.ts';
import { LONGEST_NAME, type Recipe, readRecipe } from './recipe.ts';

/** JSON where it is JSON, else text: `0.5`, `true`, `null`, `[1, 2]`, `main`. */
const read = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy with the value at the end of the path. Where there is no object on the way, one is made. */
const placed = (into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown => {
  if (key === undefined) return value;
  const there = isObject(into) ? into : {};
  return { ...there, [key]: placed(Object.hasOwn(there, key) ? there[key] : undefined, rest, value) };
};

const parsed = (setting: string): { readonly path: readonly string[]; readonly value: unknown } => {
  const [, key = '', text = ''] = /^\s*([A-Za-z][A-Za-z0-9.-]*)\s*=(.*)$/su.exec(setting) ?? [];
  const path = key.split('.');
  if (!path.includes('') && !path.includes('__proto__')) return { path, value: read(text.trim()) };
  throw inputError({
    code: 'bad-setting',
    what: '--set is not usable.',
    given: setting,
    allowed: 'KEY=VALUE with a key of the recipe, its parts joined by dots',
    todo: 'For example: --set optimiser.learningRate=4e-5 --set ordinaryShare=0.75',
  });
};

const CHANGED = '-changed';

const changedName = (name: string): string =>
  name.endsWith(CHANGED) ? name : `${name.slice(0, LONGEST_NAME - CHANGED.length)}${CHANGED}`;

/**
 * The recipe with these changes. It is called `NAME-changed` (a long name is cut), unless a setting names it: a table in which
 * it stood under the old name would take it for that recipe. Throws `bad-setting`, `unknown-key` or `bad-recipe` (exit code 2).
 */
export const withSettings = (recipe: Recipe, settings: readonly string[]): Recipe => {
  if (settings.length === 0) return recipe;
  const name = changedName(recipe.name);
  const about = [recipe.about, `Changed: ${settings.join(', ')}.`].filter((text) => text !== '').join(' ');
  const changed = settings
    .map(parsed)
    .reduce<unknown>((so, { path, value }) => placed(so, path, value), { ...recipe, name, about });
  return readRecipe(changed);
};
