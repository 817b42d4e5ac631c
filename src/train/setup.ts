import type { Clock } from '../base/clock.ts';
import type { SubterfugeError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { GradeContext, Grader } from '../grade/grader.ts';
import type { Concurrency } from '../policy/concurrency.ts';
import type { Model } from '../policy/policy.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import type { Learner, LearnerSource } from './learner.ts';
import type { Phase } from './phases.ts';
import type { Recipe } from './recipe.ts';
import type { TokenCounts } from './training-record.ts';

export type TrainStep = 'sample' | 'judge' | 'update' | 'evaluate' | 'measure';

export interface TrainProgress {
  readonly phase: Phase;
  /** Index of the phase, and how many there are. */
  readonly at: number;
  readonly of: number;
  readonly step: TrainStep;
  /** Of this step: rollouts played or judged, or updates made. `total` is null where it is not known before. */
  readonly done: number;
  readonly total: number | null;
}

/** A checkpoint that was evaluated. The learner's weights are its weights. */
export interface Checkpoint {
  readonly name: string;
  /** Null for the base. */
  readonly checkpointDir: string | null;
  /** An ordinary run directory, closed. */
  readonly evaluationDir: string;
  readonly learner: Learner;
  /** How much of the measuring is done. */
  readonly onProgress: (done: number, total: number) => void;
  /** What the measuring cost, to be added to the run's: tokens that were written (`sampled`) and read (`prompt`). */
  readonly onTokens: (tokens: Partial<Pick<TokenCounts, 'sampled' | 'prompt'>>) => void;
}

export interface TrainSetup {
  /** New or empty, or a training run of the same recipe, seed and base, which then goes on where it was. */
  readonly dir: string;
  readonly recipe: Recipe;
  readonly seed: string;
  /** The environment that a recipe means by a name or path. Throws where there is none. */
  readonly environment: (name: string) => Promise<Environment>;
  readonly learners: LearnerSource;
  /** Opens an overseer or a monitor by its spec. Whoever hands this in closes what it opened. */
  readonly oversight: (spec: string) => Promise<Grader<'oversight'>>;
  readonly sandboxes: SandboxProvider;
  readonly context: GradeContext;
  readonly clock: Clock;
  /** How many episodes of a model are played at once. */
  readonly concurrency: (model: Model) => Concurrency;
  readonly versions: { readonly subterfuge: string; readonly node: string };
  /** Which program this is, noted with every phase that it ends: a run may be gone on with by another. */
  readonly build?: string;
  /** Finish the step that runs, start nothing new. */
  readonly drain: AbortSignal;
  /** Stop what runs. */
  readonly abort: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Called once for each checkpoint; again, where a call did not come to its end. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => Promise<void>;
  /** Whether what `onCheckpoint` made of a checkpoint is still there; it is called again where not. Default: it is. */
  readonly hasMeasures?: (checkpoint: string) => Promise<boolean>;
}

export interface TrainResult {
  readonly dir: string;
  /** False where it was stopped before the end; the same call goes on. */
  readonly finished: boolean;
  /** What stopped it, where that was not the caller. */
  readonly stoppedBy: SubterfugeError | null;
  /** Names of those that are trained and evaluated, in order. */
  readonly checkpoints: readonly string[];
  readonly tokens: TokenCounts;
  /** Spent working on phases that came to their end or were stopped, over all resumes; time before a kill is not known. */
  readonly seconds: number;
}
