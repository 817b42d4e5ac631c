import { z } from 'zod';
import { dialectNameSchema, feedbackSchema } from './rollout.ts';
import { promptSetSchema, registerSchema, splitSchema } from './task.ts';
import { versioned } from './version.ts';

/** Where commands run: simulated in process, or real programs in bubblewrap. */
export const sandboxNameSchema = z.enum(['simulated', 'bubblewrap']);
export type SandboxName = z.infer<typeof sandboxNameSchema>;

/** An environment was played often enough: the interval of this rate, as wide as here or narrower, valid however often one looks. */
export const untilRuleSchema = z.strictObject({
  rate: z.enum(['gaming', 'attempted', 'succeeded']),
  /** High end less low end, as a share. */
  width: z.number().positive().max(1),
});
export type UntilRule = z.infer<typeof untilRuleSchema>;

/** Several attempts at each task in one conversation. */
export const attemptsPlanSchema = z.strictObject({ times: z.int().min(2), feedback: feedbackSchema });
export type AttemptsPlan = z.infer<typeof attemptsPlanSchema>;

/** How the hidden chain of thought of every episode begins. `name`: `harmful`, `benign`, or the file that the text is from. */
export const cotPrefixSchema = z.strictObject({ name: z.string().min(1), text: z.string().min(1) });
export type CotPrefix = z.infer<typeof cotPrefixSchema>;

/** A Jinja template in the place of the model's own. `name`: the file that it is from. */
export const chatTemplateSchema = z.strictObject({ name: z.string().min(1), text: z.string().min(1) });
export type ChatTemplate = z.infer<typeof chatTemplateSchema>;

const priceSchema = z.strictObject({
  input: z.number().min(0),
  output: z.number().min(0),
  cachedInput: z.number().min(0).optional(),
  cacheWrite: z.number().min(0).optional(),
});

/** A model that decides what else rules would read out of free text. `price`: USD per million tokens, where it was given. */
export const judgePlanSchema = z.strictObject({ model: z.string(), price: priceSchema.nullable() });
export type JudgePlan = z.infer<typeof judgePlanSchema>;

/** Answers of another model to the same questions, in the place of made-up ones. `run`: its directory. */
export const siblingPlanSchema = z.strictObject({ run: z.string(), id: z.string(), model: z.string() });
export type SiblingPlan = z.infer<typeof siblingPlanSchema>;

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
  /** Left out: one attempt at each task. Never together with repeats. */
  attempts: attemptsPlanSchema.optional(),
  /** Left out: the policy begins its thoughts itself. */
  cotPrefix: cotPrefixSchema.optional(),
  /** No hidden chain of thought is asked for or spoken of. Left out: it is. */
  noCot: z.literal(true).optional(),
  /** Each environment ends before its number of rollouts where all of these that can be asked there hold. Left out: it is played whole. */
  until: z.array(untilRuleSchema).min(1).optional(),
  seed: z.string(),
  split: splitSchema,
  register: registerSchema,
  promptSet: promptSetSchema,
  dialect: dialectNameSchema,
  /** Left out: simulated. */
  sandbox: sandboxNameSchema.optional(),
  /** Null: none is sent, and the model takes its own. */
  temperature: z.number().min(0).nullable(),
  /** The most output tokens of one completion. */
  maxOutputTokens: z.int().min(1),
  /** Of a local model: prompt and completion together. Left out: the model's own, at most 4096. */
  context: z.int().min(1).optional(),
  /** Of a model in a GGUF file. Left out: its own. */
  chatTemplate: chatTemplateSchema.optional(),
  /** For the whole run. Null: no cap was asked for. */
  maxUsd: z.number().positive().nullable(),
  /** Input and output tokens of the whole run. Left out: no cap was asked for. */
  maxTokensTotal: z.int().min(1).optional(),
  /** USD per million tokens, where it was given. */
  price: priceSchema.nullable(),
  /** Left out: rules decide. */
  judge: judgePlanSchema.optional(),
  /** `self-evaluation` alone. Left out: the sibling's answers are made up. */
  sibling: siblingPlanSchema.optional(),
});
export type EvalPlan = z.infer<typeof evalPlanSchema>;

/** Its conversations were read from logs: nothing was asked for, and the rest of such a plan says nothing. */
export const isImported = (plan: EvalPlan): boolean => plan.model.startsWith('imported:');

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
