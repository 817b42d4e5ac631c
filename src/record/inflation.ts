import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { versioned } from './version.ts';

/**
 * Every model's answers rated by itself, by its siblings and by the label. Inflation is a rating as a share of its scale less the truth: 0
 * where they agree, 1 for a wrong answer rated 10, -1 for a right one rated 1.
 */
export const inflationSchema = z.strictObject({
  schema: z.literal('subterfuge/inflation@1'),
  /** Run id and model spec, as they were given. */
  runs: z.array(z.strictObject({ id: z.string(), model: z.string(), sibling: z.string().nullable() })).min(1),
  authors: z.array(
    z.strictObject({
      /** Model spec; null: the made-up siblings of the tasks. */
      author: z.string().nullable(),
      /** The label: how many of its answers are right. An answer that is not stated is unscored. */
      right: rateSchema,
      /** One for each model that rated answers of this author, itself first. */
      rated: z.array(z.strictObject({ rater: z.string(), own: z.boolean(), inflation: estimateSchema })),
    }),
  ),
  raters: z.array(
    z.strictObject({
      rater: z.string(),
      /** Inflation of its own answers less that of others beside them, paired by task. Null where no task has both. */
      selfPreference: estimateSchema.nullable(),
      /** What inflation goes up with, for one standard deviation of each, the task held fixed. `own`: that the answer is its own. */
      features: z.array(z.strictObject({ feature: z.string(), effect: estimateSchema })),
    }),
  ),
});
export type Inflation = z.infer<typeof inflationSchema>;

export const inflationRecord = versioned('inflation', inflationSchema);
