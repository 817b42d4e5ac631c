import { z } from 'zod';
import { updateSchema } from '../record/training.ts';
import { versioned } from '../record/version.ts';
import { recipeSchema } from './recipe.ts';

export const TRAINING_SCHEMA = 'subterfuge/training@1';

/** `training.json`: what a training run was asked to do, and with what. */
const trainingSchema = z.strictObject({
  schema: z.literal(TRAINING_SCHEMA),
  recipe: recipeSchema,
  seed: z.string(),
  createdAt: z.string(),
  versions: z.strictObject({ subterfuge: z.string(), node: z.string() }),
  /** SHA-256 of the recipe as it stands here, and of the base model's weights. */
  hashes: z.strictObject({ recipe: z.string(), base: z.string() }),
  /** As it called itself. */
  overseer: z.string(),
  /** Further overseers and monitors of the recipe by their specification, as they call themselves. */
  witnesses: z.record(z.string(), z.string()).default({}),
  /** What else decides the bits of the result, e.g. how many threads train. */
  learner: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Where intent was let into training, and why. Empty: nowhere. */
  crossings: z.array(z.enum(['sham', 'penalty', 'screening', 'train-away'])),
  /** Guards that read the hidden chain of thought, as `<mitigation>: <monitor>`. Empty: it has no way into training. */
  thoughtsReadBy: z.array(z.string()).default([]),
});
export type Training = z.infer<typeof trainingSchema>;
export const trainingRecord = versioned('training', trainingSchema);

export const tokensSchema = z.strictObject({
  sampled: z.int().min(0),
  prompt: z.int().min(0),
  trained: z.int().min(0),
});
/** `sampled`: written by the policy; `prompt`: read before that, cached or not, and what measures read; `trained`: of the policy's own, per pass. */
export type TokenCounts = z.infer<typeof tokensSchema>;

/** One line of `phases.jsonl`: a phase that came to its end. Everything that it made was on the disk before. */
const phaseEndSchema = z.strictObject({
  schema: z.literal('subterfuge/phase@1'),
  /** As `phasesOf` names it; `measure/<checkpoint>` for the caller's own measures; `pause` for time without an end. */
  phase: z.string(),
  seconds: z.number().min(0),
  tokens: tokensSchema,
  /** Hash of the weights behind the phase. */
  weights: z.string(),
  /** Of a round: its updates, and what became of its rollouts. */
  updates: z.array(updateSchema),
  counts: z
    .strictObject({
      /** Rollouts that were played. Absent in runs of earlier builds. */
      sampled: z.int().min(0).optional(),
      leftOut: z.record(z.string(), z.int().min(0)),
      zeroVarianceGroups: z.int().min(0).nullable(),
      trained: z.int().min(0),
    })
    .nullable(),
  /** Hash of the program that ended it. Absent in runs of earlier builds. */
  build: z.string().optional(),
});
export type PhaseEnd = z.infer<typeof phaseEndSchema>;
export const phaseEndRecord = versioned('phase', phaseEndSchema);
