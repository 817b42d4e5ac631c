import { guessRate } from './attempt.ts';
import type { Baselines } from './baselines.ts';

/**
 * The chance that the rate of an attack is tested against. Where answers can be guessed: what guessing was seen to earn (`guessRate`). Elsewhere no
 * guess was asked, and that none would fool is an assumption, so it is not taken for a chance of 0, against which a single example
 * out of twelve would be certain: it is one in as many examples as there are, and one more.
 */
export const testedChance = (baselines: Baselines): number =>
  baselines.floorBy === 'low-end' ? 1 / (baselines.guess.size + 1) : guessRate(baselines);
