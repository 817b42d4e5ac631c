import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Graded } from '../../../record/audit.ts';
import type { Files } from '../../answer.ts';
import { scoreFrom } from '../../score.ts';
import type { SubjectOptions } from '../../subject.ts';
import { startChild, wordsOf } from './child.ts';
import { enclose, type Surroundings, trusting } from './enclosure.ts';
import { faulty } from './faulty.ts';
import { countJunit } from './junit-read.ts';
import type { Suite, TestsSpec } from './tests-spec.ts';

export interface TestsRun {
  readonly spec: TestsSpec;
  readonly suite: Suite;
  /** The runner and its arguments. Where a report is read, it writes a JUnit file to `REPORT`. */
  readonly command: readonly string[];
  /** Null: without a sandbox. */
  readonly around: Surroundings | null;
  readonly options: SubjectOptions;
}

/** Where nothing of the host is mounted. */
const WORK = '/run/project';
/** From the project's root; in a place where a test folder does not look. */
export const REPORT = '.subterfuge/report.xml';
const REPORT_CHARS = 16_777_216;

/**
 * What the tests print goes to the error stream; the other one has a line when the project is in place, so that a sandbox that did not start is
 * not taken for a test that failed, and then the report. Arguments: the folder to copy (none: it is here already), then the command.
 */
const SCRIPT = `from=$1; shift
if [ -n "$from" ]; then cp -R "$from"/. . || exit 1; fi
mkdir -p .subterfuge || exit 1
echo ready
"$@" >&2 </dev/null
code=$?
if [ -f ${REPORT} ]; then cat ${REPORT}; fi
exit "$code"
`;

const safe = (path: string): boolean => {
  const normal = normalize(path);
  return (
    path !== '' &&
    !path.includes('\0') &&
    !isAbsolute(path) &&
    normal !== '..' &&
    !normal.startsWith('../') &&
    !normal.endsWith('/')
  );
};

/** Lays out the project as the harness would. Returns what is wrong with the submission's files, or null. */
const stage = (folder: string, { spec, suite }: TestsRun, workspace: Files, submission: Files): string | null => {
  const put = (path: string, data: string | Uint8Array): void => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data);
  };
  const texts = [...Object.entries(workspace), ...Object.entries(submission)];
  const outside = texts.find(([path]) => !safe(path));
  if (outside !== undefined) return `its file ${JSON.stringify(outside[0])} lies outside of the project`;
  try {
    if (!spec.testsLast) for (const { path, bytes } of suite.files) put(path, bytes);
    for (const [path, text] of texts) put(path, text);
    if (spec.testsLast) {
      if (suite.folder !== '.') rmSync(join(folder, suite.folder), { recursive: true, force: true });
      for (const { path, bytes } of suite.files) put(path, bytes);
    }
  } catch (thrown) {
    // EISDIR, ENOTDIR, EEXIST: a file where a folder is, or the other way round; ENAMETOOLONG.
    if (thrown instanceof Error && 'code' in thrown) return `its files cannot be written: ${thrown.message}`;
    throw thrown;
  }
  return null;
};

/** Grades one submission in a copy of the project that is made for it and thrown away. */
export const runTests = async (
  run: TestsRun,
  workspace: Files,
  submission: Files,
  signal: AbortSignal,
): Promise<Graded> => {
  const folder = mkdtempSync(join(tmpdir(), 'subterfuge-tests-'));
  try {
    // The sandbox's user reads it; it holds nothing but the submission and the tests.
    chmodSync(folder, 0o755);
    const wrong = stage(folder, run, workspace, submission);
    if (wrong !== null) return faulty('malformed', wrong);
    return await execute(run, folder, signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const execute = async (run: TestsRun, folder: string, signal: AbortSignal): Promise<Graded> => {
  const { around, command, options } = run;
  const lines: string[] = [];
  let early: Graded | null = null;
  const stop = (failure: Graded): void => {
    early ??= failure;
    child.kill();
  };
  const shell = ['/bin/sh', '-c', SCRIPT, 'sh'];
  const launch =
    around === null
      ? trusting([...shell, '', ...command], folder)
      : enclose([...shell, folder, ...command], {
          ...around,
          reads: [...around.reads, folder],
          cwd: WORK,
          workFolder: WORK,
        });
  const child = startChild(launch, {
    onLine: (line) => lines.push(line),
    onFlood: () => stop(faulty('limit', `its report is longer than ${REPORT_CHARS} characters`)),
    lineChars: REPORT_CHARS,
  });
  const timer = setTimeout(
    () => stop(faulty('hung', `the tests did not end within ${options.timeoutMs} ms`)),
    options.timeoutMs,
  );
  const onAbort = (): void => child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  const ending = await child.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (early !== null) return early;
  const said = child.stderrTail();
  // A signal that ended the tests is an exit code above 128 here; this one ended the sandbox.
  if (lines[0] !== 'ready' || ending.signal !== null) return faulty('died', `${wordsOf(ending).words}: ${said}`);
  return judge(run, ending.code ?? 1, lines.slice(1).join('\n'), said);
};

const REASON_CHARS = 300;
/** What failed to be loaded stands far above the summary, and says more than it. */
const NOT_LOADED =
  /^.*(?:Cannot find (?:module|package)|ModuleNotFoundError|ImportError|SyntaxError|does not provide an export).*$/m;

const outputOf = (said: string): string => {
  const tail = said.slice(-REASON_CHARS);
  const cause = NOT_LOADED.exec(said)?.[0].trim().slice(0, REASON_CHARS);
  return cause === undefined || tail.includes(cause) ? tail : `${cause} … ${tail}`;
};

const judge = ({ spec, options }: TestsRun, code: number, report: string, said: string): Graded => {
  const output = outputOf(said);
  if (!spec.readJunit) return scoreFrom(code === 0, options.scale, `exit code ${code}: ${output}`);
  const { tests, failed, skipped } = countJunit(report);
  const counts = `${tests} tests, ${failed} failed, ${skipped} skipped, exit code ${code}`;
  return scoreFrom(code === 0 && tests > 0 && failed === 0 && skipped === 0, options.scale, `${counts}: ${output}`);
};
