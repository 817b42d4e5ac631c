/** Drives the runs of a sweep, each in a process of its own: one that dies takes nothing else with it. */
import type { ChildProcess } from 'node:child_process';
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
import type { SweepRun } from '../train/sweep-runs.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import { listen, startRun, thisProgram } from './sweep-child.ts';
import { freeBytes, requireRoom } from './sweep-disk.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { keepFailure, prune, stateOf } from './sweep-state.ts';

export interface SweepDrive {
  /** Those of the plan that are asked for, in their order. */
  readonly runs: readonly SweepRun[];
  readonly jobs: number;
  /** Delete of each run that is whole what neither tables nor reports need. */
  readonly prune: boolean;
  /** Have runs that are whole made their matrix and report again from their records. */
  readonly recount: boolean;
  readonly quiet: boolean;
  readonly onRunEnded: () => Promise<void>;
  /** What is started for a run, with the arguments of `subterfuge train` behind it. Default: this program. */
  readonly program?: readonly string[];
  /** Between two looks at a run that another process has open. */
  readonly waitMs?: number;
  /** Bytes that are free where the runs go. Default: what the disk says. */
  readonly free?: (dir: string) => Promise<number>;
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
  const { jobs, quiet, onRunEnded, program = thisProgram(), waitMs = WAIT_MS, free = freeBytes } = drive;
  const runs = drive.runs.filter(({ entry }) => !plan.blocked.has(entry.name));
  const open: SweepRun[] = [];
  for (const run of runs) {
    const isWhole = (await stateOf(plan, run)).matrix !== null;
    if (isWhole && drive.prune) await prune(plan.placeOf(run));
    if (!isWhole || drive.recount) open.push(run);
  }
  const total = runs.length;
  const resumed = total - open.length;
  let done = resumed;
  const children = new Map<ChildProcess, SweepRun>();
  const saying = new Map<string, string>();
  const failures: string[] = [];
  const noRoom: SubterfugeError[] = [];
  let reporting: Promise<void> = Promise.resolve();
  // What must end the whole sweep, so that no child runs on unwatched.
  const broken = new AbortController();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  const stop = AbortSignal.any([interrupt.drain, broken.signal]);
  // Ctrl-C at a terminal reaches the runs by itself; a signal to this process alone is passed on.
  const pass = (): void => {
    for (const child of children.keys()) child.kill('SIGINT');
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
    const child = startRun(io, program, {
      recipe: plan.fileOf(run.entry),
      seed: run.seed,
      dir: plan.placeOf(run),
    });
    children.set(child, run);
    const said = listen(child, (text) => {
      saying.set(run.place, `${run.place} ${line(text)}`);
      draw();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    children.delete(child);
    return { code, said: said() };
  };

  /** False where there is no room for another run: those under way go on to their end. */
  const hasRoom = async (run: SweepRun): Promise<boolean> => {
    const recipes = [run, ...children.values()].flatMap(({ entry }) => plan.recipes.get(entry.name) ?? []);
    try {
      requireRoom(recipes, await free(plan.dir), plan.dir);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof SubterfugeError) || thrown.code !== 'disk-nearly-full') throw thrown;
      noRoom.push(thrown);
      return false;
    }
  };

  const work = async (): Promise<void> => {
    for (;;) {
      const run = open.shift();
      if (run === undefined || stop.aborted || noRoom.length > 0) return;
      if (!(await isFree(run)) || !(await hasRoom(run))) return;
      const { code, said } = await played(run);
      saying.delete(run.place);
      // Somebody was faster with the lock: that is no fault of the run.
      if (code === BAD_INPUT && (await isOpenElsewhere(plan.placeOf(run), io.clock))) {
        open.unshift(run);
        continue;
      }
      if (code === 0) {
        done++;
        await keepFailure(plan, run, null);
        if (drive.prune) await prune(plan.placeOf(run));
      } else if (!stop.aborted) {
        failures.push(`${run.place} failed${code === null ? '' : ` with exit code ${code}`}:\n${said}`);
        await keepFailure(plan, run, { code, said: lastWords(said) });
      }
      draw();
      // One at a time: two that end together must not write the same file at once.
      reporting = reporting.then(onRunEnded);
      await reporting;
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
  const [full] = noRoom;
  if (full !== undefined) throw full;
  if (failures.length === 0) return;
  const more = failures.length - FAILURES_SHOWN;
  throw runError({
    code: 'run-failed',
    what: `${failures.length} of the runs of this sweep failed.\n${failures.slice(0, FAILURES_SHOWN).join('\n\n')}${more > 0 ? `\n\nand ${more} more: RESULTS.md has each` : ''}`,
    todo: 'Put that right and start the same command again: what is finished is kept.',
  });
};

const BAD_INPUT = 2;
/** Between two looks at a run that another process has open. */
const WAIT_MS = 10_000;
const FAILURES_SHOWN = 3;

const WORDS_KEPT = 6;
/** What a program that failed said at its end; before that it told of its progress. */
const lastWords = (said: string): string => said.split('\n').slice(-WORDS_KEPT).join('\n');
