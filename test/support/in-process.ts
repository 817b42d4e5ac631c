import { type Clock, systemClock } from '../../src/base/clock.ts';
import { run } from '../../src/cli/main.ts';
import type { ProgressStream } from '../../src/report/progress.ts';

/** Sleeps for no time at all, and reads as if it had: for what waits between tries. */
export const impatientClock = (): Clock => {
  let sleptMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + sleptMs,
    sleep: async (ms, signal) => {
      await systemClock.sleep(0, signal);
      sleptMs += ms;
    },
  };
};

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command line without a process of its own: for what a command says and gives, not for how a process ends, is stopped
 * or killed. What shows progress is told where to.
 */
export const command = async (
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly clock?: Clock;
    /** Where progress goes. */
    readonly errStream?: ProgressStream;
  },
): Promise<CommandResult> => {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    errStream: options.errStream ?? process.stderr,
    errIsTerminal: false,
    columns: 100,
    colour: false,
    env: { HOME: options.cwd, ...options.env },
    cwd: options.cwd,
    clock: options.clock ?? systemClock,
  });
  return { code, stdout, stderr };
};
