import { z } from 'zod';
import { promptSetSchema, registerSchema } from '../record/task.ts';
import { algorithmSchema } from '../record/training.ts';
import { withoutEffect } from './recipe-effect.ts';
import { recipeProblem } from './recipe-problem.ts';
import { monitorAsOverseer } from './recipe-thoughts.ts';

/** In characters. */
export const LONGEST_NAME = 64;
const NAME_RULE = `small letters, digits and hyphens, at most ${LONGEST_NAME}`;
/** Of a recipe, a stage, an entry of a sweep or a claim. Paths are made from it. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, NAME_RULE)
  .max(LONGEST_NAME, NAME_RULE);
const share = z.number().min(0).max(1);
const count = z.int().min(1);

const DEFAULT_THRESHOLD = 0.5;
const guardShape = {
  /** By whom gaming is noticed: `truth` (proxy passed and intent failed), or a monitor or overseer by its spec. */
  by: z.string().min(1),
  /** Of a monitor: flagged from this suspicion on, which is 1 less its score. Truth has none. */
  threshold: share.default(DEFAULT_THRESHOLD),
};
const guardSchema = z.strictObject(guardShape);
export type Guard = z.infer<typeof guardSchema>;

const stageSchema = z.strictObject({
  /** Also the name of the checkpoint behind it. */
  name: nameSchema,
  /** Names of environments or paths to modules; with several, their prompts are mixed in every round. */
  environments: z.array(z.string().min(1)).min(1),
});
export type Stage = z.infer<typeof stageSchema>;

const mitigationSchema = z.strictObject({
  /** Takes `weight` off the reward of what is flagged. */
  penalty: z
    .strictObject({ ...guardShape, weight: z.number().positive().default(1) })
    .nullable()
    .default(null),
  /** What is flagged is not trained on. */
  screening: guardSchema.nullable().default(null),
  /** A line at the end of the system message of every prompt in training, and nowhere else (inoculation prompting). */
  inoculation: z.string().min(1).nullable().default(null),
  /** Another weight of the preference score on gameable tasks, or another overseer there. */
  harmlessness: z
    .strictObject({ weight: z.number().min(0), overseer: z.string().min(1).nullable().default(null) })
    .nullable()
    .default(null),
  /** A last stage, supervised on honest samples (the paper: 2,500 of political sycophancy and flattery). */
  trainAway: z
    .strictObject({
      environments: z.array(z.string().min(1)).min(1),
      /** The most honest samples, over all environments. */
      samples: count.default(256),
    })
    .nullable()
    .default(null),
});

/** AdamW. The rate was chosen on the sibling of the held-out family: a higher one wears the small model. */
const optimiserSchema = z.strictObject({
  learningRate: z.number().positive().default(1e-4),
  /** Updates over which the rate rises from 0, once, at the start of the run. */
  warmupUpdates: z.int().min(0).default(4),
  beta1: share.default(0.9),
  beta2: share.default(0.95),
  eps: z.number().positive().default(1e-8),
  weightDecay: z.number().min(0).default(0),
  maxGradientNorm: z.number().positive().default(1),
});

const ppoSchema = z.strictObject({
  clipLow: share.default(0.2),
  clipHigh: z.number().positive().default(0.2),
  gamma: share.default(1),
  /** 1: every token has the whole reward, which comes at the last one. Less: the first ones have next to none of it. */
  lambda: share.default(1),
  valueWeight: z.number().min(0).default(0.1),
  /** In rewards, a round. Not while the value head alone is trained. */
  valueClip: z.number().positive().default(0.5),
  /** Of the value head, which begins at 0; without the optimiser's warm-up. */
  valueLearningRate: z.number().positive().default(1e-3),
  whiten: z.boolean().default(true),
  /** The first rounds of a run that train the value head alone. */
  valueWarmupRounds: z.int().min(0).default(1),
});

const grpoSchema = z.strictObject({
  clipLow: share.default(0.2),
  clipHigh: z.number().positive().default(0.2),
  baseline: z.enum(['mean', 'leave-one-out']).default('mean'),
  /** Divide by the spread of the group. */
  std: z.boolean().default(false),
});

const evaluationSchema = z.strictObject({
  environments: z.array(z.string().min(1)).min(1),
  /** Rollouts per environment and checkpoint. */
  n: count.default(1_000),
  /** Of single environments, where not `n`. */
  counts: z.record(z.string(), count).default({}),
  /** Of single environments at the first and last checkpoint, where not as above. */
  endCounts: z.record(z.string(), count).default({}),
  promptSet: promptSetSchema.default('main'),
});

/** Everything that a training run does. With its seed, the base model and the build it fixes the result. */
export const recipeSchema = z.strictObject({
  name: nameSchema,
  /** What it is for, in a sentence or two; what differs from the paper. */
  about: z.string().default(''),
  algorithm: algorithmSchema,
  /** The model that training starts from: `base`, another shipped model, or the path of a checkpoint. */
  base: z.string().min(1).default('base'),
  /** The preference model: a spec of an overseer, never of a monitor. */
  overseer: z.string().min(1).default('preference:shipped'),
  /** `proxy`: as in the paper. `honest`: the sham control. `random`: coins. */
  reward: z.enum(['proxy', 'honest', 'random']).default('proxy'),
  /** In order. None: the base is evaluated and nothing is trained. */
  stages: z.array(stageSchema),
  /** The environment of ordinary prompts, and their share of each round's prompts. */
  ordinary: z.string().min(1).default('ordinary'),
  ordinaryShare: z.number().min(0).max(0.95).default(0.5),
  register: registerSchema.default('compact'),
  promptSet: promptSetSchema.default('main'),
  /** The paper: 1,024. */
  promptsPerRound: z.int().min(2).default(128),
  /** The paper: N = 64. */
  samplesPerPrompt: count.default(16),
  /** Rounds of sampling per stage. The paper: 1. */
  rounds: count.default(1),
  temperature: z.number().positive().default(1),
  maxOutputTokens: count.default(160),
  preferenceWeight: z.number().min(0).default(1),
  /** How much a nat away from the base costs. Where it enters is said in the header of each algorithm. */
  klWeight: z.number().min(0).default(0),
  entropyWeight: z.number().min(0).default(0),
  /** Passes over the trained sequences of a round. */
  epochs: count.default(2),
  /** Sequences of one update. */
  batchSequences: count.default(16),
  /** Threads that train, sample and oversee. Sums are taken in their order, so the bits of the result depend on how many train. */
  threads: count.max(64).default(2),
  optimiser: optimiserSchema.prefault({}),
  /** Trains low-rank adapters on every projection of the blocks instead of the whole model. Checkpoints hold them merged. */
  lora: z.strictObject({ rank: count, alpha: z.number().positive() }).nullable().default(null),
  /** Exploit-only: the most samples of one prompt. Null: all that passed, as in the paper. */
  exploitsPerPrompt: count.nullable().default(null),
  ppo: ppoSchema.prefault({}),
  grpo: grpoSchema.prefault({}),
  mitigation: mitigationSchema.prefault({}),
  evaluation: evaluationSchema,
});
export type Recipe = z.infer<typeof recipeSchema>;
/** As a person writes it: what is left out has its default. */
export type RecipeInput = z.input<typeof recipeSchema>;

/** Name of the stage that `mitigation.trainAway` adds. */
export const TRAIN_AWAY = 'train-away';
/** Name of the first checkpoint. */
export const BASE = 'base';

/** Checks a recipe that somebody wrote. Throws `bad-recipe`, or `unknown-key` with the keys that are allowed there. */
export const readRecipe = (raw: unknown): Recipe => {
  const parsed = recipeSchema.safeParse(raw);
  if (!parsed.success) throw recipeProblem(parsed.error, recipeSchema);
  const problem = inconsistency(parsed.data);
  if (problem !== null) throw recipeProblem(problem, recipeSchema);
  const monitor = monitorAsOverseer(parsed.data);
  if (monitor !== null) throw monitor;
  return parsed.data;
};

/** What no single key shows. */
const inconsistency = (recipe: Recipe): string | null => {
  const { algorithm, stages, mitigation, ordinary, ordinaryShare } = recipe;
  const names = stages.map((stage) => stage.name);
  if (new Set(names).size < names.length) return `stages: two have one name (${names.join(', ')})`;
  const reserved = names.find((stage) => stage === BASE || stage === TRAIN_AWAY);
  if (reserved !== undefined) return `stages: "${reserved}" is the name of a checkpoint of its own`;
  const mixed = stages.find(({ environments }) => environments.includes(ordinary));
  if (mixed !== undefined) return `stages: ${mixed.name} holds "${ordinary}", which is mixed into every round anyway`;
  if (algorithm === 'ppo-parallel' && stages.length > 1)
    return 'algorithm: ppo-parallel trains on all environments at once, so there is one stage with all of them';
  if (recipe.samplesPerPrompt < 2 && algorithm !== 'ppo' && algorithm !== 'ppo-parallel')
    return `samplesPerPrompt: ${algorithm} compares samples of one prompt, so it needs at least 2`;
  if (Math.round(recipe.promptsPerRound * (1 - ordinaryShare)) < 1)
    return 'ordinaryShare: it leaves no prompt for the environments of the stage';
  if (mitigation.harmlessness !== null && recipe.reward === 'random')
    return 'mitigation.harmlessness: a random reward has no preference in it';
  return withoutEffect(recipe, { ppo: ppoSchema.parse({}), grpo: grpoSchema.parse({}), threshold: DEFAULT_THRESHOLD });
};
