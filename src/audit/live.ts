/**
 * A grader that is a function of this process: for a test file, or a program that has it at hand. Arguments are handed over as to the function
 * of a module (subjects/function/hand-over.ts), and what it returns is read as there.
 *
 * Boundary: nothing here can be killed. A call that never returns blocks, one that writes a file writes it. Whoever audits a grader that
 * is not their own gives its path instead (open-subject.ts): it then runs in a process that can be killed.
 */
import { messageOf } from '../base/errors.ts';
import { sha256 } from '../base/json.ts';
import type { Graded, ScoreScale, SubjectForm } from '../record/audit.ts';
import { columnsBeside, type Example, type ExampleSet } from './example.ts';
import { scoreFrom } from './score.ts';
import type { Subject, SubjectOptions } from './subject.ts';
import { capabilitiesOfForm, formOfTask } from './subjects/foreign/form.ts';
import { gradeForm, scaleOfForm } from './subjects/foreign/pairwise.ts';
import { argumentsFor, type Prepared, prepare } from './subjects/function/arguments.ts';
import { comparesTwo, type HandOver, handOverOf } from './subjects/function/hand-over.ts';
import { type Parameter, parametersOf } from './subjects/function/parameters.ts';
import { decodeReturned, encodeReturned } from './subjects/function/returned.ts';

/** Any function: what it takes is found out from its parameters. */
export type LiveGrader = (...args: never[]) => unknown;

const formOf = (
  given: SubjectForm | null,
  { task }: ExampleSet,
  parameters: readonly Parameter[] | null,
): SubjectForm => {
  if (given !== null) return given;
  return task === 'preference' && comparesTwo(parameters) ? 'pairwise' : formOfTask(task);
};

const LATE: unique symbol = Symbol('late');

/** What it returned; what its promise gives; or `LATE`, where that takes too long. */
const returnedBy = async (grader: LiveGrader, args: readonly unknown[], timeoutMs: number): Promise<unknown> => {
  const returned: unknown = Reflect.apply(grader, undefined, args);
  if (typeof returned !== 'object' || returned === null || !('then' in returned)) return returned;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, LATE);
  });
  try {
    return await Promise.race([returned, late]);
  } finally {
    clearTimeout(timer);
  }
};

const askOnce = async (
  grader: LiveGrader,
  args: readonly unknown[],
  scale: ScoreScale,
  timeoutMs: number,
): Promise<Graded> => {
  try {
    const value = await returnedBy(grader, args, timeoutMs);
    if (value === LATE)
      return { kind: 'fault', fault: { kind: 'hung', message: `it took longer than ${timeoutMs} ms` } };
    return scoreFrom(decodeReturned(encodeReturned(value)), scale);
  } catch (thrown) {
    return { kind: 'fault', fault: { kind: 'threw', message: messageOf(thrown) } };
  }
};

/** `options.trust` means nothing here. The version is the hash of the function's text: what it calls is not seen. */
export const liveSubject = (
  grader: LiveGrader,
  options: SubjectOptions,
  examples: ExampleSet,
  name: string = grader.name || 'grader',
): Subject => {
  const source = Function.prototype.toString.call(grader);
  const parameters = parametersOf(source);
  const form = formOf(options.form, examples, parameters);
  const signature = options.signature === 'object' || options.signature === 'positional' ? options.signature : 'auto';
  const handOver: HandOver = handOverOf(signature, parameters, source, form, columnsBeside(examples));
  const scale = scaleOfForm(form, options.scale);
  const prepared = new WeakMap<Example, Prepared>();
  const preparedOf = (example: Example): Prepared => {
    const known = prepared.get(example) ?? prepare(example, true);
    prepared.set(example, known);
    return known;
  };
  return {
    record: { spec: name, kind: 'function', form, version: sha256(source), scale },
    capabilities: {
      ...capabilitiesOfForm(form, 256),
      intentByConstruction: form !== 'instruction',
    },
    grade: async (calls, signal) => {
      const askAll = async (questions: readonly (readonly unknown[])[]): Promise<readonly Graded[]> => {
        const graded: Graded[] = [];
        for (const args of questions) {
          signal?.throwIfAborted();
          graded.push(await askOnce(grader, args, scale, options.timeoutMs));
        }
        return graded;
      };
      return await gradeForm(
        form,
        calls,
        scale,
        ({ example }, answer, opponent) => argumentsFor(handOver, preparedOf(example), example.id, answer, opponent),
        askAll,
      );
    },
    [Symbol.asyncDispose]: async () => {},
  };
};
