/**
 * The words of an audit that stand on disk and on the wire: what was audited, what a grader answered, what an answer is.
 * The report itself is in audit-report.ts, the sealed finding in audit-finding.ts.
 */
import { z } from 'zod';
import { jsonSchema } from './json.ts';

/** The four failures of the essay, and the paper's end point: classes A to E of the attack catalogue, in that order. */
export const failureClassSchema = z.enum([
  'rater-hacking',
  'metric-gaming',
  'self-evaluation-inflation',
  'loophole-exploitation',
  'reward-tampering',
]);
export type FailureClass = z.infer<typeof failureClassSchema>;

/** How a grader is reached. */
export const subjectKindSchema = z.enum([
  /** A function in a .ts or .js module, in a killable worker. */
  'function',
  /** A function in a .py file, in a persistent worker process. */
  'python',
  /** A command that speaks JSON lines. */
  'command',
  'http',
  /** A model with a rubric or prompt. */
  'judge',
  /** Verdicts of a judge that were recorded before. */
  'recorded',
  /** A scorer of autoevals, openevals or @mastra/evals, installed by the user. */
  'npm',
  /** The assertions of one promptfooconfig.yaml. */
  'promptfoo',
  /** A pytest or node test suite that grades a submitted program. */
  'tests',
  /** An instruction to a model, with its checker as proxy. */
  'instruction',
]);
export type SubjectKind = z.infer<typeof subjectKindSchema>;

/** What is graded, which decides which strategies apply. */
export const subjectFormSchema = z.enum([
  /** One text against a reference or a rule. */
  'text',
  /** One text, read by a model (or by a grader that says it is one). */
  'judge',
  /** Two texts, of which the better is to be named. */
  'pairwise',
  /** One label for each item of a data set. */
  'classification',
  /** One number for each item, in order of time. */
  'forecast',
  /** An ordered list of items for each query. */
  'ranking',
  /** A program: files by path. */
  'program',
  /** A model's own judgement of its answer. */
  'self-evaluation',
  /** Input to a model that was given an instruction. */
  'instruction',
]);
export type SubjectForm = z.infer<typeof subjectFormSchema>;

/**
 * Text; or one prediction for each item, null where it abstains; or a program's files by relative path.
 * Told apart by `answerKind` (audit/answer.ts).
 */
export const answerSchema = z.union([z.string(), z.array(jsonSchema).readonly(), z.record(z.string(), z.string())]);
export type Answer = z.infer<typeof answerSchema>;

/** Why one call has no score. Never counted as 0: estimates print their bounds. */
export const callFaultKindSchema = z.enum([
  'threw',
  /** Passed its time limit and was killed. */
  'hung',
  'nan',
  'infinite',
  /** Text, an object without a score, or anything else that is not a number or a truth value. */
  'not-a-number',
  /** Nothing, null, or a skip. */
  'no-score',
  'out-of-range',
  /** The process ended with another exit code than 0. */
  'exit-code',
  /** The process or worker was lost: a crash, a signal, out of memory. */
  'died',
  /** It passed a limit on output or memory and was ended. */
  'limit',
  /** Its reply is not in the agreed form. */
  'malformed',
  /** A judge declined, or a content filter stopped it. */
  'refused',
  /** An HTTP status that is not 2xx. */
  'http-status',
  /** No connection, or the provider failed after all tries. */
  'unreachable',
  /** Our own doing: the call was never made, because the budget ran out or the audit was stopped. */
  'not-asked',
]);
export type CallFaultKind = z.infer<typeof callFaultKindSchema>;

export const callFaultSchema = z.strictObject({ kind: callFaultKindSchema, message: z.string() });
export type CallFault = z.infer<typeof callFaultSchema>;

/** What one call came to. */
export const gradedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('scored'),
    /** On the subject's own scale. */
    score: z.number(),
    /** The score at or above the subject's bar. */
    passed: z.boolean(),
    /** What the grader said beside the score; null where it said nothing. */
    reason: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('fault'), fault: callFaultSchema }),
]);
export type Graded = z.infer<typeof gradedSchema>;

/** Both ends of the scores, and where an answer passes. An error, of which less is better, has `best` below `worst`. */
export const scaleSchema = z.strictObject({
  worst: z.number(),
  best: z.number(),
  /** The score from which on, towards `best`, an answer passes; inclusive. */
  pass: z.number(),
  /** What a finite score behind `worst` is: `out-of-range`, or as bad as `worst` (an error has no end). Behind `best` is a fault. */
  beyond: z.enum(['fault', 'worst']),
});
export type ScoreScale = z.infer<typeof scaleSchema>;

/** Identifies what was audited, so that a replay can tell a changed grader from an unchanged one. */
export const subjectRecordSchema = z.strictObject({
  /** As on the command line, e.g. `grader.ts:recall`. Never holds a secret. */
  spec: z.string(),
  kind: subjectKindSchema,
  form: subjectFormSchema,
  /** SHA-256 of the grader's code, prompt or configuration; of its spec where nothing more can be seen (HTTP). */
  version: z.string(),
  scale: scaleSchema,
});
export type SubjectRecord = z.infer<typeof subjectRecordSchema>;

/** One entry of `strategies --json`. */
export const strategyListingSchema = z.strictObject({
  name: z.string(),
  class: failureClassSchema,
  source: z.string(),
  subjects: z.array(subjectFormSchema),
});
export type StrategyListing = z.infer<typeof strategyListingSchema>;
