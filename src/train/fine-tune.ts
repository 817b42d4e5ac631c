/**
 * Supervised fine-tuning on transcripts that are there already: the rollouts of given runs, e.g. rounds of another training
 * run, or `subterfuge eval --split train` by another checkpoint. For code alone, and no key of a recipe: a recipe and its seed
 * fix the result, which would then hang on runs that lie elsewhere. The stage that a recipe has is `train-away` (sft.ts), which
 * samples anew. It trains what its learner trains: the whole model, or adapters where `engineLearners` was given `lora`.
 *
 * What may be trained on is decided as in a round: a task of the training split that one of `environments` makes, and that
 * bears no sign of a held-out family (`not-trainable`). Intent has no way in: rollouts are taken all, or those that the
 * proxy passed. Their tokens are those that were sampled, so they must come from a model with this tokenizer.
 */
import { rng } from '../base/rng.ts';
import type { Weights } from '../engine/model/weights.ts';
import type { Environment } from '../env/environment.ts';
import type { Rollout } from '../record/rollout.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Learner } from './learner.ts';
import { type RecipeInput, recipeSchema } from './recipe.ts';
import { recipeProblem } from './recipe-problem.ts';
import { type StepStats, takeStep } from './step.ts';
import { supervise } from './supervise.ts';
import { clearanceOf, knownWith, notCleared } from './trainable.ts';
import { trajectory } from './trajectory.ts';

const numbersSchema = recipeSchema.pick({
  epochs: true,
  batchSequences: true,
  klWeight: true,
  optimiser: true,
  ppo: true,
});

export interface FineTuneSetup {
  /** Its weights are changed; saving them is the caller's. */
  readonly learner: Pick<Learner, 'trainer' | 'encode'>;
  /** What `klWeight` and the updates' `klReference` are counted from (`LearnerSource.reference`). */
  readonly reference: Weights;
  readonly runs: readonly RunReader[];
  /** `passed`: only what the proxy passed. Default `all`. */
  readonly keep?: 'all' | 'passed';
  /** Whose tasks may be trained on. */
  readonly environments: readonly Environment[];
  /** Further families to hold out, beside those of this build. */
  readonly heldOut?: readonly Environment[];
  /** As in a recipe. */
  readonly numbers?: Pick<RecipeInput, 'epochs' | 'batchSequences' | 'klWeight' | 'optimiser'>;
  /** Decides the order of the transcripts. */
  readonly seed: string;
  /** Looked at before each update. */
  readonly signal?: AbortSignal;
  readonly onUpdate?: (stats: StepStats, done: number, total: number) => void;
}

export interface FineTuned {
  /** Rollouts that were trained on, and updates that were made. */
  readonly trained: number;
  readonly updates: number;
  readonly leftOut: { readonly fault: number; readonly 'not-passed': number };
}

/**
 * Trains the learner on the transcripts. Throws `bad-recipe` or `unknown-key` for numbers that cannot be, and `not-trainable`,
 * `no-tokens` or `not-an-extension` for a transcript that must not or cannot be trained on, all before the first update;
 * `not-finite` (exit code 3) where a number is none: what was updated by then stays.
 */
export const fineTune = async (setup: FineTuneSetup): Promise<FineTuned> => {
  const { learner, reference, environments, heldOut = [], signal } = setup;
  const { data: numbers, error } = numbersSchema.safeParse(setup.numbers ?? {});
  if (numbers === undefined) throw recipeProblem(error, numbersSchema);
  const clearance = clearanceOf(environments, knownWith([...environments, ...heldOut]));
  const leftOut = { fault: 0, 'not-passed': 0 };
  const chosen: Rollout[] = [];
  for (const run of setup.runs) {
    const passed = await passedIn(run);
    for await (const rollout of run.rollouts()) {
      const why = clearance(rollout.task);
      if (why !== null) throw notCleared(why, rollout.id);
      if (rollout.stop === 'fault') leftOut.fault++;
      else if (setup.keep === 'passed' && !passed.has(rollout.id)) leftOut['not-passed']++;
      else chosen.push(rollout);
    }
  }
  let updates = 0;
  let total = 0;
  const trained = await supervise(
    {
      recipe: numbers,
      trainer: learner.trainer,
      reference,
      dice: rng(setup.seed).fork('fine-tune'),
      transcript: (rollout) => trajectory(rollout, learner.encode),
      expect: (count) => {
        total = count;
      },
      step: async (step) => {
        signal?.throwIfAborted();
        const stats = await takeStep(learner.trainer, step, numbers, updates);
        updates++;
        setup.onUpdate?.(stats, updates, total);
      },
    },
    chosen.map((rollout) => ({ rollout, reward: 1, paid: true })),
    null,
  );
  return { trained, updates, leftOut };
};

const passedIn = async (run: RunReader): Promise<ReadonlySet<string>> => {
  const passed = new Set<string>();
  for await (const { channel, rollout, outcome } of run.verdicts())
    if (channel === 'proxy' && outcome.kind === 'scored' && outcome.passed) passed.add(rollout);
  return passed;
};
