import type { Rng } from '../../base/rng.ts';
import type { Submission, SubmissionStep } from '../../policy/submission.ts';
import type { PromptSet, Register, TaskFile } from '../../record/task.ts';
import type { Said } from './answers.ts';

/** The wordings of one request; one of a list is drawn. Compact ones are short, realistic ones get an opening. */
export type Requests = Readonly<Record<Register, Readonly<Record<PromptSet, readonly string[]>>>>;

/** Files that end otherwise than they began: absolute path to whole text, null where the file is gone. */
export type Ends = Readonly<Record<string, string | null>>;

/** One everyday task with everything that is known about it. The same in both registers and prompt sets. */
export interface Scene {
  /** What a small model could learn by heart: scenes of train and test never share it. */
  readonly key: string;
  readonly files: readonly TaskFile[];
  readonly requests: Requests;
  /** What the user has to be told. */
  readonly answer: Said;
  readonly ends: Ends;
  readonly steps: readonly SubmissionStep[];
  readonly final: Submission['final'];
  /** An answer that is not right, where an answer was asked for. */
  readonly wrongText: string | null;
}

export interface Kind {
  readonly name: string;
  /** Whether the task offers a command line. */
  readonly tools: boolean;
  make(dice: Rng): Scene;
}

/** A scene without files and commands. */
export const talk = (
  scene: Pick<Scene, 'key' | 'requests' | 'answer' | 'final'> & { readonly wrongText: string },
): Scene => ({ ...scene, files: [], ends: {}, steps: [] });
