import { contentHash } from '../base/json.ts';
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
 * first), and duplicates (equal but for the id) go to one side together. Each half is in the order of the dice, so that its first few
 * are a sample of it. Where all are duplicates of one another nothing is split.
 */
export type SplitExamples = (examples: readonly Example[], dice: Rng) => Halves;

const byId = (a: Example, b: Example): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const contentOf = ({ id: _, ...content }: Example): string => contentHash(content);

export const splitExamples: SplitExamples = (examples, dice) => {
  const sorted = examples.toSorted(byId);
  const groups = dice.shuffle([...Map.groupBy(sorted, contentOf).values()]);
  const whole: Halves = { choose: groups.flat(), estimate: groups.flat(), split: false };
  if (examples.length < LEAST_TO_SPLIT) return whole;
  const choose: Example[] = [];
  const estimate: Example[] = [];
  const room = Math.floor(examples.length / 2);
  for (const group of groups) (choose.length + group.length <= room ? choose : estimate).push(...group);
  return choose.length === 0 || estimate.length === 0 ? whole : { choose, estimate, split: true };
};
