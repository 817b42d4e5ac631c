/**
 * A test suite as grader of a submitted program: the files of the example's workspace, the suite, and the submission on top of them, in a copy that
 * bubblewrap encloses and that is thrown away (tests-run.ts). Score: best where the tests pass, else worst; as naive harnesses read it that is
 * the exit code, and `?read=junit` is stricter (tests-spec.ts). A run that does not end in time is `hung`, since whose fault it is cannot be told.
 */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import { contentHash } from '../../../base/json.ts';
import { fixedConcurrency } from '../../../policy/concurrency.ts';
import type { Graded } from '../../../record/audit.ts';
import { isFiles } from '../../answer.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import type { GradeCall, Subject, SubjectOptions } from '../../subject.ts';
import { faulty } from './faulty.ts';
import { type ProgramPaths, pathsOfProgram } from './program-path.ts';
import { findInterpreter } from './python-interpreter.ts';
import { checkSandbox } from './sandbox-check.ts';
import { publishSuite } from './suite-interface.ts';
import { REPORT, runTests, type TestsRun } from './tests-run.ts';
import { isNodeTest, parseTestsSpec, readSuite, type Suite, type TestsSpec } from './tests-spec.ts';

const BATCH = 16;

export const openTests = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const parsed = parseTestsSpec(spec);
  const suite = readSuite(parsed.folder, sources.cwd);
  requirePrograms(examples, spec);
  const { command, paths } = runnerOf(parsed, suite, sources.cwd);
  const around = options.trust ? null : { ...paths, cwd: '/', workFolder: null };
  if (around !== null) await checkSandbox(around, [command[0] ?? '', '--version']);
  const run: TestsRun = { spec: parsed, suite, command, around, options };
  const slots = fixedConcurrency(sources.workers ?? Math.max(1, availableParallelism() - 1));
  const closed = new AbortController();
  const running = new Set<Promise<Graded>>();

  const grade = async ({ example, answer }: GradeCall, signal: AbortSignal): Promise<Graded> => {
    if (!isFiles(answer))
      return faulty('malformed', 'a test suite grades the files of a program, and this answer is none');
    const graded = slots.run(() => runTests(run, example.workspace ?? {}, answer, signal), signal);
    running.add(graded);
    try {
      return await graded;
    } finally {
      running.delete(graded);
    }
  };

  return {
    record: {
      spec,
      kind: 'tests',
      form: 'program',
      version: contentHash({ ...parsed, hash: suite.hash }),
      scale: options.scale,
    },
    capabilities: {
      answers: ['files'],
      needsReference: false,
      pairwise: false,
      batch: BATCH,
      expensive: true,
      intentByConstruction: true,
      published: publishSuite(suite.files),
    },
    grade: async (calls, signal) => {
      const until = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
      until.throwIfAborted();
      return await Promise.all(calls.map((call) => grade(call, until)));
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort(new Error('the grader was closed'));
      await Promise.allSettled(running);
    },
  };
};

/** A suite that is handed texts would only say of each that it is no program. */
const requirePrograms = ({ examples, source, task }: ExampleSet, spec: string): void => {
  const answers = examples.flatMap(({ knownGood, knownBad }) => [...knownGood, ...knownBad]);
  if (task === 'program' || answers.length === 0 || answers.some(isFiles)) return;
  throw inputError({
    code: 'no-program',
    what: 'A test suite grades the files of a program, and the known answers of these examples are none.',
    given: `${spec} with ${source}`,
    allowed: 'answers as objects of files by path, e.g. {"good": {"solution.py": "def add(a, b): ..."}}',
    todo: 'Write each answer as {"path": "text"}, with the paths from which the tests import.',
  });
};

interface Runner {
  readonly command: readonly string[];
  readonly paths: ProgramPaths;
}

const runnerOf = (spec: TestsSpec, suite: Suite, cwd: string): Runner =>
  spec.runner === 'pytest' ? pytestRunner(spec, suite, cwd) : nodeRunner(spec, suite, cwd);

const pytestRunner = ({ readJunit }: TestsSpec, suite: Suite, cwd: string): Runner => {
  const { executable, reads, path, missing } = findInterpreter(cwd, ['pytest']);
  if (missing.length > 0) {
    throw inputError({
      code: 'package-missing',
      what: 'The python3 in use has no pytest.',
      given: executable,
      allowed: 'a Python with pytest installed',
      todo: 'python3 -m pip install pytest, or activate the virtual environment that has it',
    });
  }
  const report = readJunit ? [`--junitxml=${REPORT}`] : [];
  return {
    command: [executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...report, suite.folder],
    paths: {
      reads: [...reads, dirname(executable)],
      path: [dirname(executable)],
      env: path.length === 0 ? {} : { PYTHONPATH: path.join(':') },
    },
  };
};

const nodeRunner = ({ readJunit }: TestsSpec, suite: Suite, cwd: string): Runner => {
  const all = suite.files.map(({ path }) => path).filter((path) => /\.[cm]?[jt]s$/.test(path));
  const named = all.filter(isNodeTest);
  const files = named.length > 0 ? named : all;
  if (files.length === 0) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'This folder holds no test that node could run.',
      given: suite.folder,
      allowed: 'files that end in .js, .mjs, .cjs, .ts, .mts or .cts',
      todo: 'name the folder of the tests; for tests in Python: pytest:<folder>',
    });
  }
  const reporter = readJunit
    ? ['--test-reporter=junit', `--test-reporter-destination=${REPORT}`]
    : ['--test-reporter=tap'];
  return { command: [process.execPath, '--test', ...reporter, ...files], paths: pathsOfProgram(process.execPath, cwd) };
};
