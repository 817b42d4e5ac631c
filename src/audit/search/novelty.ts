import type { Recipe } from '../edit.ts';

const NEIGHBOURS = 5;

/** 1 minus the share of edits that two recipes have in common (Jaccard); another start is half a difference. */
export const distance = (a: Recipe, b: Recipe): number => {
  const [left, right] = [new Set(a.edits), new Set(b.edits)];
  const common = [...left].filter((name) => right.has(name)).length;
  const union = left.size + right.size - common;
  const edits = union === 0 ? 0 : 1 - common / union;
  return a.start === b.start ? edits : (1 + edits) / 2;
};

/** Mean distance to the nearest few of the others, 0 to 1; 1 where there are none. */
export const noveltyOf = (recipe: Recipe, others: readonly Recipe[]): number => {
  const nearest = others
    .filter((other) => other !== recipe)
    .map((other) => distance(recipe, other))
    .toSorted((a, b) => a - b)
    .slice(0, NEIGHBOURS);
  return nearest.length === 0 ? 1 : nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
};
