/** How much disk runs of a sweep take, measured on the shipped base and rounded up. */
import { statfs } from 'node:fs/promises';
import { runError } from '../base/errors.ts';
import { diskError } from '../store/disk.ts';
import { checkpointsOf, phasesOf } from '../train/phases.ts';
import type { Recipe } from '../train/recipe.ts';

/** A rollout with its verdicts and labels: 8.2 kB. */
const ROLLOUT_BYTES = 10_000;
/** A checkpoint's weights: 7.8 MB; its measures: 0.9 MB. */
const CHECKPOINT_BYTES = 10_000_000;
/** The optimiser's state of the last one, and of the one before it for a while. */
const STATE_BYTES = 40_000_000;

const GIGABYTE = 1e9;
/** What is left for whatever else the disk is for. */
const SPARE_BYTES = 0.5 * GIGABYTE;

/** At the end of a run; `isPruned`: without the rollouts that it was trained on. */
export const bytesOf = (recipe: Recipe, isPruned: boolean): number => {
  const rollouts = phasesOf(recipe)
    .filter(({ kind }) => !isPruned || kind === 'evaluate')
    .reduce((sum, phase) => sum + phase.rollouts, 0);
  return rollouts * ROLLOUT_BYTES + checkpointsOf(recipe).length * CHECKPOINT_BYTES + STATE_BYTES;
};

export const freeBytes = async (dir: string): Promise<number> => {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch (thrown) {
    throw diskError(dir, thrown, null, 'start the same command again');
  }
};

export const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB`;

/** Before a run is begun: one that would fill the disk half-way takes the runs beside it along. Throws `disk-nearly-full`. */
export const requireRoom = (recipes: readonly Recipe[], free: number, dir: string): void => {
  const needed = recipes.reduce((sum, recipe) => sum + bytesOf(recipe, false), 0);
  if (needed + SPARE_BYTES <= free) return;
  throw runError({
    code: 'disk-nearly-full',
    what: 'The sweep was stopped before the disk is full.',
    given: `${gigabytes(free)} free below ${dir}; about ${gigabytes(needed)} for the runs that would be under way, and ${gigabytes(SPARE_BYTES)} to spare`,
    todo: 'Make room and start the same command again: what is finished is kept. --prune deletes the rollouts of training of finished runs.',
  });
};
