/** Bradley and Terry (1952): the better side wins with probability sigmoid(reward of the better - reward of the worse). */

export interface PairLoss {
  readonly loss: number;
  /** Derivatives of the loss by the two rewards. */
  readonly better: number;
  readonly worse: number;
}

/**
 * Keeps the sum of a pair's rewards near 0: the comparison fixes differences only, and a fixed transformation to scores
 * needs a level that does not drift (Eisenstein et al. 2023, arXiv:2312.09244, section on reward centring).
 */
export const CENTRING = 0.01;

/** -log sigmoid(better - worse) + CENTRING (better + worse)^2, in nats. Stable for differences of any size. */
export const pairLoss = (better: number, worse: number): PairLoss => {
  const margin = better - worse;
  const sum = better + worse;
  const loss = Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))) + CENTRING * sum * sum;
  // 1 - sigmoid(margin), without cancellation.
  const surprise = margin >= 0 ? Math.exp(-margin) / (1 + Math.exp(-margin)) : 1 / (1 + Math.exp(margin));
  return { loss, better: -surprise + 2 * CENTRING * sum, worse: surprise + 2 * CENTRING * sum };
};
