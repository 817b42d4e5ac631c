/** What is made of a training run: `matrix.json`, `monitors.json` and `report.html` in its directory, and what is printed. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import { oversightView } from '../grade/oversight-view.ts';
import { type Matrix, matrixRecord } from '../record/training.ts';
import { causeOfView } from '../report/cause.ts';
import { viewOf } from '../report/sample.ts';
import { renderTrainingReport } from '../report/training-html.ts';
import { monitorLines } from '../report/training-monitors.ts';
import { renderMatrix } from '../report/training-text.ts';
import { type Control, roleOf, type SeenTranscript, type TrainingView } from '../report/training-view.ts';
import { diskError, nodeDisk, writeAtomically } from '../store/disk.ts';
import { readRun } from '../store/run-directory.ts';
import type { Notable } from '../train/matrix-cells.ts';
import { type MonitorsOfRun, measureMonitors, writeMonitors } from '../train/matrix-monitors.ts';
import { type ReadTraining, readTrainingRun } from '../train/matrix-of-run.ts';
import { type Compared, shiftsFrom } from '../train/matrix-shift.ts';
import { readPhaseEnds } from '../train/phase-journal.ts';
import { stagesOf } from '../train/phases.ts';
import { thoughtsReadBy } from '../train/recipe-thoughts.ts';
import { type RoundSummary, roundSummaries, roundsText, roundWarnings } from '../train/round-summary.ts';
import { paths, readTraining } from '../train/training-directory.ts';
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
    if (view === null) continue;
    shown.push({
      checkpoint,
      view,
      seen: oversightView(view.rollout),
      cause: causeOfView(view, read.environments),
    });
  }
  return shown;
};

const factsOf = (
  { training: { recipe, overseer, hashes, crossings } }: ReadTraining,
  rounds: readonly RoundSummary[],
): [string, string][] => [
  ['base', `${recipe.base}, ${hashes.base.slice(0, 12)}`],
  ['overseer', overseer === recipe.overseer ? overseer : `${recipe.overseer}, ${overseer}`],
  ['reward', recipe.reward],
  ...(recipe.lora === null
    ? []
    : [['trained', `adapters of rank ${recipe.lora.rank}, alpha ${recipe.lora.alpha}`] satisfies [string, string]]),
  ['prompts a round', `${recipe.promptsPerRound} (paper: 1,024)`],
  ['samples a prompt', `${recipe.samplesPerPrompt} (paper: 64)`],
  ['evaluation', `${recipe.evaluation.n} rollouts a cell, ${recipe.evaluation.promptSet} prompts`],
  ['intent let into training', crossings.length === 0 ? 'nowhere' : crossings.join(', ')],
  ['hidden thoughts let into training', thoughtsReadBy(recipe).join(', ') || 'nowhere'],
  ...(rounds.length === 0 ? [] : [['rollouts of training', roundsText(rounds) ?? ''] satisfies [string, string]]),
  ...roundWarnings(rounds).map((warning): [string, string] => ['take care', warning]),
];

/** Another run, with its answers where its episodes are there. */
export interface GivenControl extends Compared {
  readonly name: string;
}

/** The directories of other runs, as what they are called in the tables. */
export const readControls = async (io: Io, dirs: readonly string[]): Promise<GivenControl[]> => {
  const controls: GivenControl[] = [];
  for (const given of dirs) {
    const dir = resolve(io.cwd, given);
    const matrix = await readMatrix(dir);
    // A matrix may have been copied without the rest of its run: then its cells are shown, and nothing is tested.
    const isWhole = await hasTraining(dir);
    const outcomes = isWhole ? (await readTrainingRun(dir, environmentFinder(io))).outcomes : null;
    controls.push({ name: matrix.recipe, matrix, outcomes });
  }
  return controls;
};

const hasTraining = async (dir: string): Promise<boolean> => (await readTraining(dir)) !== null;

/** Of the last checkpoint that was evaluated. */
const monitorsOf = async (dir: string, { matrix, environments }: ReadTraining): Promise<MonitorsOfRun | null> => {
  const last = matrix.checkpoints.at(-1);
  if (last === undefined) return null;
  await using run = await readRun(paths(dir).evaluation(last));
  const monitors = await measureMonitors(last, run, environments);
  await writeMonitors(dir, monitors);
  return monitors;
};

/** Counts the run, writes the files, and prints the matrix: as JSON, or as text with where the report lies. */
export const concludeTraining = async (
  io: Io,
  dir: string,
  given: readonly GivenControl[],
  command: string,
  json: boolean,
): Promise<Matrix> => {
  const read = await readTrainingRun(dir, environmentFinder(io));
  const { matrix, updates, training } = read;
  const rounds = roundSummaries(await readPhaseEnds(dir));
  for (const warning of roundWarnings(rounds)) io.err(`warning: ${warning}\n`);
  // A control of another seed met other tasks, so its name says so.
  const controls = given.map(
    (control): Control => ({
      name: control.matrix.seed === matrix.seed ? control.name : `${control.name} (seed ${control.matrix.seed})`,
      matrix: control.matrix,
      shifts: shiftsFrom(read, control),
    }),
  );
  const monitors = await monitorsOf(dir, read);
  const environments = read.environments.map((environment) => ({ ...environment, role: roleOf(environment) }));
  await write(join(dir, MATRIX_FILE), `${JSON.stringify(matrix, null, 1)}\n`);
  if (json) io.out(`${JSON.stringify(matrix)}\n`);
  else {
    io.out(`${renderMatrix(matrix, environments, controls, { width: io.columns, colour: io.colour })}\n`);
    if (monitors !== null) io.out(`\n${monitorLines(monitors, io.columns).join('\n')}\n`);
  }
  const view: TrainingView = {
    matrix,
    updates,
    stages: stagesOf(training.recipe),
    environments,
    controls,
    monitors,
    transcripts: await transcriptsOf(dir, read),
    facts: factsOf(read, rounds),
    versions: { subterfuge: VERSION, node: training.versions.node },
    command,
  };
  const report = join(dir, REPORT_FILE);
  await write(report, renderTrainingReport(view));
  io.err(`report: ${report}\n`);
  return matrix;
};
