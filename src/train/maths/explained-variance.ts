/** A spread below this share of the targets is what adding them up leaves over. */
const ROUNDING = 1e-12;

/**
 * Share of the spread of `targets` that `said` accounts for: 1 - Var(target - said) / Var(target). 1: all of it; 0: no
 * more than their mean would; below 0: worse than that. A constant error costs nothing. Null where the targets have no
 * spread beyond rounding.
 */
export const explainedVariance = (said: readonly number[], targets: readonly number[]): number | null => {
  if (targets.length === 0) return null;
  const spread = variance(targets);
  const largest = targets.reduce((most, target) => Math.max(most, Math.abs(target)), 0);
  if (Math.sqrt(spread) <= ROUNDING * largest) return null;
  return 1 - variance(targets.map((target, i) => target - (said[i] ?? Number.NaN))) / spread;
};

/** Over all of them, not a sample's estimate. */
const variance = (values: readonly number[]): number => {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
};
