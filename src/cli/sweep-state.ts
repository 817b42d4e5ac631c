/** How far each run of a sweep is, from its directory alone. */
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SubterfugeError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import type { Matrix } from '../record/training.ts';
import type { RunMade, SweepState } from '../report/training-results.ts';
import { diskError, errnoOf, nodeDisk, readError, writeAtomically } from '../store/disk.ts';
import { makeDirectories } from '../store/make-directories.ts';
import { readMonitors } from '../train/matrix-monitors.ts';
import { readPhaseEnds, spentOn } from '../train/phase-journal.ts';
import { checkpointsOf, measureId, phasesOf } from '../train/phases.ts';
import type { Recipe } from '../train/recipe.ts';
import { roundSummaries, roundWarnings } from '../train/round-summary.ts';
import type { SweepRun } from '../train/sweep-runs.ts';
import { readTraining } from '../train/training-directory.ts';
import type { PhaseEnd } from '../train/training-record.ts';
import { isThere } from './sweep-files.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { MATRIX_FILE, readMatrix } from './training-outcome.ts';

/** A run that failed: what it said last. Kept beside the run, for the tables, until it is whole. */
const failureSchema = z.strictObject({ code: z.int().nullable(), said: z.string() });
export type Failure = z.infer<typeof failureSchema>;

const failureText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(failureSchema);

const failureFile = (plan: SweepPlan, run: SweepRun): string => `${plan.placeOf(run)}.failed.json`;

/** Null: it did not fail, or goes on again. */
export const keepFailure = async (plan: SweepPlan, run: SweepRun, failure: Failure | null): Promise<void> => {
  const path = failureFile(plan, run);
  if (failure === null) return await rm(path, { force: true });
  try {
    await makeDirectories(dirname(path));
    await writeAtomically(nodeDisk, path, Buffer.from(`${JSON.stringify(failure, null, 1)}\n`));
  } catch (thrown) {
    throw diskError(path, thrown, null, 'start the same command again');
  }
};

const failureOf = async (plan: SweepPlan, run: SweepRun): Promise<string | null> => {
  const path = failureFile(plan, run);
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errnoOf(thrown) === 'ENOENT') return null;
    throw readError(path, thrown);
  });
  if (text === null) return null;
  const failure = failureText.safeParse(text);
  if (!failure.success) return `failed; ${path}, which said how, is damaged`;
  const { code, said } = failure.data;
  return `failed ${code === null ? 'by a signal' : `with exit code ${code}`}: ${said.replaceAll('\n', ' · ')}`;
};

/** As null where it is not there, or cannot be read: the run makes it anew from its records. */
const matrixIn = async (place: string): Promise<Matrix | null> => {
  if (!(await isThere(join(place, MATRIX_FILE)))) return null;
  try {
    return await readMatrix(place);
  } catch (thrown) {
    if (thrown instanceof SubterfugeError && thrown.code === 'no-matrix') return null;
    throw thrown;
  }
};

const isEnded = (recipe: Recipe, ends: readonly PhaseEnd[]): boolean => {
  const ended = new Set(ends.map(({ phase }) => phase));
  return [...phasesOf(recipe).map(({ id }) => id), ...checkpointsOf(recipe).map(measureId)].every((phase) =>
    ended.has(phase),
  );
};

/** Of the phases as they stand: what was spent on them is counted with them. */
const isOf = ({ tokens, seconds }: Matrix, ends: readonly PhaseEnd[]): boolean =>
  canonicalJson(spentOn(ends)) === canonicalJson({ tokens, seconds });

/**
 * A matrix is written of a run that was stopped, too, and the last one before it stops may have every checkpoint without
 * the measures of the last. They may have come to their end since, and the count after them not. Where the matrix was copied
 * without its run, it is taken at its word.
 */
const isWhole = (recipe: Recipe, matrix: Matrix, ends: readonly PhaseEnd[], isBegun: boolean): boolean =>
  matrix.checkpoints.length === checkpointsOf(recipe).length &&
  (!isBegun || (isEnded(recipe, ends) && isOf(matrix, ends)));

const UNCOUNTED = 'every phase of it ended, and it was not counted since: start the same command again';

const madeOf = async (place: string, ends: readonly PhaseEnd[]): Promise<RunMade | null> => {
  const training = await readTraining(place);
  if (training === null) return null;
  const { recipe, hashes, overseer } = training;
  const builds = ends.flatMap(({ build }) => build ?? []);
  return {
    base: { name: recipe.base, hash: hashes.base },
    overseer: { asked: recipe.overseer, name: overseer },
    builds: [...new Set(builds)],
    isPruned: recipe.stages.length > 0 && !(await isThere(join(place, ROUNDS))),
  };
};

/** The rollouts that a run was trained on. */
const ROUNDS = 'rounds';

/** Deletes what neither the tables nor the reports of a whole run need: `metrics.jsonl` has their counts. */
export const prune = async (place: string): Promise<void> => {
  await rm(join(place, ROUNDS), { recursive: true, force: true });
};

/**
 * A run is whole where every phase of its recipe came to its end and its matrix has every checkpoint. One whose files are
 * damaged is told in its own row, and takes nothing from the others.
 */
export const stateOf = async (plan: SweepPlan, run: SweepRun): Promise<SweepState> => {
  try {
    return await readState(plan, run);
  } catch (thrown) {
    if (!(thrown instanceof SubterfugeError) || thrown.exitCode !== 2) throw thrown;
    const problem = thrown.message.replaceAll('\n', ' · ');
    return { run, matrix: null, monitors: null, isBegun: true, problem, made: null, warnings: [] };
  }
};

/** Of all runs, in their order. */
export const statesOf = async (plan: SweepPlan): Promise<readonly SweepState[]> => {
  const states: SweepState[] = [];
  for (const run of plan.runs) states.push(await stateOf(plan, run));
  return states;
};

const readState = async (plan: SweepPlan, run: SweepRun): Promise<SweepState> => {
  const place = plan.placeOf(run);
  const recipe = plan.recipes.get(run.entry.name);
  const ends = await readPhaseEnds(place);
  const made = await madeOf(place, ends);
  const isBegun = made !== null;
  const matrix = recipe === undefined ? null : await matrixIn(place);
  const warnings = roundWarnings(roundSummaries(ends));
  // Two runs of one seed would be one observation: one that was copied to another's place would end every table.
  if (matrix !== null && matrix.seed !== run.seed) {
    const problem = `its ${MATRIX_FILE} is of seed ${matrix.seed}`;
    return { run, matrix: null, monitors: null, isBegun, problem, made, warnings };
  }
  if (recipe !== undefined && matrix !== null && isWhole(recipe, matrix, ends, isBegun))
    return { run, matrix, monitors: await readMonitors(place), isBegun, problem: null, made, warnings };
  const uncounted = recipe !== undefined && isBegun && isEnded(recipe, ends) ? UNCOUNTED : null;
  const problem = plan.blocked.get(run.entry.name) ?? (await failureOf(plan, run)) ?? uncounted;
  return { run, matrix: null, monitors: null, isBegun, problem, made, warnings };
};
