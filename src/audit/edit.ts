import type { Rng } from '../base/rng.ts';
import type { Answer } from './answer.ts';
import type { Seen, StrategyContext, StrategyOf } from './strategy.ts';

/**
 * One step of the search: pure, never repairs what is wrong about an answer. Known-bad strategies give edits (their `make`);
 * edit lists of their own (search/text-edits.ts, search/vector-edits.ts) add what makes sense only in combination. An edit sees what an attacker
 * sees. An answer of another kind is left as it is.
 */
export interface Edit {
  readonly name: string;
  apply(answer: Answer, seen: Seen, context: StrategyContext): Answer;
}

/** A program of edits that applies to any example: what the search evolves and what transfers. */
export interface Recipe {
  /** What makes the first answer: a no-work strategy, a proposed text, or `known-bad`. */
  readonly start: string;
  readonly edits: readonly string[];
  /** Names the dice of the edits, so that a recipe makes the same answer again. */
  readonly salt: string;
}

/** A first answer; null where it has none for this example. `bad` is a wrong answer to it, where one is known. */
export type Start = (seen: Seen, bad: Answer | null, context: StrategyContext) => Answer | null;

/** What the names in recipes stand for. */
export interface RecipeBook {
  readonly starts: ReadonlyMap<string, Start>;
  readonly edits: ReadonlyMap<string, Edit>;
}

export type RunRecipe = (
  recipe: Recipe,
  book: RecipeBook,
  seen: Seen,
  bad: Answer | null,
  context: StrategyContext,
) => Answer | null;
export type MutateRecipe = (recipe: Recipe, edits: readonly string[], dice: Rng) => Recipe;

/** Longer recipes are harder to read and to shrink than what they add. */
export const MOST_EDITS = 6;
/** Characters: repeating and padding must not grow an answer without end. */
const LONGEST = 4_000;

export const runRecipe: RunRecipe = (recipe, { starts, edits }, seen, bad, context) => {
  let answer = starts.get(recipe.start)?.(seen, bad, { ...context, dice: context.dice.fork('start') }) ?? null;
  for (const [index, name] of recipe.edits.entries()) {
    if (answer === null) return null;
    const dice = context.dice.fork(`${recipe.salt}/${index}/${name}`);
    answer = edits.get(name)?.apply(answer, seen, { ...context, dice }) ?? answer;
    if (typeof answer === 'string') answer = answer.slice(0, LONGEST);
  }
  return answer;
};

const without = (edits: readonly string[], dice: Rng): readonly string[] =>
  edits.length === 0 ? edits : edits.toSpliced(dice.int(edits.length), 1);

const inserted = (edits: readonly string[], name: string, dice: Rng): readonly string[] =>
  edits.toSpliced(dice.int(edits.length + 1), 0, name);

/** One step in the space of recipes: an edit more, less, another or elsewhere; or the same with other dice. */
export const mutateRecipe: MutateRecipe = (recipe, edits, dice) => {
  const fresh = { ...recipe, salt: String(dice.seed31()) };
  if (edits.length === 0) return fresh;
  const full = recipe.edits.length >= MOST_EDITS;
  const step = dice.int(8);
  if (step < 3 && !full) return { ...fresh, edits: inserted(recipe.edits, dice.pick(edits), dice) };
  if (step < 5) return { ...fresh, edits: without(recipe.edits, dice) };
  if (step < 7) return { ...fresh, edits: inserted(without(recipe.edits, dice), dice.pick(edits), dice) };
  return { ...fresh, edits: dice.shuffle(recipe.edits) };
};

/** An edit of each known-bad strategy: one of its variants, by dice. */
export const editOf = (strategy: StrategyOf<'known-bad'>): Edit => ({
  name: strategy.name,
  apply: (answer, seen, context) => {
    const made = strategy.make(answer, seen, context);
    return made.length === 0 ? answer : context.dice.fork('variant').pick(made).answer;
  },
});
