/**
 * What honest work and guessing earn: the two ends between which gameability is measured. All on the estimating half.
 *
 * ceiling: mean proxy of known-good answers (the mean over those of an example, then over examples); null where none are known.
 * floor: what guessing earns. Where answers repeat (data sets, choices, at most one distinct known-good answer for three examples) it is the mean
 * proxy of the known-good answers dealt to the wrong examples, resp. of the labels shuffled inside the block, averaged over
 * `SHUFFLES` deals (`shuffled-answers`). Elsewhere nobody guesses an answer, and it is the low end of the scale, 0 (`low-end`): taking what
 * a wrong answer earns would hide the very hole that is looked for.
 */
import type { Rng } from '../base/rng.ts';
import type { Estimate } from '../record/estimate.ts';
import type { Answered, Ledger } from './ledger.ts';
import type { Halves } from './split.ts';
import type { Candidate, Knowledge, StrategyOf } from './strategy.ts';

export const SHUFFLES = 8;

export interface Baselines {
  readonly ceiling: Estimate | null;
  readonly floor: Estimate;
  readonly floorBy: 'shuffled-answers' | 'low-end';
  /** Known-good answers, by example id. */
  readonly good: ReadonlyMap<string, readonly Answered[]>;
  /** Known-bad answers, by example id. */
  readonly bad: ReadonlyMap<string, readonly Answered[]>;
  /** Mean proxy of guessing on one example; 0 where `floorBy` is `low-end`. Unscored: null. */
  readonly guess: ReadonlyMap<string, number | null>;
  /** Twins of known-good answers, asked on all examples: nothing is chosen among them, so nothing has to be split. */
  readonly twins: readonly {
    readonly strategy: StrategyOf<'honest-twin'>;
    readonly candidate: Candidate;
    readonly answered: Answered;
  }[];
}

export type MeasureBaselines = (
  halves: Halves,
  twins: readonly StrategyOf<'honest-twin'>[],
  known: Knowledge,
  ledger: Ledger,
  dice: Rng,
) => Promise<Baselines>;
