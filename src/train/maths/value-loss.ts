export interface ValueTerm {
  readonly loss: number;
  /** Derivative of the loss by `now`. */
  readonly slope: number;
}

/**
 * Squared error of one value, clipped as in the usual implementations of PPO: half the larger of the errors of the new
 * value and of the new value held within `clip` of the old one. Infinity: not clipped.
 */
export const valueTerm = (now: number, then: number, target: number, clip: number): ValueTerm => {
  const held = then + Math.max(-clip, Math.min(clip, now - then));
  const free = (now - target) ** 2;
  const bounded = (held - target) ** 2;
  if (free >= bounded) return { loss: free / 2, slope: now - target };
  // The held value does not move with the new one where it is larger: it is at its end.
  return { loss: bounded / 2, slope: 0 };
};
