import { type Clock, systemClock } from '../base/clock.ts';
import type { ProgressStream } from '../report/progress.ts';

/** Everything that a command touches outside itself, so that tests can hand in their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly errStream: ProgressStream;
  /** Whether standard error is a terminal. */
  readonly errIsTerminal: boolean;
  readonly columns: number;
  readonly colour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
}

const WIDE = 100;

export const processIo = (): Io => {
  const { stdout, stderr, env } = process;
  const colour = stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== 'dumb';
  return {
    out: (text) => {
      stdout.write(text);
    },
    err: (text) => {
      stderr.write(text);
    },
    errStream: stderr,
    errIsTerminal: stderr.isTTY === true,
    columns: stdout.columns ?? WIDE,
    colour,
    env,
    cwd: process.cwd(),
    clock: systemClock,
  };
};
