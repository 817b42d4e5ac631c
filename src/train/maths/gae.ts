export interface GaeOptions {
  /** Discount of one step. */
  readonly gamma: number;
  /** 0: the one-step error; 1: the whole return less the value. */
  readonly lambda: number;
}

export interface Gae {
  readonly advantages: Float64Array;
  /** What the value head should have said: advantage plus value. */
  readonly returns: Float64Array;
}

/**
 * Generalised advantage estimation (Schulman et al. 2016) over one episode that ended: the value behind its last step
 * is 0. A step is a token that the policy sampled; what tools wrote in between is the world's, and takes no time.
 */
export const gae = (rewards: ArrayLike<number>, values: ArrayLike<number>, { gamma, lambda }: GaeOptions): Gae => {
  const n = rewards.length;
  if (values.length !== n) throw new RangeError(`${n} rewards and ${values.length} values`);
  const advantages = new Float64Array(n);
  const returns = new Float64Array(n);
  let following = 0;
  let next = 0;
  for (let t = n - 1; t >= 0; t--) {
    const value = values[t] ?? 0;
    following = (rewards[t] ?? 0) + gamma * next - value + gamma * lambda * following;
    advantages[t] = following;
    returns[t] = following + value;
    next = value;
  }
  return { advantages, returns };
};
