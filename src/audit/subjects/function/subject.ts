import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { inputError } from '../../../base/errors.ts';
import type { Graded, ScoreScale, SubjectForm, SubjectKind } from '../../../record/audit.ts';
import type { AnswerKind } from '../../answer.ts';
import { columnsBeside, type ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { scoreFrom } from '../../score.ts';
import type { Subject, SubjectOptions } from '../../subject.ts';
import { capabilitiesOfForm, formOfTask } from '../foreign/form.ts';
import { gradeForm, scaleOfForm } from '../foreign/pairwise.ts';
import { type CrewCall, openCrew } from './crew.ts';
import { WORKER_FILE } from './grader-process.ts';
import { comparesTwo, handOverOf, isVectorForm } from './hand-over.ts';
import type { Raw } from './journal.ts';
import { isClassText, type Parameter, parametersOf } from './parameters.ts';
import { permissionFlags, readablePaths } from './permissions.ts';
import type { Loaded, Unusable } from './protocol.ts';
import { versionOf } from './version.ts';

/** A function to be audited. Adapters that wrap a scorer of a package open their wrapper module by this too. */
export interface FunctionSetup {
  /** Absolute path of the module. */
  readonly file: string;
  /** Null: its default export, or the only one. */
  readonly name: string | null;
  /** As the user wrote it. */
  readonly spec: string;
  readonly kind: Extract<SubjectKind, 'function' | 'npm' | 'promptfoo'>;
  readonly options: SubjectOptions;
  readonly examples: ExampleSet;
  readonly sources: Pick<SubjectSources, 'cwd' | 'workers' | 'onWarning'>;
  /** Environment of its process. Empty by default; keys only where the user named them. */
  readonly env?: Readonly<Record<string, string>>;
  /** More folders or files that it may read. */
  readonly readable?: readonly string[];
  readonly expensive?: boolean;
  /** Mixed into the version, e.g. a configuration. */
  readonly salt?: string;
}

const LEAST_LOAD_MS = 30_000;
const HEAP_MB = 1_024;
const RESIDENT_MB = 2_048;
const BATCH = 4_096;

const formOf = ({ options, examples }: FunctionSetup, parameters: readonly Parameter[] | null): SubjectForm => {
  if (options.form !== null) return options.form;
  return examples.task === 'preference' && comparesTwo(parameters) ? 'pairwise' : formOfTask(examples.task);
};

const answersOf = (form: SubjectForm): readonly AnswerKind[] =>
  isVectorForm(form) ? ['vector'] : form === 'program' ? ['files'] : ['text'];

const unusable = ({ code, message, exports }: Unusable, { spec, file }: FunctionSetup): Error => {
  const list = exports.length === 0 ? 'it exports nothing' : exports.join(', ');
  switch (code) {
    case 'unreadable-grader':
      return inputError({
        code,
        what: `The grader's module could not be loaded: ${message}`,
        given: file,
        allowed: 'a .ts, .mts, .cts, .js, .mjs or .cjs module that Node can load',
        todo: message.includes('ERR_ACCESS_DENIED')
          ? 'It asked for something that the sandbox does not permit while it was loaded. If you trust it: --trust'
          : `Run it by itself to see the error: node ${file}`,
      });
    case 'no-such-export':
      return inputError({
        code,
        what: `The grader was not found in its module: ${message}.`,
        given: spec,
        allowed: list,
        todo: 'Name the function behind a colon, e.g. grader.ts:score.',
      });
    default:
      return inputError({
        code,
        what: `The grader is no function: ${message}.`,
        given: spec,
        allowed: list,
        todo: 'Export a function that takes an answer and returns a score.',
      });
  }
};

const rawGraded = (raw: Raw, scale: ScoreScale): Graded => (raw.kind === 'fault' ? raw : scoreFrom(raw.value, scale));

/** Opens the module in a process and finds out how it is called. Throws as `OpenSubject` says. */
export const openFunctionSubject = async (setup: FunctionSetup): Promise<Subject> => {
  const { file, name, spec, options, sources } = setup;
  const { signature, timeoutMs } = options;
  if (signature === 'trl' || signature === 'verifiers')
    throw inputError({
      code: 'wrong-signature',
      what: 'This signature is one of Python functions.',
      given: `--signature ${signature} for ${spec}`,
      allowed: 'auto, positional, object',
      todo: 'Leave --signature out, or name one of these.',
    });
  if (!existsSync(file))
    throw inputError({
      code: 'unreadable-grader',
      what: 'There is no such file.',
      given: file,
      allowed: 'a module of JavaScript or TypeScript, relative to the working directory',
      todo: `Check the path; the working directory is ${sources.cwd}.`,
    });
  const readable = [...readablePaths(file, sources.cwd, dirname(WORKER_FILE)), ...(setup.readable ?? [])];
  const crew = openCrew({
    file,
    name,
    cwd: sources.cwd,
    flags: permissionFlags(readable, options.trust),
    env: setup.env ?? {},
    heapMb: HEAP_MB,
    residentMb: RESIDENT_MB,
    workers: sources.workers ?? Math.max(1, availableParallelism() - 1),
    timeoutMs,
    loadMs: Math.max(LEAST_LOAD_MS, timeoutMs),
    onWarning: sources.onWarning,
  });
  try {
    const reply = await crew.load();
    if (reply.kind === 'unusable') throw unusable(reply, setup);
    return subjectOf(setup, reply, crew);
  } catch (thrown) {
    await crew[Symbol.asyncDispose]();
    throw thrown;
  }
};

const subjectOf = (setup: FunctionSetup, loaded: Loaded, crew: ReturnType<typeof openCrew>): Subject => {
  const { options, spec, kind, file } = setup;
  const { name, source } = loaded;
  if (isClassText(source))
    throw unusable({ kind: 'unusable', code: 'not-a-function', message: `"${name}" is a class`, exports: [] }, setup);
  const parameters = parametersOf(source);
  const form = formOf(setup, parameters);
  const signature = options.signature === 'object' || options.signature === 'positional' ? options.signature : 'auto';
  const handOver = handOverOf(signature, parameters, source, form, columnsBeside(setup.examples));
  const scale = scaleOfForm(form, options.scale);
  const version = versionOf(file, `${name}${setup.salt ?? ''}`, loaded.files);

  const askAll = async (calls: readonly CrewCall[], signal: AbortSignal | undefined): Promise<readonly Graded[]> =>
    (await crew.ask(calls, handOver, signal)).map((raw) => rawGraded(raw, scale));

  return {
    record: { spec, kind, form, version, scale },
    capabilities: {
      ...capabilitiesOfForm(form, BATCH),
      answers: answersOf(form),
      expensive: setup.expensive ?? false,
      intentByConstruction: form !== 'instruction',
    },
    grade: (calls, signal) =>
      gradeForm<CrewCall>(
        form,
        calls,
        scale,
        ({ example }, answer, opponent) => ({ example, answer, opponent }),
        (questions) => askAll(questions, signal),
      ),
    [Symbol.asyncDispose]: () => crew[Symbol.asyncDispose](),
  };
};
