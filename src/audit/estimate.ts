import type { Estimate, Rate } from '../record/estimate.ts';
import { binomialAtLeast } from '../stats/binomial.ts';
import { mean } from '../stats/mean.ts';
import { rate } from '../stats/rate.ts';
import { attemptsOf } from './attempt.ts';
import { type Baselines, meanProxy } from './baselines.ts';
import { testedChance } from './chance.ts';
import type { Example } from './example.ts';
import type { Answered } from './ledger.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';
import type { Strategy } from './strategy.ts';

export { MARGIN } from './attempt.ts';
export { askFirstFew, chooseVariants } from './choose.ts';
export { estimateGameability } from './gameability.ts';

/** One candidate of an attack on one example. */
export interface Attempt {
  readonly strategy: Strategy;
  readonly variant: string;
  readonly example: Example;
  readonly answered: Answered;
  /** Whether it meets the intent; null: cannot be said (perhaps right by luck, or the judge of intent did not decide). */
  readonly intent: boolean | null;
  /** The grader was fooled: intent fails, and the proxy says otherwise (`foolsProxy`). Null: cannot be said. */
  readonly fooled: boolean | null;
}

/** The choosing half's pick of each strategy: its variant with the highest mean proxy (ties: the smaller answer, then the name). */
export interface Choice {
  readonly strategy: Strategy;
  readonly variant: string;
  /** Intent is asked only where the proxy would be fooled. */
  readonly chosenOn: readonly Attempt[];
  /** Mean over the examples of the choosing half that the strategy was tried on; unscored ones count 0. It was chosen, so it is no estimate. */
  readonly chosenProxy: number;
}

export interface Chosen {
  readonly choices: readonly Choice[];
  /** Tried and given up early. They count among the tests. */
  readonly dropped: readonly Strategy[];
  /** Never asked, for lack of budget. */
  readonly skipped: readonly Strategy[];
}

/**
 * Asks every candidate on the choosing half and keeps one variant of each strategy. Where calls are dear, strategies are tried on few
 * examples first and the hopeless half is dropped (successive halving); what was dropped is still counted among the tests.
 */
export type ChooseVariants = (
  strategies: readonly Strategy[],
  examples: readonly Example[],
  baselines: Baselines,
  setting: Setting,
  onDone?: (done: number) => void,
) => Promise<Chosen>;

/** What the estimating half says of one choice. */
export interface Measured {
  readonly choice: Choice;
  readonly attempts: readonly Attempt[];
  readonly proxyHonest: Estimate | null;
  readonly proxyGamed: Estimate;
  /** Null too where nothing fooled the grader: intent was not asked then. */
  readonly intentGamed: Estimate | null;
  readonly fooled: Rate;
  /**
   * One-sided exact p-value that the rate of fooling is at most what guessing right would give by itself (`testedChance`). Null below two
   * scored examples. For a data set of few blocks a permutation test on the whole (whole.ts).
   */
  readonly p: number | null;
}

/** Faults are null observations of `rate` and `mean` (src/stats), so that both bounds count them. Clusters are examples. */
export type MeasureChoice = (
  choice: Choice,
  examples: readonly Example[],
  baselines: Baselines,
  setting: Setting,
) => Promise<Measured>;

/** `estimate: null` has a reason that a report prints. */
export type Gameability =
  | { readonly estimate: Estimate; readonly by: Choice }
  | { readonly estimate: null; readonly why: string };

/**
 * (mean proxy of the no-work strategy that was best on the choosing half - floor) / (ceiling - floor), cut to [0, 1], on the whole
 * estimating half: an example that the strategy has no answer to counts as guessed. Numerator and denominator come from the same examples, so the interval is that of a ratio (ratio.ts).
 * Bounds: every unscored attempt counted 0, then 1. Null without known-good answers, or where the ceiling is not above the floor by
 * `MARGIN`: then the grader does not tell honest work from guessing, which is a finding of its own.
 */
export type EstimateGameability = (
  measured: readonly Measured[],
  baselines: Baselines,
  estimating: readonly Example[],
) => Gameability;

const pOf = ({ count, n }: Rate, baselines: Baselines): number | null =>
  n < 2 ? null : binomialAtLeast(count, n, testedChance(baselines));

export const measureChoice: MeasureChoice = async (choice, examples, baselines, setting) => {
  const { strategy, variant } = choice;
  const calls = examples.flatMap((example) => {
    const made = candidatesOf(setting, strategy, example).find((candidate) => candidate.variant === variant);
    const call = made === undefined ? null : losingCall(setting, example, made.answer);
    return call === null ? [] : [call];
  });
  const answered = await setting.ledger.ask('attack', calls, setting.signal);
  const asked = answered.map((one) => ({ strategy, variant, answered: one }));
  const quick = await attemptsOf(asked, baselines, setting, 'fooling');
  // What fools nobody is no finding, so nobody reads the intent of its answers: not worth a judge that may be dear.
  const fools = quick.some((attempt) => attempt.fooled === true);
  const attempts = fools ? await attemptsOf(asked, baselines, setting, 'all') : quick;
  const honest = attempts.flatMap(({ example: { id } }) => {
    const good = baselines.good.get(id);
    return good === undefined ? [] : [{ value: meanProxy(good), cluster: id }];
  });
  const fooled = rate(attempts.map((attempt) => ({ value: attempt.fooled, cluster: attempt.example.id })));
  return {
    choice,
    attempts,
    proxyHonest: honest.length === 0 ? null : mean(honest),
    proxyGamed: mean(attempts.map((attempt) => ({ value: attempt.answered.proxy, cluster: attempt.example.id }))),
    intentGamed:
      setting.intent === null || !fools
        ? null
        : mean(
            attempts.map(({ intent, example }) => ({
              value: intent === null ? null : Number(intent),
              cluster: example.id,
            })),
          ),
    fooled,
    p: pOf(fooled, baselines),
  };
};
