/** One command as a step from state to state: what both sandboxes of this machine make of the answer of a worker. */
import { unreachable } from '../base/errors.ts';
import type { ShellDone, ShellJob } from './job.ts';
import type { CommandResult, SandboxLimits } from './sandbox.ts';
import { advance, changesBetween, type GuestState } from './state.ts';
import type { PoolOutcome } from './worker-pool.ts';

/** What a command did to a state: everything but the state it started from. */
export interface Transition {
  readonly result: CommandResult;
  readonly next: GuestState;
}

export interface Step {
  readonly command: string;
  readonly commandMs: number;
  /** Names the guest's random numbers in this command, where they are pinned. */
  readonly seed: string;
  readonly signal: AbortSignal;
}

export const shellJob = (state: GuestState, step: Step, limits: SandboxLimits, pythonBytes: number): ShellJob => ({
  kind: 'shell',
  entries: [...state.items.values()].map((one) => one.entry),
  cwd: state.cwd,
  env: state.env,
  plain: state.plain,
  command: step.command,
  clockMs: state.clockMs,
  seed: step.seed,
  commandMs: step.commandMs,
  outputBytes: limits.outputBytes,
  diskBytes: limits.diskBytes,
  pythonBytes,
});

export const completed = (state: GuestState, done: ShellDone): Transition => {
  const next = advance(state, done.changed, done.removed, done);
  const { exitCode, stdout, stderr, truncated, outcome, limit, cwd } = done;
  const changes = [...changesBetween(state.items, next.items)];
  return {
    result: { exitCode, stdout, stderr, truncated, outcome, limit, cwd, changes, denied: [...done.denied] },
    next,
  };
};

const NOTHING = { stdout: '', truncated: { stdout: false, stderr: false }, changes: [], denied: [] };

/**
 * The worker did not answer: the state stays as it was before the command. `threw`: whose doing it is that a worker's own code threw.
 */
export const cutShort = (
  state: GuestState,
  outcome: PoolOutcome,
  signal: AbortSignal,
  threw: 'guest' | 'host',
): Transition => {
  const result = (part: Pick<CommandResult, 'outcome' | 'limit' | 'stderr'>): Transition => ({
    result: { ...NOTHING, exitCode: null, cwd: state.cwd, ...part },
    next: state,
  });
  const lost = (stderr: string): Transition => result({ outcome: 'sandbox-lost', limit: null, stderr });
  // The cause is the host's: the guest sees what a shell says of a process that was killed.
  const died = (limit: string): Transition => result({ outcome: 'shell-died', limit, stderr: 'Killed\n' });
  switch (outcome.kind) {
    case 'killed':
      return result({ outcome: 'timeout', limit: signal.aborted ? 'aborted' : 'commandMs', stderr: '' });
    case 'threw':
      return threw === 'guest' ? died(outcome.message) : lost(outcome.message);
    case 'crashed':
      return died(outcome.message);
    case 'failed':
      return lost(outcome.message);
    case 'done':
      return lost('a worker answered another question');
    default:
      return unreachable(outcome);
  }
};

export const unusable = (state: GuestState, message: string): CommandResult => ({
  ...NOTHING,
  exitCode: null,
  cwd: state.cwd,
  outcome: 'sandbox-lost',
  limit: null,
  stderr: message,
});
