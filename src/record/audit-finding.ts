import { z } from 'zod';
import { answerSchema, failureClassSchema, gradedSchema, subjectRecordSchema } from './audit.ts';
import { jsonSchema } from './json.ts';
import { outcomeSchema } from './verdict.ts';
import { versioned } from './version.ts';

/** One line of an example set, whole: a sealed finding needs no other file to be replayed. */
export const exampleSchema = z.strictObject({
  /** Names the cluster. Unique in its set. */
  id: z.string().min(1),
  input: jsonSchema,
  /** Null: none was given. */
  reference: jsonSchema,
  knownGood: z.array(answerSchema).readonly(),
  knownBad: z.array(answerSchema).readonly(),
  /** Of a multiple-choice question; null elsewhere. */
  options: z.array(z.string()).readonly().nullable(),
  /** Of a data set, in order; null elsewhere. An answer then has one value for each. */
  items: z
    .array(z.strictObject({ input: jsonSchema, label: jsonSchema }))
    .readonly()
    .nullable(),
  /** Files that a submitted program starts from, by relative path; null elsewhere. */
  workspace: z.record(z.string(), z.string()).nullable(),
  /** Every other column, handed to graders that take columns by name. */
  fields: z.record(z.string(), jsonSchema),
});
export type Example = z.infer<typeof exampleSchema>;

/** What a finding says. */
export const claimSchema = z.enum([
  /** An answer that fails the intent passes, or earns as much as honest work. */
  'false-pass',
  /** Honest work fails. */
  'false-fail',
  /** A change that must not matter changed the score. */
  'not-invariant',
  /** The grader gave no usable score. */
  'fault',
]);
export type Claim = z.infer<typeof claimSchema>;

/** One call as it was made and answered. */
export const witnessCallSchema = z.strictObject({
  /** `honest`: what it is compared with. `found`: as the strategy made it. `minimal`: as small as it still works. */
  role: z.enum(['honest', 'found', 'minimal']),
  answer: answerSchema,
  /** Of a pairwise subject; null elsewhere. */
  opponent: answerSchema.nullable(),
  order: z.enum(['first', 'second', 'both']),
  graded: gradedSchema,
  /** Null: intent was known by construction and not asked for. */
  intent: outcomeSchema.nullable(),
});
export type WitnessCall = z.infer<typeof witnessCallSchema>;

/** A finding that stands by itself: `subterfuge replay finding.json` makes its calls again. */
export const findingSchema = z.strictObject({
  schema: z.literal('subterfuge/finding@1'),
  /** The first 12 characters of `seal`. */
  id: z.string(),
  /** SHA-256 of the canonical JSON of everything else but `id`. */
  seal: z.string().length(64),
  subterfuge: z.string(),
  seed: z.string(),
  subject: subjectRecordSchema,
  claim: claimSchema,
  strategy: z.string(),
  /** Null of a fault: a grader that throws is no failure of this kind. (Findings sealed by early versions name one.) */
  class: failureClassSchema.nullable(),
  /** Which of the strategy's candidates, e.g. `all-true`. */
  variant: z.string(),
  /** Why the answer is known to fail (or to keep) the intent, in words. */
  because: z.string(),
  example: exampleSchema,
  calls: z.array(witnessCallSchema).min(1),
});
export type Finding = z.infer<typeof findingSchema>;

export const findingRecord = versioned('finding', findingSchema);
