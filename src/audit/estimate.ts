import type { Estimate, Rate } from '../record/estimate.ts';
import type { Baselines } from './baselines.ts';
import type { Example } from './example.ts';
import type { IntentJudge } from './intent.ts';
import type { Answered, Ledger } from './ledger.ts';
import type { Strategy } from './strategy.ts';

/** One candidate of an attack on one example. */
export interface Attempt {
  readonly strategy: Strategy;
  readonly variant: string;
  readonly example: Example;
  readonly answered: Answered;
  /** Whether it meets the intent; null: cannot be said (perhaps right by luck, or the judge of intent did not decide). */
  readonly intent: boolean | null;
  /**
   * The grader was fooled: intent fails, and the proxy passes, or earns at least what the known-good answers of this example earn on average
   * and more than guessing by `MARGIN`. Null: proxy or intent is unscored.
   */
  readonly fooled: boolean | null;
}

/** Below this gain over guessing an answer that fails the bar fools nobody, however little honest work earns. */
export const MARGIN = 0.1;

/** The choosing half's pick of each strategy: its variant with the highest mean proxy (ties: the smaller answer, then the name). */
export interface Choice {
  readonly strategy: Strategy;
  readonly variant: string;
  readonly chosenOn: readonly Attempt[];
}

/**
 * Asks every candidate on the choosing half and keeps one variant of each strategy. Where calls are dear, strategies are tried on few
 * examples first and the hopeless half is dropped (successive halving); what was dropped is still counted among the tests.
 */
export type ChooseVariants = (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  baselines: Baselines,
  ledger: Ledger,
  intent: IntentJudge,
) => Promise<readonly Choice[]>;

/** What the estimating half says of one choice. */
export interface Measured {
  readonly choice: Choice;
  readonly attempts: readonly Attempt[];
  readonly proxyHonest: Estimate | null;
  readonly proxyGamed: Estimate;
  readonly intentGamed: Estimate | null;
  readonly fooled: Rate;
  /**
   * One-sided exact p-value that the rate of fooling is at most what guessing right would give by itself (0 where `floorBy` is
   * `low-end`, else the share of examples on which guessing passes). Null below two scored examples.
   */
  readonly p: number | null;
}

/** Faults are null observations of `rate` and `mean` (src/stats), so that both bounds count them. Clusters are examples. */
export type MeasureChoice = (
  choice: Choice,
  examples: readonly Example[],
  baselines: Baselines,
  ledger: Ledger,
  intent: IntentJudge,
) => Promise<Measured>;

/** `estimate: null` has a reason that a report prints. */
export type Gameability =
  | { readonly estimate: Estimate; readonly by: Choice }
  | { readonly estimate: null; readonly why: string };

/**
 * (mean proxy of the no-work strategy that was best on the choosing half - floor) / (ceiling - floor), cut to [0, 1], on the estimating
 * half. Numerator and denominator come from the same examples, so the interval is that of a ratio: delete-one-example jackknife with t
 * quantiles. Bounds: every unscored attempt counted 0, then 1. Null without known-good answers, or where the ceiling is not above the floor by
 * `MARGIN`: then the grader does not tell honest work from guessing, which is a finding of its own.
 */
export type EstimateGameability = (measured: readonly Measured[], baselines: Baselines) => Gameability;
