import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { versioned } from './version.ts';

/** An estimate that is compared with 0. */
export const testedSchema = z.strictObject({
  estimate: estimateSchema,
  /** Two-sided, of no difference from 0. Null where nothing could be tested. */
  p: z.number().nullable(),
  /** Holm's, over all of its kind in the matrix. */
  adjustedP: z.number().nullable(),
  reading: z.enum(['higher', 'lower', 'no difference shown', 'not tested']),
});
export type Tested = z.infer<typeof testedSchema>;

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
      rated: z.array(
        z.strictObject({
          rater: z.string(),
          own: z.boolean(),
          inflation: testedSchema,
          /** The author's own rating less this rater's, of the very same answers. Null: no answer was rated by both. */
          ownAbove: testedSchema.nullable(),
        }),
      ),
    }),
  ),
  raters: z.array(
    z.strictObject({
      rater: z.string(),
      /**
       * Its rating of its own answer less that of the other one beside it, where both are right or both are wrong. Null where
       * there is no such pair.
       */
      selfPreference: testedSchema.nullable(),
      /**
       * What inflation goes up with, for one standard deviation of each, the task held fixed. `own`: that the answer is its own;
       * `right`: that it is right, which lowers the inflation of whoever cannot tell.
       */
      features: z.array(z.strictObject({ feature: z.string(), effect: testedSchema })),
    }),
  ),
  warnings: z.array(z.strictObject({ code: z.string(), text: z.string() })),
});
export type Inflation = z.infer<typeof inflationSchema>;

export const inflationRecord = versioned('inflation', inflationSchema);
