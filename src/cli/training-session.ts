/** What a training run needs of this machine, opened and closed around it. */
import { fixedConcurrency } from '../policy/concurrency.ts';
import { type Display, showState } from '../report/progress.ts';
import { renderTrainingProgress, shareDone, type TrainingCounts, trainingLine } from '../report/training-progress.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { hasMeasures, measureCheckpoint } from '../train/dense-checkpoint.ts';
import { engineLearners } from '../train/engine-learner.ts';
import { phasesOf } from '../train/phases.ts';
import type { Recipe } from '../train/recipe.ts';
import { adaptersOf } from '../train/recipe-lora.ts';
import { resolveEnvironments } from '../train/resolve-environments.ts';
import type { TrainProgress, TrainResult, TrainSetup } from '../train/setup.ts';
import { train } from '../train/train.ts';
import { interruptible, whenOrphaned } from './interrupt.ts';
import type { Io } from './io.ts';
import { oversightOpener } from './oversight.ts';
import { programHash } from './program-hash.ts';
import { environmentFinder } from './training-environment.ts';
import { VERSION } from './version.ts';

export interface TrainingJob {
  readonly dir: string;
  readonly recipe: Recipe;
  readonly seed: string;
  readonly quiet: boolean;
}

const display = (io: Io, quiet: boolean): Display<TrainingCounts> =>
  showState(
    { stream: io.errStream, clock: io.clock, mode: quiet ? 'silent' : io.errIsTerminal ? 'live' : 'lines' },
    { live: renderTrainingProgress, line: trainingLine },
  );

/** Trains, or goes on with what is in the directory. The first Ctrl-C drains, the second stops at once. */
export const runTraining = async (io: Io, job: TrainingJob): Promise<TrainResult> => {
  const find = environmentFinder(io);
  const { recipe, environments } = await resolveEnvironments(job.recipe, find);
  await using opened = new AsyncDisposableStack();
  const learners = opened.use(
    await engineLearners({
      base: recipe.base,
      valueHead: recipe.algorithm.startsWith('ppo'),
      trainingWorkers: recipe.threads,
      samplingWorkers: recipe.threads,
      ...adaptersOf(recipe, job.seed),
    }),
  );
  const sandboxes = opened.use(simulatedSandbox());
  const python = opened.use(wasmPython());
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  using orphaned = whenOrphaned();
  using shown = display(io, job.quiet);
  const phases = phasesOf(recipe);
  let from: number | null = null;
  const onProgress = (progress: TrainProgress): void => {
    const share = shareDone(phases, progress);
    from ??= share;
    shown.update({ progress, share, from });
  };
  const shared = {
    dir: job.dir,
    recipe: job.recipe,
    seed: job.seed,
    sandboxes,
    context: { python },
    clock: io.clock,
    concurrency: (model) => fixedConcurrency(model.maxConcurrency),
    versions: { subterfuge: VERSION, node: process.version },
    build: await programHash(),
    drain: interrupt.drain,
    abort: AbortSignal.any([interrupt.abort, orphaned.signal]),
  } satisfies Partial<TrainSetup>;
  const evaluated = recipe.evaluation.environments.flatMap((name) => environments.get(name) ?? []);
  return await train({
    ...shared,
    environment: find,
    learners,
    oversight: oversightOpener(io, job.seed, recipe.threads, opened),
    onProgress,
    hasMeasures: (checkpoint) => hasMeasures(job.dir, checkpoint),
    onCheckpoint: (checkpoint) => measureCheckpoint({ ...shared, recipe, environments: evaluated }, checkpoint),
  });
};
