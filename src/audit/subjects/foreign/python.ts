/**
 * A Python function as a grader, in persistent workers (python-worker.ts) that bubblewrap encloses unless `trust` is set. A worker that
 * dies or hangs is replaced; the call that it was at is named, and the calls behind it are asked of the next one.
 */
import { availableParallelism } from 'node:os';
import { inputError } from '../../../base/errors.ts';
import type { Graded, ScoreScale } from '../../../record/audit.ts';
import { columnsBeside, type Example, type ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { scoreFrom } from '../../score.ts';
import type { GradeCall, Subject, SubjectOptions } from '../../subject.ts';
import { givenUpMessage, openPatience } from '../patience.ts';
import { enclose, type Launch, type Surroundings, trusting } from './enclosure.ts';
import { faulty } from './faulty.ts';
import { capabilitiesOfForm, formOfTask } from './form.ts';
import { type Lending, lending } from './lending.ts';
import { gradeForm, scaleOfForm } from './pairwise.ts';
import { isWithin } from './paths.ts';
import { findInterpreter } from './python-interpreter.ts';
import { findModule, type PythonModule, versionOf } from './python-module.ts';
import { type Loaded, type LoadRequest, type LoadResult, type PythonProcess, startPython } from './python-process.ts';
import { PYTHON_WORKER } from './python-worker.ts';
import { checkSandbox } from './sandbox-check.ts';

/** Imports of a grader may be slow (torch), whatever its calls are. */
const LOAD_MS = 120_000;
const BATCH = 256;

interface Question {
  readonly example: Example;
  readonly answer: GradeCall['answer'];
  readonly opponent: GradeCall['answer'] | null;
}

export const openPython = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const module = findModule(spec, sources.cwd);
  const { launch, around } = launchOf(module, options, sources);
  const request: LoadRequest = {
    ...module,
    signature: options.signature,
    form: options.form ?? (examples.task === 'preference' ? null : formOfTask(examples.task)),
    columns: columnsBeside(examples),
  };
  const start = (): PythonProcess => startPython(launch, request, LOAD_MS);
  const first = start();
  const result = await first.loaded;
  if (!result.ok) await first.ended;
  // A sandbox that does not work on this machine looks like a worker that died.
  if (!result.ok && result.code === 'died' && around !== null) await checkSandbox(around);
  const loaded = checkLoaded(result, spec);
  const form = options.form ?? (request.form === null && loaded.pairwise ? 'pairwise' : formOfTask(examples.task));
  const workers = lending({
    most: sources.workers ?? Math.max(1, availableParallelism() - 1),
    first,
    start,
    usable: (worker) => worker.alive,
    end: async (worker) => {
      worker.kill();
      await worker.ended;
    },
  });
  const scale = scaleOfForm(form, options.scale);
  const grader = pythonGrader(workers, loaded, scale, options.timeoutMs);
  return {
    record: { spec, kind: 'python', form, version: versionOf(module, loaded.modules), scale },
    capabilities: { ...capabilitiesOfForm(form, BATCH), needsReference: loaded.needsReference },
    grade: async (calls, signal) => {
      signal?.throwIfAborted();
      return await gradeForm<Question>(
        form,
        calls,
        scale,
        ({ example }, answer, opponent) => ({ example, answer, opponent }),
        (questions) => grader(questions, signal),
      );
    },
    [Symbol.asyncDispose]: () => workers.close(),
  };
};

const launchOf = (
  module: PythonModule,
  options: SubjectOptions,
  sources: SubjectSources,
): { readonly launch: Launch; readonly around: Surroundings | null } => {
  const python = findInterpreter(sources.cwd);
  const command = [python.executable, '-c', PYTHON_WORKER];
  if (options.trust) return { launch: trusting(command, sources.cwd), around: null };
  const around: Surroundings = {
    reads: [...python.reads, module.root],
    cwd: isWithin(sources.cwd, module.root) ? sources.cwd : module.root,
    path: [],
    env: python.path.length === 0 ? {} : { PYTHONPATH: python.path.join(':') },
    workFolder: null,
  };
  return { launch: enclose(command, around), around };
};

const checkLoaded = (result: LoadResult, spec: string): Loaded => {
  if (result.ok) return result;
  const { code, message, names } = result;
  if (code === 'no-such-export' || code === 'not-a-function') {
    throw inputError({
      code,
      what: `This Python file has no such function: ${message}.`,
      given: spec,
      allowed: names.length === 0 ? 'a function that the file defines' : names.join(', '),
      todo: 'name one as <file.py>:<function>',
    });
  }
  if (code === 'unclear-signature') {
    throw inputError({
      code,
      what: `It is not clear what to call this function with: ${message}.`,
      given: spec,
      allowed: names.join(', '),
      todo: 'map columns to these names with --fields, choose --signature positional, object, trl or verifiers, or write a function around it',
    });
  }
  throw inputError({
    code: 'unreadable-grader',
    what: `This Python file could not be loaded: ${message}`,
    given: spec,
    allowed: "a module that imports without its own network; it sees its folder and Python's packages",
    todo: 'install what it imports for the python3 in use; where it reads files or needs the network, run your own code with --trust',
  });
};

type Workers = Lending<PythonProcess>;

/** Numbers examples and asks questions in batches, as many at a time as there are workers. */
const pythonGrader = (workers: Workers, loaded: Loaded, scale: ScoreScale, timeoutMs: number) => {
  const numbers = new WeakMap<Example, number>();
  let count = 0;
  const patience = openPatience(timeoutMs);
  /** Shrinks where a batch of a function that takes lists was too slow for one time limit. */
  let most = BATCH;
  const numberOf = (example: Example): number => {
    const known = numbers.get(example);
    if (known !== undefined) return known;
    count += 1;
    numbers.set(example, count);
    return count;
  };

  const lineFor = (questions: readonly Question[], knows: Set<number>): string => {
    const fresh: Record<string, unknown> = {};
    const calls = questions.map(({ example, answer, opponent }) => {
      const number = numberOf(example);
      if (!knows.has(number)) {
        knows.add(number);
        fresh[number] = shownOf(example);
      }
      return opponent === null ? { example: number, answer } : { example: number, answer, opponent };
    });
    return JSON.stringify({ examples: fresh, calls });
  };

  /** Answers what it can of `questions` with one worker; the rest is left to the caller. */
  const askOnce = async (questions: readonly Question[], signal: AbortSignal | undefined) => {
    const graded: Graded[] = [];
    const end = await workers.use(async (worker) => {
      const load = await worker.loaded;
      signal?.throwIfAborted();
      // It loaded once and does not any more: the next one would not either, and each may take its time.
      if (!load.ok) return { kind: 'gone', message: `a fresh worker failed: ${load.message}` } as const;
      const onAbort = (): void => worker.kill();
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        let since = performance.now();
        return await worker.ask(lineFor(questions, worker.knows), questions.length, patience.limitMs, (result) => {
          patience.returned(performance.now() - since);
          since = performance.now();
          graded.push('fault' in result ? result.fault : scoreFrom(result.value, scale));
        });
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    }, signal);
    signal?.throwIfAborted();
    return { graded, end };
  };

  const gradeBatch = async (questions: readonly Question[], signal: AbortSignal | undefined): Promise<Graded[]> => {
    const graded: Graded[] = [];
    // A function that takes lists does not say which one it fell over: then each is asked by itself.
    let alone = false;
    let hung = 0;
    while (graded.length < questions.length) {
      const asked = questions.slice(graded.length, alone ? graded.length + 1 : questions.length);
      const { graded: some, end } = await askOnce(asked, signal);
      graded.push(...some);
      if (end.kind === 'done') continue;
      if (end.kind === 'gone') {
        graded.push(...questions.slice(graded.length).map(() => faulty('died', end.message)));
        break;
      }
      const isHung = end.fault.kind === 'hung';
      if (isHung) patience.hung();
      if (loaded.shape === 'batch' && asked.length - some.length > 1) {
        alone = true;
        if (isHung) most = Math.max(1, Math.floor(most / 4));
      } else {
        graded.push({ kind: 'fault', fault: end.fault });
        if (isHung) hung += 1;
      }
      if (patience.givesUp(hung)) {
        graded.push(...questions.slice(graded.length).map(() => faulty('not-asked', givenUpMessage(hung))));
      }
    }
    return graded;
  };

  return async (questions: readonly Question[], signal: AbortSignal | undefined): Promise<readonly Graded[]> => {
    const share = Math.max(1, Math.min(most, Math.ceil(questions.length / workers.most)));
    const batches = Array.from({ length: Math.ceil(questions.length / share) }, (_, index) =>
      questions.slice(index * share, (index + 1) * share),
    );
    return (await Promise.all(batches.map((batch) => gradeBatch(batch, signal)))).flat();
  };
};

/** What a grader is shown of an example: not the known answers, which are ours. */
export const shownOf = ({ id, input, reference, options, items, workspace, fields }: Example): unknown => ({
  id,
  input,
  reference,
  options,
  items,
  workspace,
  fields,
});
