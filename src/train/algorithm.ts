import type { Rng } from '../base/rng.ts';
import type { Weights } from '../engine/model/weights.ts';
import type { Trainer } from '../engine/trainer/trainer.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Batch } from './batch.ts';
import type { Recipe } from './recipe.ts';
import type { RewardRule } from './rewards.ts';
import type { ScoredRollout } from './scored.ts';
import type { Step } from './step.ts';
import type { Transcript } from './trajectory.ts';

/** What an algorithm has to work with in one round: its own prompts, the weights, and nothing of intent. */
export interface Round {
  readonly recipe: Recipe;
  readonly stage: string;
  /** Rounds of this run that came before. */
  readonly earlier: number;
  /** This round's own stream. */
  readonly dice: Rng;
  readonly trainer: Trainer;
  /** The weights that the run began with. */
  readonly reference: Weights;
  isOrdinary(rollout: Rollout): boolean;
  /** Plays and scores the round's prompts; what was played before is read. In the order of ids. */
  sample(): Promise<readonly ScoredRollout[]>;
  /** Gives each rollout its reward, by the recipe's rule or another. Throws `not-trainable` on what is not cleared. */
  reward(scored: readonly ScoredRollout[], rule?: RewardRule): Batch;
  transcript(rollout: Rollout): Transcript;
  /** How many updates the algorithm is going to make, for whoever waits. */
  expect(updates: number): void;
  /** One update of the weights. */
  step(step: Step): Promise<void>;
}

/**
 * Turns one round into updates. Pure in what is durable: the same weights, rollouts and seed give the same updates, so
 * a round that was cut short is done again from its start.
 */
export type AlgorithmRun = (round: Round) => Promise<RoundCounts>;

/** What became of the round's rollouts. */
export interface RoundCounts {
  readonly leftOut: Readonly<Record<string, number>>;
  /** As in the record of an update (`updateSchema`). Null: the algorithm compares no samples. */
  readonly zeroVarianceGroups: number | null;
  /** Rollouts that were trained on. */
  readonly trained: number;
}
