/** A run of a sweep as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { relative } from 'node:path';
import type { Io } from './io.ts';

/** The same program with the same Node. */
export const thisProgram = (): readonly string[] => [
  process.execPath,
  ...process.execArgv,
  ...process.argv.slice(1, 2),
];

export interface ChildRun {
  /** The file that holds the recipe. */
  readonly recipe: string;
  readonly seed: string;
  readonly dir: string;
}

/** In the place where this one was started. */
export const startRun = (
  io: Io,
  [file = '', ...before]: readonly string[],
  { recipe, seed, dir }: ChildRun,
): ChildProcess => {
  // As seen from where it is started: its report names the command, and is not to tell of this machine's directories.
  const places = { recipe: relative(io.cwd, recipe), out: relative(io.cwd, dir) };
  const args = [...before, 'train', '--recipe', places.recipe, '--seed', seed, '--out', places.out];
  // The channel carries nothing: it closes when this process ends, however it ends, and the run stops (interrupt.ts).
  return spawn(file, args, { cwd: io.cwd, env: { ...io.env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
};

const KEPT_LINES = 20;

/** Calls back with every line of standard error; gives the last ones. */
export const listen = (child: ChildProcess, onLine: (text: string) => void): (() => string) => {
  let rest = '';
  const kept: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines.filter((each) => each.trim() !== '')) {
      kept.push(one);
      if (kept.length > KEPT_LINES) kept.shift();
      onLine(one);
    }
  });
  return () => [...kept, rest].join('\n').trim();
};
