import { dirname } from 'node:path/posix';
import { runPython } from './cpython.ts';
import { guestRandom, monotonicMs, seedGuestRandom, setGuestClock } from './guest-clock.ts';
import type { PythonDone, PythonJob } from './job.ts';
import { cut } from './output.ts';
import { pushEntries } from './python-files.ts';

/** 2026-01-01T09:00:00Z: the moment at which every program runs. */
export const PYTHON_CLOCK_MS: number = Date.UTC(2026, 0, 1, 9);

/** Runs a grader's program: nothing of it outlives the call. */
export const runPythonJob = async (job: PythonJob): Promise<PythonDone> => {
  setGuestClock(PYTHON_CLOCK_MS);
  seedGuestRandom('python');
  const ran = await runPython({
    args: [job.main],
    cwd: dirname(job.main),
    env: new Map([
      ['HOME', '/root'],
      ['PATH', '/usr/bin:/bin'],
    ]),
    stdin: new Uint8Array(0),
    outputBytes: job.outputBytes,
    memoryBytes: job.memoryBytes,
    freeBytes: job.diskBytes,
    clockMs: PYTHON_CLOCK_MS,
    random: guestRandom,
    deadlineMs: monotonicMs() + job.timeoutMs,
    prepare: (python) =>
      pushEntries(
        [...job.files]
          .sort((a, b) => (a.path < b.path ? -1 : 1))
          .map(({ path, text }) => ({
            path,
            kind: 'file',
            mode: 0o644,
            mtimeMs: PYTHON_CLOCK_MS,
            data: Buffer.from(text, 'utf8'),
          })),
        python,
      ),
    finish: () => {},
  });
  const text = (bytes: Uint8Array): string => cut(Buffer.from(bytes).toString('utf8'), job.outputBytes).text;
  return {
    kind: 'python',
    exitCode: ran.exitCode,
    stdout: text(ran.stdout),
    stderr: text(ran.stderr),
    limit: ran.limit,
    timedOut: ran.interrupted,
  };
};
