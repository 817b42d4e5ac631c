/** The runs of a sweep as recipes on the disk, and how far each is. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import type { SweepState } from '../report/training-results.ts';
import { diskError, errnoOf, nodeDisk, writeAtomically } from '../store/disk.ts';
import { readMonitors } from '../train/matrix-monitors.ts';
import { checkpointsOf } from '../train/phases.ts';
import { type Recipe, readRecipe } from '../train/recipe.ts';
import { differencesOf, recipeOf, runsOf, type Sweep, type SweepEntry, type SweepRun } from '../train/sweep.ts';
import { TRAINING_FILE } from '../train/training-directory.ts';
import type { Io } from './io.ts';
import { MATRIX_FILE, readMatrix } from './training-outcome.ts';
import { chosenRecipe } from './training-recipe.ts';

export interface SweepPlan {
  readonly dir: string;
  readonly runs: readonly SweepRun[];
  /** By the name of the entry. */
  readonly recipes: ReadonlyMap<string, Recipe>;
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
 * Writes each entry's recipe beside its runs, so that a run says what it was even where a recipe of that name changes
 * later. Throws `another-sweep` (exit code 2) where a run was begun with another one.
 */
export const sweepPlan = async (io: Io, sweep: Sweep, dir: string): Promise<SweepPlan> => {
  const recipes = new Map<string, Recipe>();
  for (const entry of sweep.entries) recipes.set(entry.name, await recipeFor(sweep, entry, io.cwd));
  const fileOf = ({ name }: SweepEntry): string => join(dir, name, 'recipe.json');
  for (const entry of sweep.entries) await keepRecipe(fileOf(entry), recipes.get(entry.name));
  return { dir, runs: runsOf(sweep), recipes, fileOf, placeOf: ({ place }) => join(dir, place) };
};

const keepRecipe = async (path: string, recipe: Recipe | undefined): Promise<void> => {
  const there = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw diskError(path, thrown, null, 'start the same command again');
  });
  if (there !== null) {
    const kept = recipeIn(path, there);
    if (canonicalJson(kept) === canonicalJson(recipe)) return;
    const differences = recipe === undefined ? [] : differencesOf(kept, recipe);
    throw inputError({
      code: 'another-sweep',
      what: 'This sweep was begun with another recipe.',
      given: `other now: ${differences.length === 0 ? 'name, about or evaluation' : differences.join(', ')}`,
      allowed: path,
      todo: 'Put the recipe back, or choose another --out: runs of two recipes do not belong in one table.',
    });
  }
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeAtomically(nodeDisk, path, Buffer.from(`${JSON.stringify(recipe, null, 2)}\n`));
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

const isThere = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A run is whole where its matrix has every checkpoint of its recipe. */
export const stateOf = async (plan: SweepPlan, run: SweepRun): Promise<SweepState> => {
  const place = plan.placeOf(run);
  const recipe = plan.recipes.get(run.entry.name);
  const isBegun = await isThere(join(place, TRAINING_FILE));
  if (recipe === undefined || !(await isThere(join(place, MATRIX_FILE))))
    return { run, matrix: null, monitors: null, isBegun };
  const matrix = await readMatrix(place);
  const isWhole = matrix.checkpoints.length === checkpointsOf(recipe).length;
  return { run, matrix: isWhole ? matrix : null, monitors: isWhole ? await readMonitors(place) : null, isBegun };
};
