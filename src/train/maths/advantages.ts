/** What a group of samples of one prompt is measured against. */
export type Baseline = 'mean' | 'leave-one-out';

/** Keeps a division by a spread of nothing finite. As in the usual implementations of GRPO. */
const STD_FLOOR = 1e-4;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Advantage of each sample within its group. `mean`: reward less the mean of the group (GRPO; Shao et al. 2024,
 * without its division by the spread unless `std`; Liu et al. 2025 say why not to divide). `leave-one-out`: reward less
 * the mean of the others (RLOO, Ahmadian et al. 2024), which is unbiased and n / (n - 1) times the former. A group of
 * one tells nothing: 0.
 */
export const groupAdvantages = (
  rewards: readonly number[],
  options: { readonly baseline?: Baseline; readonly std?: boolean } = {},
): number[] => {
  const n = rewards.length;
  if (n < 2) return rewards.map(() => 0);
  const centre = mean(rewards);
  const factor = options.baseline === 'leave-one-out' ? n / (n - 1) : 1;
  const spread = options.std === true ? Math.sqrt(mean(rewards.map((r) => (r - centre) ** 2))) + STD_FLOOR : 1;
  return rewards.map((reward) => ((reward - centre) * factor) / spread);
};

/** A group whose rewards are all the same has no gradient. */
export const hasVariance = (rewards: readonly number[]): boolean => rewards.some((reward) => reward !== rewards[0]);
