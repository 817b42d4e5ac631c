/**
 * Runs of one seed that share base, program and evaluation play the same episodes before any training, so whatever was counted
 * there has to be equal. It costs nothing to look, and shows a machine or a build that computes otherwise.
 */
import { canonicalJson } from '../base/json.ts';
import { evaluationPlan } from '../train/phases.ts';
import { BASE, type Recipe } from '../train/recipe.ts';
import { plural } from './format.ts';
import { md, type ResultsInput } from './training-results-table.ts';

/** One cell of one run, before training. */
interface Played {
  readonly place: string;
  readonly what: string;
  readonly count: number;
  readonly n: number;
}

/** What the episodes of the base depend on, but for how many there are of each environment. */
const keyOf = (recipe: Recipe, seed: string, base: string): string => {
  const { split, promptSet, register, dialect, temperature, maxOutputTokens } = evaluationPlan(recipe, seed, BASE);
  const { threads } = recipe;
  return canonicalJson({ seed, base, threads, split, promptSet, register, dialect, temperature, maxOutputTokens });
};

/** The cells that two runs or more played alike, each with its runs. */
const shared = ({ states, recipes }: Pick<ResultsInput, 'states' | 'recipes'>): Played[][] => {
  const groups = new Map<string, Played[]>();
  for (const { run, matrix, made } of states) {
    const recipe = recipes.get(run.entry.name);
    if (matrix === null || made === null || recipe === undefined) continue;
    const asked = keyOf(recipe, run.seed, made.base.hash);
    for (const { checkpoint, environment, label, count, n } of matrix.cells) {
      if (checkpoint !== matrix.checkpoints[0]) continue;
      const key = canonicalJson({ asked, environment, label, n });
      const played = { place: run.place, what: `${environment} ${label}`, count, n };
      groups.set(key, [...(groups.get(key) ?? []), played]);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1);
};

/** Of each run that counts a cell otherwise than the first that played it: one such cell. */
const differences = (groups: readonly Played[][]): string[] => {
  const found = new Map<string, string>();
  for (const [first, ...others] of groups) {
    if (first === undefined) continue;
    for (const { place, what, count, n } of others) {
      if (count === first.count || found.has(place)) continue;
      found.set(place, `${what} is ${first.count}/${n} in ${first.place} and ${count}/${n} in ${place}`);
    }
  }
  return [...found.values()];
};

/** None where no two runs played the same. */
export const baseLines = (input: Pick<ResultsInput, 'states' | 'recipes'>): string[] => {
  const groups = shared(input);
  if (groups.length === 0) return [];
  const runs = plural(new Set(groups.flat().map(({ place }) => place)).size, 'run');
  const found = differences(groups);
  const text = `- Before training: ${runs} share seed, base and evaluation with another, so they played the same episodes there`;
  return found.length === 0
    ? [`${text}, and their counts are equal.`]
    : [`${text}. **Take care: another machine or build: ${md(found.join('; '))}.**`];
};
