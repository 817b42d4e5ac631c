/** The runs of a sweep as recipes on the disk. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import { diskError, errnoOf, nodeDisk, writeAtomically } from '../store/disk.ts';
import { makeDirectories } from '../store/make-directories.ts';
import { requireClaims } from '../train/claim-check.ts';
import { type Recipe, readRecipe } from '../train/recipe.ts';
import { changesOf, recipeOf, type Sweep, type SweepEntry } from '../train/sweep.ts';
import { runsOf, type SweepRun } from '../train/sweep-runs.ts';
import { TRAINING_FILE } from '../train/training-directory.ts';
import type { Io } from './io.ts';
import { isThere } from './sweep-files.ts';
import { chosenRecipe } from './training-recipe.ts';

export interface SweepPlan {
  readonly dir: string;
  readonly runs: readonly SweepRun[];
  /** By the name of the entry. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** Entries that cannot be run as things are, and why. */
  readonly blocked: ReadonlyMap<string, string>;
  /** The file that holds an entry's recipe, whole. */
  readonly fileOf: (entry: SweepEntry) => string;
  readonly placeOf: (run: SweepRun) => string;
}

const recipeFor = async (sweep: Sweep, entry: SweepEntry, cwd: string): Promise<Recipe> => {
  const named =
    typeof entry.recipe === 'string'
      ? await chosenRecipe({ recipe: entry.recipe, algorithm: entry.algorithm ?? null, short: entry.short }, cwd)
      : entry.recipe;
  return readRecipe(recipeOf(sweep, entry, named));
};

/**
 * Reads what the runs there were begun with, and writes nothing. A run that was begun keeps its recipe to the word. Throws
 * `another-sweep` (exit code 2) where its entry has another one now, and `bad-claim` where a claim asks for what there will not be.
 */
export const sweepPlan = async (io: Io, sweep: Sweep, dir: string): Promise<SweepPlan> => {
  const fileOf = ({ name }: SweepEntry): string => join(dir, name, 'recipe.json');
  const placeOf = ({ place }: SweepRun): string => join(dir, place);
  const runs = runsOf(sweep);
  const asked = new Map<string, Recipe>();
  for (const entry of sweep.entries) asked.set(entry.name, await recipeFor(sweep, entry, io.cwd));
  requireClaims(sweep, asked);
  const recipes = new Map<string, Recipe>();
  const changed: Changed[] = [];
  for (const entry of sweep.entries) {
    const recipe = asked.get(entry.name);
    if (recipe === undefined) continue;
    const path = fileOf(entry);
    const kept = await keptRecipe(path);
    const keys = kept === null ? [] : changesOf(kept, recipe);
    const begun: string[] = [];
    for (const run of runs)
      if (run.entry === entry && (await isThere(join(placeOf(run), TRAINING_FILE)))) begun.push(run.place);
    if (keys.length > 0 && begun.length > 0) changed.push({ path, keys, begun });
    const isKept = kept !== null && (begun.length > 0 || canonicalJson(kept) === canonicalJson(recipe));
    recipes.set(entry.name, isKept ? kept : recipe);
  }
  if (changed.length > 0) throw anotherSweep(changed);
  return { dir, runs, recipes, blocked: new Map(), fileOf, placeOf };
};

/** Writes the recipe of each entry that can be run beside its runs, which are started from there. Only the holder of the sweep's lock may. */
export const keepRecipes = async ({ recipes, blocked, runs, fileOf }: SweepPlan): Promise<void> => {
  for (const entry of new Set(runs.map((run) => run.entry))) {
    const recipe = recipes.get(entry.name);
    if (recipe !== undefined && !blocked.has(entry.name)) await keepRecipe(fileOf(entry), recipe);
  }
};

interface Changed {
  readonly path: string;
  readonly keys: readonly string[];
  readonly begun: readonly string[];
}

const anotherSweep = (changed: readonly Changed[]): Error =>
  inputError({
    code: 'another-sweep',
    what: 'This sweep was begun with other recipes: runs of two recipes do not belong in one table.',
    given: changed
      .map(({ begun, keys }) => `${begun.join(', ')} ${begun.length === 1 ? 'was' : 'were'} begun with other ${keys}`)
      .join('; '),
    allowed: `what stands in ${changed.map(({ path }) => path).join(', ')}`,
    todo: `Put the recipe back, or choose another --out, or give these runs up: delete ${changed.map(({ path }) => dirname(path)).join(', ')}`,
  });

const keptRecipe = async (path: string): Promise<Recipe | null> => {
  const there = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw diskError(path, thrown, null, 'start the same command again');
  });
  return there === null ? null : recipeIn(path, there);
};

const keepRecipe = async (path: string, recipe: Recipe): Promise<void> => {
  const text = `${JSON.stringify(recipe, null, 2)}\n`;
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return;
  try {
    await makeDirectories(dirname(path));
    await writeAtomically(nodeDisk, path, Buffer.from(text));
  } catch (thrown) {
    throw diskError(path, thrown, null, 'start the same command again');
  }
};

const recipeIn = (path: string, text: string): Recipe => {
  try {
    return readRecipe(JSON.parse(text));
  } catch (thrown) {
    throw inputError({
      code: 'corrupt-recipe',
      what: `${path} is damaged.`,
      given: messageOf(thrown),
      todo: 'Where none of its seeds was begun, delete it; else restore it from a training.json beside it.',
      cause: thrown,
    });
  }
};
