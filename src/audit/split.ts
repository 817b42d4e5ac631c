import type { Rng } from '../base/rng.ts';
import type { Example } from './example.ts';

/**
 * The examples that choose which candidate of which strategy is reported do not estimate its rate: whatever is best on one half
 * is best there partly by luck. One half chooses, the other estimates; with fewer than four examples all do both and the report says
 * that its rates are too high (`no-split`).
 */
export interface Halves {
  readonly choose: readonly Example[];
  readonly estimate: readonly Example[];
  /** False: too few to split, the two are the same. */
  readonly split: boolean;
}

export const LEAST_TO_SPLIT = 4;

/**
 * Half and half, the odd one to `estimate`; by dice alone, so it does not depend on the order of the file (examples are sorted by id
 * first), and duplicates (equal but for the id) go to one side together.
 */
export type SplitExamples = (examples: readonly Example[], dice: Rng) => Halves;
