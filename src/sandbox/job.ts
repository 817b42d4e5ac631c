import type { CommandOutcome, DeniedWrite } from '../record/rollout.ts';

/**
 * What the host and its workers say to each other. A job holds everything that its result depends on, so any worker can
 * do any job and a killed worker takes nothing with it.
 */

/** One path of a state. `data`: bytes of a file, target of a symlink, null for a directory. */
export interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly mtimeMs: number;
  readonly data: Uint8Array | string | null;
}

export interface ShellJob {
  readonly kind: 'shell';
  readonly entries: readonly Entry[];
  readonly cwd: string;
  readonly env: readonly (readonly [string, string])[];
  /** Shell variables that are not exported. */
  readonly plain: readonly (readonly [string, string])[];
  readonly command: string;
  /** The guest's clock as the command starts. */
  readonly clockMs: number;
  /** Names the guest's random numbers in this command. */
  readonly seed: string;
  readonly commandMs: number;
  readonly outputBytes: number;
  readonly diskBytes: number;
  readonly pythonBytes: number;
}

export interface ShellDone {
  readonly kind: 'shell';
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: { readonly stdout: boolean; readonly stderr: boolean };
  readonly outcome: Exclude<CommandOutcome, 'sandbox-lost'>;
  readonly limit: string | null;
  readonly cwd: string;
  readonly env: readonly (readonly [string, string])[];
  readonly plain: readonly (readonly [string, string])[];
  readonly changed: readonly Entry[];
  readonly removed: readonly string[];
  readonly denied: readonly DeniedWrite[];
  /** The guest's clock as the command ended. */
  readonly clockMs: number;
  /** Whether a random number was drawn: then the result holds for this seed only. */
  readonly drew: boolean;
  /** Whether the same job always ends so; not where a stack or a deadline cut it. */
  readonly repeatable: boolean;
}

export interface PythonJob {
  readonly kind: 'python';
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly main: string;
  readonly timeoutMs: number;
  readonly outputBytes: number;
  readonly diskBytes: number;
  readonly memoryBytes: number;
}

export interface PythonDone {
  readonly kind: 'python';
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly limit: string | null;
  readonly timedOut: boolean;
}

export type Job = ShellJob | PythonJob;
export type Done = ShellDone | PythonDone;

export interface Request {
  readonly id: number;
  readonly job: Job;
}

export type Reply =
  /** Loaded, and can hear. */
  | { readonly ready: true }
  | { readonly id: number; readonly done: Done }
  /** The worker's own code threw: a bug of ours, not of the guest. */
  | { readonly id: number; readonly error: string };
