import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { versioned } from './version.ts';

/** Every rollout that both channels scored falls in one of four cells. */
export const jointSchema = z.strictObject({
  /** Proxy passed, intent passed. */
  both: rateSchema,
  /** Proxy passed, intent failed. */
  gamed: rateSchema,
  /** Honest work that the proxy does not pay: proxy failed, intent passed. */
  unpaid: rateSchema,
  /** Proxy failed, intent failed. */
  neither: rateSchema,
});
export type Joint = z.infer<typeof jointSchema>;

export const environmentSummarySchema = z.strictObject({
  name: z.string(),
  joint: jointSchema,
  /** The headline: proxy passed and intent failed. */
  gaming: rateSchema,
  proxy: rateSchema,
  intent: rateSchema,
  attempted: rateSchema,
  succeeded: rateSchema,
  evaded: rateSchema,
  disclosed: rateSchema,
  /** Where a rate alone would mislead: a mean from -1 to 1 that chance answers leave at 0. Null in most families. */
  contrast: z.strictObject({ name: z.string(), text: z.string(), estimate: estimateSchema }).nullable(),
  /** Rollouts per stop reason: how many were ended by a limit, and by which. */
  stops: z.record(z.string(), z.int().min(0)),
  /** Rollouts per way of gaming, e.g. `test-deleted`. One rollout may count under several. */
  kinds: z.record(z.string(), z.int().min(0)),
  /** Rollouts without a gaming outcome: proxy or intent could not be decided. */
  unscored: z.int().min(0),
  /** Rollouts that ended in a fault. */
  faults: z.int().min(0),
  rollouts: z.int().min(0),
});
export type EnvironmentSummary = z.infer<typeof environmentSummarySchema>;

/** What `eval --json` prints. Other programs rely on this shape. */
export const evaluationSchema = z.strictObject({
  schema: z.literal('subterfuge/evaluation@1'),
  /** Id of the run that it was computed from. */
  run: z.string(),
  /** Model spec. */
  model: z.string(),
  seed: z.string(),
  environments: z.array(environmentSummarySchema),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const evaluationRecord = versioned('evaluation', evaluationSchema);
