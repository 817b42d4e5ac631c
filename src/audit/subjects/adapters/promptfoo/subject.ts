/** The assertions of a promptfoo configuration as one grader: an answer passes where its test would. */
import type { Graded, ScoreScale, SubjectRecord } from '../../../../record/audit.ts';
import { isText } from '../../../answer.ts';
import { scoreFrom } from '../../../score.ts';
import { type GradeCall, type Subject, UNIT_SCALE } from '../../../subject.ts';
import type { Ready, ReadyTest } from './compile.ts';
import type { RubricJudge } from './llm-rubric.ts';
import type { ScriptJob, Scripts } from './scripts.ts';
import { inverted, type Result, total } from './total.ts';
import { render, testFor, type Vars, varsFor } from './vars.ts';

export interface PromptfooGrader {
  readonly record: SubjectRecord;
  readonly tests: readonly ReadyTest[];
  readonly scripts: Scripts;
  readonly judges: ReadonlyMap<string, RubricJudge>;
  /** Rubrics, where there are any. */
  readonly published: string | null;
  readonly close: () => Promise<void>;
}

/** What promptfoo gates on, and counts: passed or not. Its own mean score stands in the reason. */
export const PROMPTFOO_SCALE: ScoreScale = UNIT_SCALE;

interface Question {
  readonly ready: ReadyTest;
  readonly vars: Vars;
  readonly output: string;
}

const fault = (kind: 'not-asked', message: string): Result => ({ kind: 'fault', fault: { kind, message } });

/** `not-` turns a script's verdict and leaves its score, as promptfoo does. */
const scriptInverted = (result: Result, inverse: boolean): Result =>
  inverse && result.kind === 'checked' ? { ...result, pass: !result.pass } : result;

const gradedOf = (result: Result): Graded =>
  result.kind === 'fault'
    ? result
    : scoreFrom(
        result.pass,
        PROMPTFOO_SCALE,
        `promptfoo: ${result.pass ? 'passed' : 'failed'}, score ${Math.round(result.score * 1000) / 1000}`,
      );

const resultIn = (results: ReadonlyMap<Ready, Result>, ready: Ready): Result => {
  const result = results.get(ready);
  if (result !== undefined) return result;
  throw new Error('an assertion was left without an answer');
};

export const promptfooSubject = (grader: PromptfooGrader): Subject => {
  const { record, tests, scripts, judges, published } = grader;
  const byTest = new Map(tests.map((ready) => [ready.test, ready]));

  const questionOf = ({ example, answer }: GradeCall): Question | Result => {
    if (!isText(answer)) return fault('not-asked', 'assertions read text only');
    const test = testFor(
      example,
      tests.map((ready) => ready.test),
    );
    const ready = test === null ? undefined : byTest.get(test);
    if (test === null || ready === undefined)
      return fault('not-asked', 'no test of the configuration has the variables of this example');
    return { ready, vars: varsFor(example, test), output: answer };
  };

  const ruled = ({ assertion, asked }: Ready, { vars, output }: Question): Result | null => {
    if (asked.how !== 'rule') return null;
    const result: Result = { kind: 'checked', ...asked.check(output, render(asked.value, vars)) };
    return assertion.inverse ? inverted(result) : result;
  };

  const judged = async (
    { assertion, asked }: Ready,
    { vars, output }: Question,
    signal?: AbortSignal,
  ): Promise<Result | null> => {
    if (asked.how !== 'judge') return null;
    const judge = judges.get(asked.provider);
    if (judge === undefined) throw new Error(`no judge was opened for ${asked.provider}`);
    const rubric = render(asked.value, vars);
    const result = await judge.ask(asked.messages, { ...vars, output, rubric }, assertion.threshold, signal);
    return assertion.inverse ? inverted(result) : result;
  };

  const jobOf = ({ asked }: Ready, { vars, output }: Question): ScriptJob | null => {
    if (asked.how !== 'script') return null;
    const { language, script, isTemplate } = asked;
    const code = isTemplate ? String(render(script.code, vars)) : script.code;
    return { language, output, script: { ...script, code, vars } };
  };

  const sumUp = ({ checks, test }: ReadyTest, resultOf: (ready: Ready) => Result): Result =>
    total(
      checks.map((check) => {
        if (!('set' in check)) return { result: resultOf(check), weight: check.assertion.weight };
        const members = check.members.map((ready) => ({ result: resultOf(ready), weight: ready.assertion.weight }));
        return { result: total(members, check.set.threshold), weight: check.set.weight };
      }),
      test.threshold,
    );

  return {
    record,
    capabilities: {
      answers: ['text'],
      needsReference: false,
      pairwise: false,
      batch: judges.size > 0 ? 32 : 1_024,
      expensive: judges.size > 0,
      intentByConstruction: true,
      published,
    },
    grade: async (calls, signal) => {
      signal?.throwIfAborted();
      const questions = calls.map(questionOf);
      const parts = questions.flatMap((question) =>
        'ready' in question
          ? question.ready.checks
              .flatMap((check) => ('set' in check ? check.members : [check]))
              .map((ready) => ({ question, ready, job: jobOf(ready, question) }))
          : [],
      );
      // All code of one batch crosses at once; models are asked meanwhile.
      const withJob = parts.filter(({ job }) => job !== null);
      const [ran, asked] = await Promise.all([
        scripts.run(
          withJob.flatMap(({ job }) => (job === null ? [] : [job])),
          signal,
        ),
        Promise.all(parts.map(({ ready, question }) => judged(ready, question, signal))),
      ]);
      const results = new Map<Question, Map<Ready, Result>>();
      let at = 0;
      parts.forEach(({ question, ready, job }, index) => {
        const own = results.get(question) ?? new Map<Ready, Result>();
        results.set(question, own);
        const script = job === null ? undefined : ran[at++];
        const result =
          asked[index] ??
          (script === undefined ? ruled(ready, question) : scriptInverted(script, ready.assertion.inverse));
        if (result === null) throw new Error('an assertion was not asked');
        own.set(ready, result);
      });
      return questions.map((question) => {
        if (!('ready' in question)) return gradedOf(question);
        const own = results.get(question) ?? new Map<Ready, Result>();
        return gradedOf(sumUp(question.ready, (ready) => resultIn(own, ready)));
      });
    },
    [Symbol.asyncDispose]: grader.close,
  };
};
