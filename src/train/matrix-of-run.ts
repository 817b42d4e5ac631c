/** The matrix of a training run, from its directory alone: whatever was evaluated so far, in the order of training. */
import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { Matrix, Update } from '../record/training.ts';
import { readRun } from '../store/run-directory.ts';
import { readMeasures } from './dense-checkpoint.ts';
import { countMatrix } from './matrix.ts';
import type { Notable, Outcomes } from './matrix-cells.ts';
import { readPhaseEnds, spentOn } from './phase-journal.ts';
import { checkpointsOf, measureId } from './phases.ts';
import { resolveEnvironments } from './resolve-environments.ts';
import { paths, readTraining } from './training-directory.ts';
import type { Training } from './training-record.ts';

export interface ReadTraining {
  readonly training: Training;
  readonly matrix: Matrix;
  readonly notable: readonly Notable[];
  readonly outcomes: Outcomes;
  readonly updates: readonly Update[];
  /** Those of the evaluation, in the order of the columns. */
  readonly environments: readonly Environment[];
  /** False where a phase of the recipe is still to be done. A caller's own measures are no such phase. */
  readonly isWhole: boolean;
}

/** Throws `no-training` (exit code 2) where the directory holds none, or none with an evaluated checkpoint. */
export const readTrainingRun = async (
  dir: string,
  find: (name: string) => Promise<Environment>,
): Promise<ReadTraining> => {
  const training = await readTraining(dir);
  if (training === null) throw nothingThere(dir, 'no training.json');
  const { recipe, environments: known } = await resolveEnvironments(training.recipe, find);
  const environments = recipe.evaluation.environments.flatMap((name) => known.get(name) ?? []);
  const ends = await readPhaseEnds(dir);
  const isEnded = (phase: string): boolean => ends.some((end) => end.phase === phase);
  const weightsAt = (phase: string): string | null => ends.findLast((end) => end.phase === phase)?.weights ?? null;
  const checkpoints = checkpointsOf(recipe).filter((name) => isEnded(`evaluate/${name}`));
  if (checkpoints.length === 0) throw nothingThere(dir, 'no checkpoint has been evaluated yet');

  const evaluations = [];
  const dense: Matrix['dense'] = [];
  await using open = new AsyncDisposableStack();
  for (const checkpoint of checkpoints) {
    evaluations.push({ checkpoint, store: open.use(await readRun(paths(dir).evaluation(checkpoint))) });
    const measures = await readMeasures(dir, checkpoint, weightsAt(measureId(checkpoint)));
    dense.push(...measures.map(({ measure, estimate }) => ({ checkpoint, measure, estimate })));
  }
  const { tokens, seconds } = spentOn(ends);
  const { matrix, notable, outcomes } = await countMatrix({
    recipe: recipe.name,
    algorithm: recipe.algorithm,
    seed: training.seed,
    evaluations,
    environments,
    dense,
    tokens,
    seconds,
  });
  const updates = ends.flatMap((end) => end.updates);
  const isWhole = checkpoints.length === checkpointsOf(recipe).length;
  return { training, matrix, notable, outcomes, updates, environments, isWhole };
};

const nothingThere = (dir: string, given: string): Error =>
  inputError({
    code: 'no-training',
    what: `There is no training run to count in ${dir}.`,
    given,
    allowed: 'the directory of a training run whose base has been evaluated',
    todo: 'Start one: subterfuge train --recipe curriculum --out DIR',
  });
