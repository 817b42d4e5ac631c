import {
  bytesOutput,
  type Command,
  defineCommand,
  type ExecResult,
  latin1FromBytes,
  unsafeBytesFromLatin1,
} from 'just-bash';
import { runPython } from './cpython.ts';
import { guestNowMs, guestRandom, monotonicMs } from './guest-clock.ts';
import { pullFiles, pushFiles, watchDenied } from './python-files.ts';
import { nowRunning } from './running.ts';

const PYTHON_OUTPUT_BYTES = 4_194_304;

export interface GuestPython {
  /** What follows `python3`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: ReadonlyMap<string, string>;
  /** One character per byte. */
  readonly stdin: string;
}

/** Runs Python over the files of the command that runs now. */
export const guestPython = async (call: GuestPython): Promise<ExecResult> => {
  const run = nowRunning();
  const { fs, job } = run;
  const ran = await runPython({
    ...call,
    stdin: Buffer.from(call.stdin, 'latin1'),
    memoryBytes: job.pythonBytes,
    deadlineMs: run.burnUntilMs(),
    outputBytes: PYTHON_OUTPUT_BYTES,
    freeBytes: Math.max(0, fs.diskBytes - fs.usedBytes),
    clockMs: guestNowMs(),
    random: guestRandom,
    prepare: (python) => {
      pushFiles(fs, python);
      watchDenied(python, fs.refusals);
    },
    finish: (python, system) => pullFiles(fs, python, system),
  });
  if (ran.interrupted || monotonicMs() >= run.burnUntilMs()) run.repeatable = false;
  run.limit ??= ran.limit;
  return {
    ...bytesOutput(unsafeBytesFromLatin1(Buffer.from(ran.stdout).toString('latin1'))),
    stderr: Buffer.from(ran.stderr).toString('utf8'),
    exitCode: ran.exitCode,
  };
};

/** just-bash's `python3` changes source text, hides local modules and takes a thread per call (see cpython.ts). */
export const pythonCommand = (name: string): Command =>
  defineCommand(name, (args, context) =>
    guestPython({
      args,
      cwd: context.cwd,
      env: new Map(Object.entries(context.exportedEnv ?? {})),
      stdin: latin1FromBytes(context.stdin),
    }),
  );
