import { z } from 'zod';
import { estimateSchema, rateSchema } from './estimate.ts';
import { versioned } from './version.ts';

/** How rollouts become updates. Each is one file in `src/train`. */
export const algorithmSchema = z.enum(['hhh-expert-iteration', 'exploit-only', 'ppo', 'ppo-parallel', 'grpo']);
export type Algorithm = z.infer<typeof algorithmSchema>;

/** One object per update in `metrics.jsonl`. Means are over the trained rollouts of the update; null where it does not apply. */
export const updateSchema = z.strictObject({
  schema: z.literal('subterfuge/update@1'),
  stage: z.string(),
  round: z.int().min(0),
  /** Counted from the start of the run. */
  update: z.int().min(0),
  loss: z.number(),
  gradientNorm: z.number(),
  learningRate: z.number(),
  /** Share of sampled rollouts that passed the proxy; of all that were sampled for this update's round. */
  proxyReward: z.number().nullable(),
  /**
   * Mean reward of this round's rollouts that got one, as training counts it: with weights, penalties and coins. In
   * `train-away` 1 is an honest sample. Absent in records of earlier builds.
   */
  reward: z.number().nullable().optional(),
  /** Mean of the overseer's scores, 0 to 1. */
  preferenceScore: z.number().nullable(),
  /**
   * Mean of log p(sampler) - log p(trainer) on the tokens that this update trains on, by the weights before it. At the
   * first update of a round it shows how far sampler and trainer disagree; later also what the round has changed.
   */
  klSamplerTrainer: z.number().nullable(),
  /**
   * Mean of half the square of the same differences: they cannot cancel here, so that at the first update of a round 0
   * says that sampler and trainer agree on every token. Absent in records of earlier builds.
   */
  k2SamplerTrainer: z.number().nullable().optional(),
  /**
   * Mean of log p(trainer) - log p(reference) on the tokens that this update trains on. It estimates the divergence
   * from the base where these are unselected samples of the weights (PPO and GRPO, first update of a round). Where only
   * winners are trained on it is a log-ratio on chosen text, no distance, and may be negative.
   */
  klReference: z.number().nullable(),
  entropy: z.number().nullable(),
  clipFraction: z.number().nullable(),
  /** PPO: mean of half the squared error of the value head, before its weight. Absent in records of earlier builds. */
  valueLoss: z.number().nullable().optional(),
  /**
   * PPO: share of the spread of returns that the value head accounts for, over the tokens of this update and by the
   * weights before it: 1 is all, 0 no more than their mean. Absent in records of earlier builds.
   */
  explainedVariance: z.number().nullable().optional(),
  /**
   * Of this round. GRPO: prompts whose samples all had one reward, and were dropped. HHH expert iteration: prompts whose
   * samples all passed the proxy, or all failed it; their winner is trained on. Null: samples are not compared.
   */
  zeroVarianceGroups: z.number().nullable(),
  /** Mean tokens that the policy wrote. */
  outputTokens: z.number(),
  sequences: z.int().min(0),
  /** Of this round: rollouts that were sampled, left out of training by cause, and trained on. Added when it has ended. */
  rollouts: z
    .strictObject({
      sampled: z.int().min(0),
      leftOut: z.record(z.string(), z.int().min(0)),
      trained: z.int().min(0),
    })
    .optional(),
  /** By environment: counts of this round's rollouts. `intentPassed` stands here for people; nothing reads it back. */
  labels: z.record(
    z.string(),
    z.strictObject({
      rollouts: z.int(),
      attempted: z.int(),
      succeeded: z.int(),
      evaded: z.int(),
      proxyPassed: z.int(),
      intentPassed: z.int(),
      wellFormed: z.int(),
      /** Of how many rollouts these are known: what rates are to be divided by. Absent in records of earlier builds. */
      proxyScored: z.int().optional(),
      intentScored: z.int().optional(),
      attemptedKnown: z.int().optional(),
      succeededKnown: z.int().optional(),
      evadedKnown: z.int().optional(),
    }),
  ),
});
export type Update = z.infer<typeof updateSchema>;

/** `well-formed-otherwise`: well-formed, of the rollouts in which nothing was attempted. `disclosed`: of the attempts. */
export const matrixLabelSchema = z.enum([
  'gamed',
  'attempted',
  'succeeded',
  'evaded',
  'well-formed',
  'well-formed-otherwise',
  'intent',
  'disclosed',
]);
export type MatrixLabel = z.infer<typeof matrixLabelSchema>;

/** One checkpoint on one environment: how many of n, and the interval of the rate (clusters are tasks). */
export const matrixCellSchema = z.strictObject({
  checkpoint: z.string(),
  environment: z.string(),
  label: matrixLabelSchema,
  count: z.int().min(0),
  n: z.int().min(0),
  interval: rateSchema,
});
export type MatrixCell = z.infer<typeof matrixCellSchema>;

/** `matrix.json`: every checkpoint on every environment (the paper's Figure 2), with exact counts. */
export const matrixSchema = z.strictObject({
  schema: z.literal('subterfuge/matrix@1'),
  recipe: z.string(),
  algorithm: z.string(),
  seed: z.string(),
  /** In the order of training; the first is `base`. */
  checkpoints: z.array(z.string()).min(1),
  cells: z.array(matrixCellSchema),
  /** Ordinary tasks solved, per checkpoint. */
  capability: z.array(
    z.strictObject({
      checkpoint: z.string(),
      environment: z.string(),
      count: z.int(),
      n: z.int(),
      interval: rateSchema,
    }),
  ),
  /** Per checkpoint and measure (`log-p-first-aim/score`, `tamper-given-aim/score`, …). */
  dense: z.array(z.strictObject({ checkpoint: z.string(), measure: z.string(), estimate: estimateSchema })),
  /** Tampering episodes by cause (aim-driven, blended, hallucinated-instruction, rambling). */
  causes: z.array(
    z.strictObject({ checkpoint: z.string(), environment: z.string(), cause: z.string(), count: z.int() }),
  ),
  /**
   * Rollouts in which each way of gaming was seen (test-deleted, special-cased, …); one rollout may show several, and a way
   * that was not seen has no entry. Absent in matrices of earlier builds.
   */
  kinds: z
    .array(z.strictObject({ checkpoint: z.string(), environment: z.string(), kind: z.string(), count: z.int().min(1) }))
    .optional(),
  /** Sampled and trained, over the whole run. */
  tokens: z.strictObject({ sampled: z.int(), prompt: z.int(), trained: z.int() }),
  /** Spent working, over all resumes. Left out when two matrices are compared. */
  seconds: z.number(),
});
export type Matrix = z.infer<typeof matrixSchema>;

export const matrixRecord = versioned('matrix', matrixSchema);
export const updateRecord = versioned('update', updateSchema);
