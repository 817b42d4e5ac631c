/**
 * Runs of one seed that share base, program and evaluation play the same episodes before any training, so whatever was counted
 * there has to be equal. It costs nothing to look, and shows a machine or a build that computes otherwise.
 */
import { canonicalJson } from '../base/json.ts';
import type { Matrix } from '../record/training.ts';
import { cellOf } from '../train/matrix.ts';
import { evaluationPlan } from '../train/phases.ts';
import { BASE, type Recipe } from '../train/recipe.ts';
import { plural } from './format.ts';
import { md, type ResultsInput } from './training-results-table.ts';

interface Played {
  readonly place: string;
  readonly matrix: Matrix;
}

/** What the episodes of the base depend on, but for how many there are of each environment. */
const keyOf = (recipe: Recipe, seed: string, base: string): string => {
  const { split, promptSet, register, dialect, temperature, maxOutputTokens } = evaluationPlan(recipe, seed, BASE);
  const { threads } = recipe;
  return canonicalJson({ seed, base, threads, split, promptSet, register, dialect, temperature, maxOutputTokens });
};

const sharing = ({ states, recipes }: Pick<ResultsInput, 'states' | 'recipes'>): Played[][] => {
  const groups = new Map<string, Played[]>();
  for (const { run, matrix, made } of states) {
    const recipe = recipes.get(run.entry.name);
    if (matrix === null || made === null || recipe === undefined) continue;
    const key = keyOf(recipe, run.seed, made.base.hash);
    groups.set(key, [...(groups.get(key) ?? []), { place: run.place, matrix }]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
};

/** The first cell that two runs count otherwise though both played as many episodes; null: there is none. */
const differs = (one: Played, other: Played): string | null => {
  for (const { checkpoint, environment, label, count, n } of one.matrix.cells) {
    if (checkpoint !== one.matrix.checkpoints[0]) continue;
    const theirs = cellOf(other.matrix, checkpoint, environment, label);
    if (theirs === null || theirs.n !== n || theirs.count === count) continue;
    return `${environment} ${label} is ${count}/${n} in ${one.place} and ${theirs.count}/${n} in ${other.place}`;
  }
  return null;
};

/** None where no two runs share them. */
export const baseLines = (input: Pick<ResultsInput, 'states' | 'recipes'>): string[] => {
  const groups = sharing(input);
  if (groups.length === 0) return [];
  const found = groups.flatMap(([first, ...others]) =>
    first === undefined ? [] : others.flatMap((other) => differs(first, other) ?? []),
  );
  const runs = plural(
    groups.reduce((all, { length }) => all + length, 0),
    'run',
  );
  const shared = `- Before training: ${runs} share seed, base and evaluation with another, so they played the same episodes there`;
  return found.length === 0
    ? [`${shared}, and their counts are equal.`]
    : [`${shared}. **Take care: another machine or build: ${md(found.join('; '))}.**`];
};
