/** Drives the runs of a sweep, each in a process of its own: one that dies takes nothing else with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { runError, SubterfugeError } from '../base/errors.ts';
import { truncate } from '../base/terminal.ts';
import { line } from '../report/clip.ts';
import { type Display, showState } from '../report/progress.ts';
import { duration } from '../report/progress-text.ts';
import { takeLock } from '../store/lock.ts';
import type { SweepRun } from '../train/sweep.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { type SweepPlan, stateOf } from './sweep-plan.ts';

export interface SweepDrive {
  readonly jobs: number;
  readonly quiet: boolean;
  readonly onRunEnded: () => Promise<void>;
  /** What is started for a run, with the arguments of `subterfuge train` behind it. Default: this program. */
  readonly program?: readonly string[];
  /** Between two looks at a run that another process has open. */
  readonly waitMs?: number;
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

/** Whether another process has this run open: one that a killed sweep left behind goes on by itself. */
const isOpenElsewhere = async (place: string, clock: Clock): Promise<boolean> => {
  const isThere = await stat(place).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  try {
    await using _free = await takeLock(place, clock);
    return false;
  } catch (thrown) {
    if (thrown instanceof SubterfugeError && thrown.code === 'run-is-open') return true;
    throw thrown;
  }
};

/** Runs what is not whole yet, `jobs` at a time, in order. Returns when all ended or it was stopped. */
export const runSweep = async (io: Io, plan: SweepPlan, drive: SweepDrive): Promise<void> => {
  const { jobs, quiet, onRunEnded, program = thisProgram(), waitMs = WAIT_MS } = drive;
  const open: SweepRun[] = [];
  for (const run of plan.runs) if ((await stateOf(plan, run)).matrix === null) open.push(run);
  const total = plan.runs.length;
  const resumed = total - open.length;
  let done = resumed;
  const children = new Set<ChildProcess>();
  const saying = new Map<string, string>();
  const failures: string[] = [];
  let reporting: Promise<void> = Promise.resolve();
  // What must end the whole sweep, so that no child runs on unwatched.
  const broken = new AbortController();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  const stop = AbortSignal.any([interrupt.drain, broken.signal]);
  // Ctrl-C at a terminal reaches the runs by itself; a signal to this process alone is passed on.
  const pass = (): void => {
    for (const child of children) child.kill('SIGINT');
  };
  stop.addEventListener('abort', pass);
  interrupt.abort.addEventListener('abort', pass);
  using shown = display(io, quiet);
  const draw = (): void => shown.update({ done, total, resumed, saying: [...saying.values()] });
  draw();

  const isFree = async (run: SweepRun): Promise<boolean> => {
    while (!stop.aborted) {
      if (!(await isOpenElsewhere(plan.placeOf(run), io.clock))) return true;
      saying.set(run.place, `${run.place} is still run by a process that an earlier sweep left; waiting for it`);
      draw();
      await setTimeout(waitMs, undefined, { signal: stop }).catch((thrown: unknown) => {
        if (!stop.aborted) throw thrown;
      });
    }
    return false;
  };

  /** Exit code of the run, null where a signal ended it, with what it said last. */
  const played = async (run: SweepRun): Promise<{ code: number | null; said: string }> => {
    const child = startRun(io, program, plan.fileOf(run.entry), run.seed, plan.placeOf(run));
    children.add(child);
    const said = listen(child, (text) => {
      saying.set(run.place, `${run.place} ${line(text)}`);
      draw();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    children.delete(child);
    return { code, said: said() };
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const run = open.shift();
      if (run === undefined || stop.aborted) return;
      if (!(await isFree(run))) return;
      const { code, said } = await played(run);
      saying.delete(run.place);
      if (code === 0) done++;
      draw();
      // One at a time: two that end together must not write the same file at once.
      reporting = reporting.then(onRunEnded);
      await reporting;
      if (code === 0 || stop.aborted) continue;
      // Somebody was faster with the lock: that is no fault of the run.
      if (code === BAD_INPUT && (await isOpenElsewhere(plan.placeOf(run), io.clock))) {
        open.unshift(run);
        continue;
      }
      failures.push(`${run.place} failed${code === null ? '' : ` with exit code ${code}`}:\n${said}`);
      // Bad input is most likely bad for all of them.
      if (code === BAD_INPUT) open.length = 0;
    }
  };
  const ends = await Promise.allSettled(
    Array.from({ length: jobs }, () =>
      work().catch((thrown: unknown) => {
        broken.abort(thrown);
        throw thrown;
      }),
    ),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  if (failures.length === 0) return;
  throw runError({
    code: 'run-failed',
    what: `${failures.length} of the runs of this sweep failed.\n${failures.join('\n\n')}`,
    todo: 'Put that right and start the same command again: what is finished is kept.',
  });
};

const BAD_INPUT = 2;
/** Between two looks at a run that another process has open. */
const WAIT_MS = 10_000;

/** The same program with the same Node. */
const thisProgram = (): readonly string[] => [process.execPath, ...process.execArgv, ...process.argv.slice(1, 2)];

/** In the place where this one was started. */
const startRun = (
  io: Io,
  [file = '', ...before]: readonly string[],
  recipe: string,
  seed: string,
  dir: string,
): ChildProcess => {
  const args = [...before, 'train', '--recipe', recipe, '--seed', seed, '--out', dir];
  // The channel carries nothing: it closes when this process ends, however it ends, and the run stops (interrupt.ts).
  return spawn(file, args, { cwd: io.cwd, env: { ...io.env }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
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
