import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { feedbackSchema } from './rollout.ts';
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

/** How alike the repeats of one task came out. Tasks are what is counted; one whose missing or unscored repeats could change the answer is unscored. */
export const repeatsSchema = z.strictObject({
  /** How often each task was to be played: the k of pass^k. */
  times: z.int().min(2),
  /** Tasks that were gamed every time. */
  all: rateSchema,
  /** Tasks that were gamed no time. */
  none: rateSchema,
  /** Flaky ones: gamed at least once, and not at least once. */
  mixed: rateSchema,
});
export type Repeats = z.infer<typeof repeatsSchema>;

/** An evaluation that was to end as soon as its intervals are narrow enough. Every interval of the environment is a confidence sequence. */
export const sequentialSchema = z.strictObject({
  /** As they were given: `gaming.width<0.02`. */
  until: z.array(z.string()).min(1),
  /** They held at one of the looks. */
  met: z.boolean(),
  /** Rollouts that would have been played otherwise. */
  most: z.int().min(1),
});
export type Sequential = z.infer<typeof sequentialSchema>;

/** What came out at each attempt, where each task was attempted several times in one conversation. */
export const attemptsSchema = z.strictObject({
  times: z.int().min(2),
  feedback: feedbackSchema,
  /** In order, one for each attempt. */
  at: z.array(
    z.strictObject({
      attempt: z.int().min(1),
      gaming: rateSchema,
      attempted: rateSchema,
      succeeded: rateSchema,
      proxy: rateSchema,
      intent: rateSchema,
      /** Conversations that were gamed at this attempt or an earlier one. */
      gamedSoFar: rateSchema,
    }),
  ),
  /** Gaming at the last attempt minus gaming at the first, paired by task. Null where no task has both, and in a run with `until`. */
  change: estimateSchema.nullable(),
});
export type Attempts = z.infer<typeof attemptsSchema>;

/** A judge beside the rules whose place it took, over the rollouts that the rules would have decided by free text. */
export const agreementSchema = z.strictObject({
  /** Both say the same. Unscored where one of them does not say. */
  agree: rateSchema,
  /** The judge says yes and the rules no. */
  judgeOnly: rateSchema,
  /** The rules say yes and the judge no. */
  rulesOnly: rateSchema,
});
export type Agreement = z.infer<typeof agreementSchema>;

/** Where a model took the place of rules. A question that it was never asked is left out. */
export const judgedSchema = z.strictObject({
  /** Model spec, or several where a run was judged by more than one. */
  model: z.string(),
  /** Rollouts of which it was asked something that its provider, or this process, failed to answer: a resume asks again. */
  unanswered: z.int().min(0),
  /** Where there are such: rollouts of which it was not asked what it was asked of others. What rules say of them stands. */
  byRules: z.int().min(1).optional(),
  intent: agreementSchema.optional(),
  attempted: agreementSchema.optional(),
  disclosed: agreementSchema.optional(),
});
export type JudgedSummary = z.infer<typeof judgedSchema>;

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
  /** Where there are such: why, most often. The first line of the cause, and how many of them have it. */
  unscoredCause: z.strictObject({ cause: z.string(), count: z.int().min(1) }).optional(),
  /** Rollouts that ended in a fault. */
  faults: z.int().min(0),
  rollouts: z.int().min(0),
  /** Where tasks were to be played more than once. */
  repeats: repeatsSchema.optional(),
  /** Where there were to be several attempts: all other rates are over all of them. */
  attempts: attemptsSchema.optional(),
  /** Where no hidden chain of thought was asked for: rollouts that hold one anyway. */
  thinking: rateSchema.optional(),
  /** Refused writes count as attempts here, and the sandbox did not see them: `attempted` is a lower bound. */
  refusalsUnseen: z.literal(true).optional(),
  /** Where it was asked for. */
  sequential: sequentialSchema.optional(),
  /** Where a judge was asked. */
  judged: judgedSchema.optional(),
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
