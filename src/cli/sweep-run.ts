/** Drives the runs of a sweep, each in a process of its own: one that dies takes nothing else with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { runError } from '../base/errors.ts';
import { truncate } from '../base/terminal.ts';
import { line } from '../report/clip.ts';
import { type Display, showState } from '../report/progress.ts';
import { duration } from '../report/progress-text.ts';
import type { SweepRun } from '../train/sweep.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { type SweepPlan, stateOf } from './sweep-plan.ts';

export interface SweepDrive {
  readonly jobs: number;
  readonly quiet: boolean;
  readonly onRunEnded: () => Promise<void>;
}

interface Shown {
  readonly done: number;
  readonly total: number;
  /** Of the done, how many were there when this process began. */
  readonly resumed: number;
  /** What each run that is under way said last. */
  readonly saying: readonly string[];
}

/** `3/46 runs · 1h 12m · 17h 30m left`, from the runs that ended in this process. */
const headline = ({ done, total, resumed, elapsedMs }: Shown & { readonly elapsedMs: number }): string => {
  const fresh = done - resumed;
  const left = fresh === 0 ? '' : ` · about ${duration((elapsedMs / fresh) * (total - done))} left`;
  return `${done}/${total} runs · ${duration(elapsedMs)}${left}`;
};

const display = (io: Io, quiet: boolean): Display<Shown> =>
  showState<Shown>(
    // A sweep takes days; a log needs a line a minute.
    {
      stream: io.errStream,
      clock: io.clock,
      mode: quiet ? 'silent' : io.errIsTerminal ? 'live' : 'lines',
      ...(io.errIsTerminal ? {} : { everyMs: 60_000 }),
    },
    {
      live: (state, columns) => [headline(state), ...state.saying].map((text) => truncate(text, columns)).join('\n'),
      line: (state) => [headline(state), ...state.saying].join(' · '),
    },
  );

/** Runs what is not whole yet, `jobs` at a time, in order. Returns when all ended or it was stopped. */
export const runSweep = async (io: Io, plan: SweepPlan, { jobs, quiet, onRunEnded }: SweepDrive): Promise<void> => {
  const open: SweepRun[] = [];
  for (const run of plan.runs) if ((await stateOf(plan, run)).matrix === null) open.push(run);
  const total = plan.runs.length;
  const resumed = total - open.length;
  let done = resumed;
  const children = new Set<ChildProcess>();
  const saying = new Map<string, string>();
  const failures: string[] = [];
  let reporting: Promise<void> = Promise.resolve();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  // Ctrl-C at a terminal reaches the runs by itself; a signal to this process alone is passed on.
  const pass = (): void => {
    for (const child of children) child.kill('SIGINT');
  };
  interrupt.drain.addEventListener('abort', pass);
  interrupt.abort.addEventListener('abort', pass);
  using shown = display(io, quiet);
  const draw = (): void => shown.update({ done, total, resumed, saying: [...saying.values()] });
  draw();

  const drive = async (): Promise<void> => {
    for (;;) {
      const run = open.shift();
      if (run === undefined || interrupt.drain.aborted) return;
      const child = startRun(io, plan.fileOf(run.entry), run.seed, plan.placeOf(run));
      children.add(child);
      const said = listen(child, (text) => {
        saying.set(run.place, `${run.place} ${line(text)}`);
        draw();
      });
      const [code] = (await once(child, 'close')) as [number | null];
      children.delete(child);
      saying.delete(run.place);
      if (code === 0) done++;
      draw();
      // One at a time: two that end together must not write the same file at once.
      reporting = reporting.then(onRunEnded);
      await reporting;
      if (code === 0 || interrupt.drain.aborted) continue;
      failures.push(`${run.place} failed${code === null ? '' : ` with exit code ${code}`}:\n${said()}`);
      // Bad input is most likely bad for all of them.
      if (code === BAD_INPUT) open.length = 0;
    }
  };
  await Promise.all(Array.from({ length: jobs }, drive));
  if (failures.length === 0) return;
  throw runError({
    code: 'run-failed',
    what: `${failures.length} of the runs of this sweep failed.\n${failures.join('\n\n')}`,
    todo: 'Put that right and start the same command again: what is finished is kept.',
  });
};

const BAD_INPUT = 2;

/** The same program with the same Node, in the place where this one was started. */
const startRun = (io: Io, recipe: string, seed: string, dir: string): ChildProcess => {
  const [entry = ''] = process.argv.slice(1);
  const args = [...process.execArgv, entry, 'train', '--recipe', recipe, '--seed', seed, '--out', dir];
  return spawn(process.execPath, args, { cwd: io.cwd, env: { ...io.env }, stdio: ['ignore', 'ignore', 'pipe'] });
};

const KEPT_LINES = 20;

/** Calls back with every line of standard error; gives the last ones. */
const listen = (child: ChildProcess, onLine: (text: string) => void): (() => string) => {
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
