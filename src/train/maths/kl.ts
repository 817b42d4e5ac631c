/**
 * Estimates of KL(policy, reference) from one token that the policy sampled (Schulman 2020, "Approximating KL
 * divergence"). With d = log p(policy) - log p(reference): k1 = d, k2 = d^2 / 2, k3 = exp(-d) - 1 + d.
 * k1 and k3 have the right mean; of the three only k2 has, as a loss, the gradient of the KL (the derivative of k1 has
 * mean 0), so k1 belongs into rewards and k2 into losses.
 */
export type KlEstimator = 'k1' | 'k2' | 'k3';

/** exp of more than this says nothing but that something is wrong, and would only overflow. */
const MOST = 30;

/** Nats. */
export const kl = (estimator: KlEstimator, policy: number, reference: number): number => {
  const d = policy - reference;
  if (estimator === 'k1') return d;
  return estimator === 'k2' ? (d * d) / 2 : Math.exp(Math.min(MOST, -d)) - 1 + d;
};

/** Derivative of the estimate by `policy`. */
export const klSlope = (estimator: KlEstimator, policy: number, reference: number): number => {
  const d = policy - reference;
  if (estimator === 'k1') return 1;
  return estimator === 'k2' ? d : 1 - Math.exp(Math.min(MOST, -d));
};
