import { z } from 'zod';
import { dialectNameSchema } from './rollout.ts';
import { promptSetSchema, registerSchema, splitSchema } from './task.ts';
import { versioned } from './version.ts';

/** What an evaluation was asked to do: enough to go on with it after a crash, and to repeat it. */
export const evalPlanSchema = z.strictObject({
  kind: z.literal('eval'),
  model: z.string(),
  environments: z.array(z.string()).min(1),
  /** Rollouts per environment. */
  n: z.int().min(1),
  /** Rollouts of single environments, where not `n`. */
  counts: z.record(z.string(), z.int().min(1)).optional(),
  /** How often each task is played: training compares samples of one prompt. Left out: once. */
  repeats: z.int().min(1).optional(),
  seed: z.string(),
  split: splitSchema,
  register: registerSchema,
  promptSet: promptSetSchema,
  dialect: dialectNameSchema,
  temperature: z.number().min(0),
  /** The most output tokens of one completion. */
  maxOutputTokens: z.int().min(1),
  /** For the whole run. Null: no cap was asked for. */
  maxUsd: z.number().positive().nullable(),
  /** USD per million tokens, where it was given. */
  price: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).nullable(),
});
export type EvalPlan = z.infer<typeof evalPlanSchema>;

export const manifestSchema = z.strictObject({
  schema: z.literal('subterfuge/run@1'),
  id: z.string(),
  createdAt: z.string(),
  /** Version of Subterfuge and of Node that wrote it. */
  versions: z.strictObject({ subterfuge: z.string(), node: z.string() }),
  plan: evalPlanSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestRecord = versioned('run', manifestSchema);
