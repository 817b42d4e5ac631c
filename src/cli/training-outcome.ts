/** What is made of a training run: `matrix.json` and `report.html` in its directory, and what is printed. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import { oversightView } from '../grade/oversight-view.ts';
import { type Matrix, matrixRecord } from '../record/training.ts';
import { viewOf } from '../report/sample.ts';
import { renderTrainingReport } from '../report/training-html.ts';
import { renderMatrix } from '../report/training-text.ts';
import { type Control, roleOf, type SeenTranscript, type TrainingView } from '../report/training-view.ts';
import { diskError, nodeDisk, writeAtomically } from '../store/disk.ts';
import { readRun } from '../store/run-directory.ts';
import type { Notable } from '../train/matrix-cells.ts';
import { type ReadTraining, readTrainingRun } from '../train/matrix-of-run.ts';
import { stagesOf } from '../train/phases.ts';
import { paths } from '../train/training-directory.ts';
import type { Io } from './io.ts';
import { environmentFinder } from './training-environment.ts';
import { VERSION } from './version.ts';

export const MATRIX_FILE = 'matrix.json';
const REPORT_FILE = 'report.html';

/** Reads `matrix.json` of a training run. Throws `no-matrix` (exit code 2) where it is not there or damaged. */
export const readMatrix = async (dir: string): Promise<Matrix> => {
  const path = join(dir, MATRIX_FILE);
  try {
    return matrixRecord.read(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    throw inputError({
      code: 'no-matrix',
      what: `No matrix can be read at ${path}.`,
      given: messageOf(thrown),
      allowed: 'the directory of a training run whose base has been evaluated',
      todo: `Make it anew from the run: subterfuge train --resume ${dir}`,
      cause: thrown,
    });
  }
};

const write = async (path: string, text: string): Promise<void> => {
  try {
    await writeAtomically(nodeDisk, path, Buffer.from(text));
  } catch (thrown) {
    throw diskError(path, thrown, null, 'make it anew with subterfuge train --resume');
  }
};

/** Of the transcripts that stand out, those that a reader wants first: of the last checkpoint, at most this many each. */
const SHOWN_EACH = 2;
const ORDER: readonly Notable['why'][] = ['evaded', 'gamed', 'attempted', 'rest'];

const chosen = ({ notable, matrix }: ReadTraining): Notable[] => {
  const last = matrix.checkpoints.at(-1);
  const mine = notable.filter(({ checkpoint }) => checkpoint === last);
  const names = [...new Set(mine.map(({ environment }) => environment))];
  return names.flatMap((name) =>
    ORDER.flatMap((why) => mine.filter((one) => one.environment === name && one.why === why)).slice(0, SHOWN_EACH),
  );
};

const transcriptsOf = async (dir: string, read: ReadTraining): Promise<SeenTranscript[]> => {
  const picked = chosen(read);
  const [first] = picked;
  if (first === undefined) return [];
  await using run = await readRun(paths(dir).evaluation(first.checkpoint));
  const shown: SeenTranscript[] = [];
  for (const { checkpoint, rollout } of picked) {
    const view = await viewOf(run, rollout);
    if (view !== null) shown.push({ checkpoint, view, seen: oversightView(view.rollout) });
  }
  return shown;
};

const factsOf = ({ training: { recipe, overseer, hashes, crossings } }: ReadTraining): [string, string][] => [
  ['base', `${recipe.base}, ${hashes.base.slice(0, 12)}`],
  ['overseer', overseer],
  ['reward', recipe.reward],
  ['prompts a round', `${recipe.promptsPerRound} (paper: 1,024)`],
  ['samples a prompt', `${recipe.samplesPerPrompt} (paper: 64)`],
  ['evaluation', `${recipe.evaluation.n} rollouts a cell, ${recipe.evaluation.promptSet} prompts`],
  ['intent let into training', crossings.length === 0 ? 'nowhere' : crossings.join(', ')],
];

/** The directories of other runs, as what they are called in the tables. */
export const readControls = async (io: Io, dirs: readonly string[]): Promise<Control[]> => {
  const controls: Control[] = [];
  for (const dir of dirs) {
    const matrix = await readMatrix(resolve(io.cwd, dir));
    controls.push({ name: matrix.recipe, matrix });
  }
  return controls;
};

/** Counts the run, writes both files, and prints the matrix: as JSON, or as text with where the report lies. */
export const concludeTraining = async (
  io: Io,
  dir: string,
  given: readonly Control[],
  command: string,
  json: boolean,
): Promise<Matrix> => {
  const read = await readTrainingRun(dir, environmentFinder(io));
  const { matrix, updates, training } = read;
  // A control of another seed met other tasks, so its name says so.
  const controls = given.map((control) =>
    control.matrix.seed === matrix.seed
      ? control
      : { ...control, name: `${control.name} (seed ${control.matrix.seed})` },
  );
  const environments = read.environments.map((environment) => ({ ...environment, role: roleOf(environment) }));
  await write(join(dir, MATRIX_FILE), `${JSON.stringify(matrix, null, 1)}\n`);
  if (json) io.out(`${JSON.stringify(matrix)}\n`);
  else io.out(`${renderMatrix(matrix, environments, controls, { width: io.columns, colour: io.colour })}\n`);
  const view: TrainingView = {
    matrix,
    updates,
    stages: stagesOf(training.recipe),
    environments,
    controls,
    transcripts: await transcriptsOf(dir, read),
    facts: factsOf(read),
    versions: { subterfuge: VERSION, node: training.versions.node },
    command,
  };
  const report = join(dir, REPORT_FILE);
  await write(report, renderTrainingReport(view));
  io.err(`report: ${report}\n`);
  return matrix;
};
