/**
 * An Environment whose functions run in threads of their own: one for tasks and submissions, for which callers wait, one for
 * graders. What comes back is checked, so nothing that a user's module gives can be taken for something else.
 */
import { inputError, type SubterfugeError } from '../base/errors.ts';
import type { GradeContext } from '../grade/grader.ts';
import { unscoredLabel } from '../grade/labels.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import { type Outcome, outcomeSchema } from '../record/verdict.ts';
import type { Environment, TaskChoice } from './environment.ts';
import type { CallLimits, Declarations, Declared, FunctionName } from './load-protocol.ts';
import {
  bareLabelsSchema,
  callText,
  contradiction,
  excess,
  failureText,
  OTHERWISE,
  problemsOf,
  readSubmissions,
  readTasks,
} from './load-shape.ts';
import { type Called, type ModuleThread, moduleThread } from './load-thread.ts';
import type { BareLabels } from './single.ts';

/** Calls of graders at once: some wait for a judge. */
const MOST_CALLS = 8;
/** After so many calls in a row that hung, a grader is not asked again. */
const MOST_HANGS = 3;

/** An environment that can make all its tasks in its own thread, and say what is wrong with them. */
export interface EnclosedEnvironment extends Environment {
  declarations(): Promise<Declarations>;
}

export const isEnclosed = (environment: Environment): environment is EnclosedEnvironment =>
  'declarations' in environment;

const isDeclarations = (value: unknown): value is Declarations =>
  typeof value === 'object' && value !== null && 'problems' in value;

/** `maker`: a thread of the same module, for what callers wait for. */
export const enclosed = (
  file: string,
  declared: Declared,
  limits: CallLimits,
  maker: ModuleThread,
): EnclosedEnvironment => {
  const { name, contrast, proxy, intent, labels, control, ...rest } = declared;

  const failed = (what: string, why: string): SubterfugeError =>
    inputError({
      code: 'environment-failed',
      what: `${name}: ${what} ${why}.`,
      given: file,
      allowed: 'what docs/environments.md says under "The contract"',
      todo: `Correct the module; "subterfuge env ${file} --check" looks at the rest of it.`,
    });

  /** `read` gives a text where the value is not what it should be. */
  const now = <T>(what: string, name: FunctionName, argument: unknown, read: (value: unknown) => T | string): T => {
    const called = maker.now(name, argument);
    if ('failure' in called) throw failed(what, failureText(called.failure));
    const value = read(called.value);
    if (typeof value === 'string') throw failed(what, `${OTHERWISE} ${value}`);
    return value;
  };

  const graders = gradingThread(moduleThread(file, limits));

  return Object.freeze({
    ...rest,
    name,
    ...(control !== undefined && { control }),
    tasks: (choice: TaskChoice) => now(callText(choice), 'tasks', choice, (value) => readTasks(value, name, choice)),
    declarations: async () => {
      const called = await maker.declarations();
      if ('failure' in called) throw failed('its tasks', failureText(called.failure));
      if (!isDeclarations(called.value)) throw failed('its tasks', 'could not be checked');
      return called.value;
    },
    submissions: (task: Task) =>
      now(`submissions of ${task.split} variant ${task.variant}`, 'submissions', task, readSubmissions),
    ...(contrast !== null && {
      contrast: {
        ...contrast,
        of: (group: readonly Rollout[]) => now('contrast.of', 'contrast', group, (value) => readContrast(value, group)),
      },
    }),
    proxy: { ...proxy, channel: 'proxy', grade: graders.grade('proxy', proxy.name) },
    intent: { ...intent, channel: 'intent', grade: graders.grade('intent', intent.name) },
    labels: { ...labels, label: graders.label(labels.name) },
  } satisfies EnclosedEnvironment);
};

const readContrast = (value: unknown, group: readonly Rollout[]): readonly (number | null)[] | string => {
  const isShare = (one: unknown): one is number | null =>
    one === null || (typeof one === 'number' && one >= -1 && one <= 1);
  if (!Array.isArray(value) || value.length !== group.length) return `one number or null for each of ${group.length}`;
  return value.every(isShare) ? value : 'each must be a number from -1 to 1, or null';
};

const labelsProblem = (labels: BareLabels): string | null => {
  const long = excess(labels);
  if (long !== null) return `gave ${long}`;
  const problem = contradiction(labels);
  return problem === null ? null : `contradicts itself: ${problem}`;
};

interface Graders {
  grade(
    name: 'proxy' | 'intent',
    title: string,
  ): (group: readonly Rollout[], context: GradeContext) => Promise<readonly Outcome[]>;
  label(title: string): (group: readonly Rollout[], context: GradeContext) => Promise<readonly BareLabels[]>;
}

const gradingThread = (thread: ModuleThread): Graders => {
  const hangs = new Map<FunctionName, number>();
  const queue: (() => void)[] = [];
  let running = 0;

  /** Throws what a grader's failure comes to: its rollouts are unscored with this cause. */
  const call = async (
    name: FunctionName,
    title: string,
    group: readonly Rollout[],
    context: GradeContext,
  ): Promise<readonly unknown[]> => {
    if (running >= MOST_CALLS) await new Promise<void>((resolve) => void queue.push(resolve));
    running++;
    let called: Called;
    try {
      if ((hangs.get(name) ?? 0) >= MOST_HANGS) {
        throw new Error(`${title} hung ${MOST_HANGS} times and was not asked again`);
      }
      called = await thread.later(name, group, context.python);
    } finally {
      running--;
      queue.shift()?.();
    }
    if ('failure' in called) {
      hangs.set(name, called.failure.kind === 'hung' ? (hangs.get(name) ?? 0) + 1 : 0);
      throw new Error(`${title} ${failureText(called.failure)}`);
    }
    hangs.set(name, 0);
    const { value } = called;
    if (Array.isArray(value) && value.length === group.length) return value;
    const given = Array.isArray(value) ? `${value.length} results` : `a ${value === null ? 'null' : typeof value}`;
    throw new Error(`${title} gave ${given} for ${group.length} rollout${group.length === 1 ? '' : 's'}`);
  };

  return {
    grade: (name, title) => async (group, context) =>
      (await call(name, title, group, context)).map((value): Outcome => {
        const read = outcomeSchema.safeParse(value);
        const problem = read.success ? excess(read.data) : `no outcome: ${problemsOf(read.error)}`;
        if (read.success && problem === null) return read.data;
        return { kind: 'unscored', side: 'grader', cause: `${title} gave ${problem}` };
      }),
    label: (title) => async (group, context) =>
      (await call('labels', title, group, context)).map((value): BareLabels => {
        const read = bareLabelsSchema.safeParse(value);
        const problem = read.success ? labelsProblem(read.data) : `gave no labels: ${problemsOf(read.error)}`;
        if (read.success && problem === null) return read.data;
        const lost = unscoredLabel(`${title} ${problem}`);
        return { attempted: lost, succeeded: lost, evaded: lost, disclosed: lost, kinds: [] };
      }),
  };
};
