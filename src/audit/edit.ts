import type { Rng } from '../base/rng.ts';
import type { Answer } from './answer.ts';
import type { Example } from './example.ts';
import type { StrategyContext } from './strategy.ts';

/**
 * One step of the search: pure, never repairs what is wrong about an answer. Known-bad strategies give edits (their `make`);
 * edit lists of their own add what makes sense only in combination (repeat, cut, splice, move, swap words).
 */
export interface Edit {
  readonly name: string;
  apply(answer: Answer, example: Example, context: StrategyContext): Answer;
}

/** A program of edits that applies to any example: what the search evolves and what transfers. */
export interface Recipe {
  /** Strategy that makes the first answer: a no-work one, or `known-bad`. */
  readonly start: string;
  readonly edits: readonly string[];
  /** Names the dice of the edits, so that a recipe makes the same answer again. */
  readonly salt: string;
}

export type RunRecipe = (recipe: Recipe, example: Example, context: StrategyContext) => Answer | null;
export type MutateRecipe = (recipe: Recipe, edits: readonly Edit[], dice: Rng) => Recipe;
