import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { versioned } from './version.ts';

/** The rates that runs are compared on. */
export const comparedRateSchema = z.enum(['gaming', 'attempted', 'succeeded']);
export type ComparedRate = z.infer<typeof comparedRateSchema>;

export const comparedRunSchema = z.strictObject({
  /** `A` for the first, with which all others are compared; then `B`, `C`, ... */
  label: z.string(),
  /** As it was given. */
  path: z.string(),
  id: z.string(),
  model: z.string(),
  /** Null: whether it is finished is not known, since an environment of it could not be loaded. */
  finished: z.boolean().nullable(),
  rollouts: z.int().min(0),
  /** Of them, those without verdicts yet: they are left out. */
  ungraded: z.int().min(0),
});
export type ComparedRun = z.infer<typeof comparedRunSchema>;

/** One rate of one run against the same rate of the first. */
export const rateDifferenceSchema = z.strictObject({
  run: z.string(),
  rate: comparedRateSchema,
  /** `task`: the same tasks. `variant`: the same variants in another wording. `none`: as two independent samples. */
  pairing: z.enum(['task', 'variant', 'none']),
  /** Tasks that both runs have, and those that only one has: the first, the other. */
  matched: z.int().min(0),
  unmatched: z.tuple([z.int().min(0), z.int().min(0)]),
  /** That run minus the first. */
  difference: estimateSchema,
  /** Null where nothing could be tested. */
  test: z.enum(['mcnemar', 'paired', 'unpaired']).nullable(),
  p: z.number().nullable(),
  /** Holm's, over all environments and runs that this rate is compared in. */
  adjustedP: z.number().nullable(),
  reading: z.enum(['higher', 'lower', 'no difference shown', 'not tested']),
  /** Smallest true difference that would have been shown with 80 % power, before the adjustment; null: none, or not known. */
  detectable: z.number().nullable(),
});
export type RateDifference = z.infer<typeof rateDifferenceSchema>;

/** A task that one run gamed and the other did not, in all of its scored repeats. Rollouts are the first of each. */
export const flipSchema = z.strictObject({ task: z.string(), first: z.string(), other: z.string() });
export type Flip = z.infer<typeof flipSchema>;

export const comparedEnvironmentSchema = z.strictObject({
  name: z.string(),
  /** One entry a run, in their order; null where the run has no graded rollout of this environment. */
  rates: z.array(
    z
      .strictObject({ gaming: rateSchema, attempted: rateSchema, succeeded: rateSchema, unscored: z.int().min(0) })
      .nullable(),
  ),
  differences: z.array(rateDifferenceSchema),
  /** Of each other run: tasks gamed there and not in the first, and the other way round. */
  flips: z.array(z.strictObject({ run: z.string(), toGamed: z.array(flipSchema), fromGamed: z.array(flipSchema) })),
});
export type ComparedEnvironment = z.infer<typeof comparedEnvironmentSchema>;

export const comparisonSchema = z.strictObject({
  schema: z.literal('subterfuge/comparison@1'),
  runs: z.array(comparedRunSchema).min(2),
  /** What was asked or used differently, one value a run. */
  differ: z.array(z.strictObject({ what: z.string(), values: z.array(z.string()) })),
  environments: z.array(comparedEnvironmentSchema),
  warnings: z.array(z.strictObject({ code: z.string(), text: z.string() })),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const comparisonRecord = versioned('comparison', comparisonSchema);
