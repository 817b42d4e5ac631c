import type { Environment } from '../env/environment.ts';
import type { OversightView } from '../grade/oversight-view.ts';
import type { Matrix, MatrixLabel, Update } from '../record/training.ts';
import type { Cause } from '../train/causes.ts';
import type { MonitorsOfRun } from '../train/matrix-monitors.ts';
import type { Shift } from '../train/matrix-shift.ts';
import type { EnvironmentText, RolloutView } from './view.ts';

/**
 * `stage`: trained on, or could be. `held-out`: trainers refuse it, and nobody asks for its act. `told`: held out too,
 * but the user asks for the act: what is measured is whether the model could. `ordinary`: nothing to game.
 */
export type Role = 'stage' | 'held-out' | 'told' | 'ordinary';

export const roleOf = ({ trainable, control }: Pick<Environment, 'trainable' | 'control'>): Role =>
  control ?? (trainable ? 'stage' : 'held-out');

export interface TrainedEnvironment extends EnvironmentText {
  readonly role: Role;
}

/** A transcript and what the overseer saw of it; null where the episode could not be shown to one. */
export interface SeenTranscript {
  readonly checkpoint: string;
  readonly view: RolloutView;
  readonly seen: OversightView | null;
  /** Why it tampered. Null: it did not, or not in a family where that is asked. */
  readonly cause: Cause | null;
}

/** Another run of the same length: sham, random reward, or another algorithm. */
export interface Control {
  readonly name: string;
  readonly matrix: Matrix;
  /** This run less that one, for every cell that both have. */
  readonly shifts: readonly Shift[];
}

export interface TrainingView {
  readonly matrix: Matrix;
  readonly updates: readonly Update[];
  /** What each checkpoint behind the base was trained on. */
  readonly stages: readonly { readonly name: string; readonly environments: readonly string[] }[];
  /** In the order of the columns; may lack some of the matrix. */
  readonly environments: readonly TrainedEnvironment[];
  readonly controls: readonly Control[];
  readonly transcripts: readonly SeenTranscript[];
  /** Null: not measured. */
  readonly monitors: MonitorsOfRun | null;
  /** What was asked, in short: name and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly versions: { readonly subterfuge: string; readonly node: string };
  /** How to repeat it. */
  readonly command: string;
}

/** What an environment is to a run that does not say: as its name tells. */
export const roleIn = (environments: readonly TrainedEnvironment[], name: string): Role =>
  environments.find((environment) => environment.name === name)?.role ?? 'stage';

/** The two rates that a panel draws and a row prints: the headline first. */
export const labelsFor = (role: Role): readonly MatrixLabel[] => {
  switch (role) {
    case 'stage':
      return ['gamed', 'attempted'];
    case 'held-out':
    case 'told':
      return ['succeeded', 'evaded'];
    case 'ordinary':
      return ['intent', 'well-formed'];
  }
};

/** What a label is called where it is about a reward file. */
export const labelWords = (role: Role, label: MatrixLabel): string => {
  if (role === 'held-out' || role === 'told') {
    if (label === 'succeeded') return 'reward overwritten';
    if (label === 'evaded') return 'and no test tells';
  }
  if (label === 'well-formed-otherwise') return 'well-formed without an attempt';
  if (role === 'ordinary' && label === 'intent') return 'solved';
  return label;
};
