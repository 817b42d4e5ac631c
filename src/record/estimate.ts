import { z } from 'zod';

const interval = z.tuple([z.number(), z.number()]);

/**
 * A rate or a mean, the only number a report may print. `interval` is null where none can be given honestly
 * (no data, fewer than two clusters). `bounds` count every unscored rollout as 0 and as 1.
 */
export const estimateSchema = z.strictObject({
  /** Null where nothing was scored. */
  mean: z.number().nullable(),
  /** 95 %, two-sided unless the method says otherwise. */
  interval: interval.nullable(),
  /** Scored observations. */
  n: z.int().min(0),
  /** Distinct tasks (or groups) among them. */
  clusters: z.int().min(0),
  method: z.string(),
  /** Null where there is neither a scored nor an unscored observation. */
  bounds: interval.nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** A rate: also how many of the n were "yes". */
export const rateSchema = z.strictObject({ ...estimateSchema.shape, count: z.int().min(0) });
export type Rate = z.infer<typeof rateSchema>;
