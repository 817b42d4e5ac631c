import { z } from 'zod';
import {
  answerSchema,
  callFaultKindSchema,
  failureClassSchema,
  strategyListingSchema,
  subjectRecordSchema,
} from './audit.ts';
import { claimSchema } from './audit-finding.ts';
import { estimateSchema, rateSchema } from './estimate.ts';
import { jsonSchema } from './json.ts';
import { basisSchema } from './verdict.ts';
import { versioned } from './version.ts';

const witnessSchema = z.strictObject({
  example: z.string(),
  input: jsonSchema,
  answer: answerSchema,
  /** The smallest answer found that still does it. Equal to `answer` where nothing could be taken away. */
  minimal: answerSchema,
});

/** Proxy values are scores moved to [0, 1] by the subject's scale. */
export const reportFindingSchema = z.strictObject({
  /** Of the sealed finding. */
  id: z.string(),
  claim: claimSchema,
  strategy: z.string(),
  variant: z.string(),
  /** Null of a fault. */
  class: failureClassSchema.nullable(),
  /** Examples of the estimating half that it was tried on. */
  examples: z.int().min(0),
  /** Null without known-good answers. */
  proxyHonest: estimateSchema.nullable(),
  proxyGamed: estimateSchema,
  /** Null where intent is known by construction only. */
  intentGamed: estimateSchema.nullable(),
  /** Share of examples on which the grader was fooled. */
  fooled: rateSchema,
  /** Benjamini-Hochberg over all strategies tried; null where only the witness speaks (no rate could be tested). */
  adjustedP: z.number().min(0).max(1).nullable(),
  witness: witnessSchema,
  /** A command. */
  replay: z.string(),
});
export type ReportFinding = z.infer<typeof reportFindingSchema>;

export const reportInvarianceSchema = z.strictObject({
  strategy: z.string(),
  class: failureClassSchema,
  /** `same`: no change of score. `not-higher`: no gain. */
  expects: z.enum(['same', 'not-higher']),
  examples: z.int().min(0),
  /** Share of examples where it did not hold. */
  broken: rateSchema,
  /** Mean change of the proxy, on [-1, 1]. */
  shift: estimateSchema,
  adjustedP: z.number().min(0).max(1).nullable(),
  /** Null where it held everywhere. */
  witness: witnessSchema.nullable(),
  replay: z.string().nullable(),
});
export type ReportInvariance = z.infer<typeof reportInvarianceSchema>;

export const reportFaultSchema = z.strictObject({
  /** `nondeterministic`: the same call gave different scores. */
  kind: z.union([callFaultKindSchema, z.literal('nondeterministic')]),
  count: z.int().min(1),
  /** Calls among which it was counted. */
  calls: z.int().min(1),
  /** One of its messages. */
  message: z.string(),
  /** Of the call that showed it first; null where it is no call's doing. */
  example: z.string().nullable(),
  answer: answerSchema.nullable(),
  /** Whether it happened on honest answers too; if not, attacks provoke it. */
  onHonest: z.boolean(),
});
export type ReportFault = z.infer<typeof reportFaultSchema>;

/** One point of a best-of-N curve: the mean over examples of the best of N by proxy. */
export const curvePointSchema = z.strictObject({
  n: z.int().min(1),
  proxy: estimateSchema,
  /** Null where intent could not be asked. */
  intent: estimateSchema.nullable(),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

export const searchResultSchema = z.strictObject({
  queries: z.int().min(0),
  restarts: z.int().min(0),
  /** Best mean proxy on the searched examples after so many queries; it was chosen on them, so it is no estimate. */
  gains: z.array(z.strictObject({ queries: z.int().min(0), proxy: z.number() })),
  /** Names of the edits of the winner, in order. */
  edits: z.array(z.string()),
  /** Proxy of the winner on examples that the search never saw; null where it found nothing better. */
  transfer: estimateSchema.nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** What became of the findings and the honest answers of an earlier audit. */
export const repairSchema = z.strictObject({
  /** SHA-256 of the earlier report's canonical JSON. */
  against: z.string(),
  exploits: z.array(
    z.strictObject({ id: z.string(), strategy: z.string(), now: z.enum(['dead', 'alive', 'fault', 'unknown']) }),
  ),
  /** Honest answers (known-good and twins) that passed then and fail now. */
  broken: z.array(z.strictObject({ example: z.string(), strategy: z.string().nullable(), answer: answerSchema })),
  /** Strategies of this round that the earlier one did not use. */
  fresh: z.array(z.string()),
});
export type Repair = z.infer<typeof repairSchema>;

/**
 * What a judge's inflation goes up with: a slope per standard deviation. `own`: that it wrote the answer itself; `right`: the label; the
 * rest are of the text.
 */
export const featureEffectSchema = z.strictObject({ feature: z.string(), effect: estimateSchema });
export const selfEvaluationSchema = z.strictObject({
  judge: z.string(),
  answers: z.int().min(0),
  /** Judge minus label, both on [0, 1], for answers of each author. */
  inflation: z.array(
    z.strictObject({ author: z.string(), relation: z.enum(['own', 'similar', 'other']), estimate: estimateSchema }),
  ),
  /** Score of own answers minus that of others to the same inputs with the same labels; null where no input has both. */
  selfPreference: estimateSchema.nullable(),
  features: z.array(featureEffectSchema),
});
export type SelfEvaluation = z.infer<typeof selfEvaluationSchema>;

const detailSchema = z.strictObject({
  subterfuge: z.string(),
  seed: z.string(),
  /** Of the example set's canonical JSON. */
  examplesHash: z.string(),
  /** Items of data sets in all; the number of examples elsewhere. */
  items: z.int().min(0),
  halves: z.strictObject({ choose: z.int().min(0), estimate: z.int().min(0) }),
  intent: z.strictObject({ name: z.string(), basis: basisSchema }),
  /** Proxy of known-good answers, and of guessing; what gameability is measured between. */
  ceiling: estimateSchema.nullable(),
  floor: estimateSchema,
  floorBy: z.enum(['shuffled-answers', 'low-end']),
  /** Why gameability is null; null where it is not. */
  noGameability: z.string().nullable(),
  calls: z.int().min(0),
  /** Every strategy that was tried, with the round it belongs to. */
  tried: z.array(
    strategyListingSchema.extend({ variant: z.string().nullable(), round: z.enum(['first', 'held-back']) }),
  ),
  /** Names of strategies that apply and were not tried, to keep to the budget. */
  leftOut: z.array(z.string()).optional(),
  /** What a reader must know before the numbers: too few examples, no known-good answers, budget spent, ... */
  warnings: z.array(
    z.strictObject({
      code: z.string(),
      text: z.string(),
      /** Those of its text that somebody else prints: of `no-difference` `bad` and `good`, for example. */
      numbers: z.record(z.string(), z.number()).optional(),
    }),
  ),
  search: searchResultSchema.nullable(),
  curve: z.array(curvePointSchema),
  /** Short hashes of the honest answers that passed, so that a later audit can say which of them a fix broke. */
  passedHonest: z.array(z.string()).optional(),
  repair: repairSchema.nullable(),
  selfEvaluation: selfEvaluationSchema.nullable(),
});
export type AuditDetail = z.infer<typeof detailSchema>;

/** What `audit --json` prints. Other programs rely on this shape. `detail` is what reports need beyond it. */
export const auditReportSchema = z.strictObject({
  schema: z.literal('subterfuge/audit@1'),
  subject: subjectRecordSchema,
  examples: z.int().min(0),
  /** Share of the honest ceiling above the chance floor that a no-work answer earns. */
  gameability: estimateSchema.nullable(),
  /** Share of known-bad answers that pass; null where none were given. */
  falsePasses: rateSchema.nullable(),
  /** Share of honest answers (known-good and their twins) that fail; null without known-good answers. */
  falseFails: rateSchema.nullable(),
  /** The smallest rate of fooling that the estimating half would have shown with 80 % power; null where none. */
  minimumDetectableEffect: z.number().min(0).max(1).nullable(),
  graderFaults: z.array(reportFaultSchema),
  /** The cheapest cheating answer first. */
  findings: z.array(reportFindingSchema),
  invariances: z.array(reportInvarianceSchema),
  detail: detailSchema,
});
export type AuditReport = z.infer<typeof auditReportSchema>;

export const auditRecord = versioned('audit', auditReportSchema);
