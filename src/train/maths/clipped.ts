/** How far the ratio of new to old probability is paid for: from 1 - low to 1 + high. */
export interface Clip {
  readonly low: number;
  readonly high: number;
}

export interface ClippedTerm {
  /** To be minimised. */
  readonly loss: number;
  /** Derivative of the loss by the new log-probability. */
  readonly slope: number;
  /** The ratio was outside, on the side where nothing more is to be had: the slope is 0. */
  readonly clipped: boolean;
}

/** A token that is to be made less probable and has become this much more so costs no more than this ratio does. */
const MOST_RATIO = 3;

/** exp of more than this says nothing but that something is wrong, and would only overflow. */
const MOST = 20;

/**
 * PPO's clipped objective at one token (Schulman et al. 2017, eq. 7): -min(r A, clip(r) A), r = exp(now - then), `then`
 * the log-probability as sampled. Where A is negative the ratio counts for no more than 3 (dual clip, Ye et al. 2020):
 * else one token that has grown probable would outweigh all others.
 */
export const clippedTerm = (now: number, then: number, advantage: number, { low, high }: Clip): ClippedTerm => {
  const ratio = Math.exp(Math.max(-MOST, Math.min(MOST, now - then)));
  const most = Math.max(MOST_RATIO, 1 + high);
  if (advantage < 0 && ratio > most) return { loss: -most * advantage, slope: 0, clipped: true };
  const bounded = Math.max(1 - low, Math.min(1 + high, ratio));
  const clipped = bounded * advantage < ratio * advantage;
  return clipped
    ? { loss: -bounded * advantage, slope: 0, clipped }
    : { loss: -ratio * advantage, slope: advantage === 0 ? 0 : -ratio * advantage, clipped };
};
