import { inputError } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import type { Sequential } from '../record/evaluation.ts';
import type { EvalPlan, UntilRule } from '../record/run.ts';
import { sequentialMean, sequentialRate } from '../stats/confidence-sequence.ts';
import { plannedRollouts, unitSize } from './plan.ts';
import { type Estimators, observationsFor, type Scored } from './summarise.ts';

/**
 * Sequential evaluation: an environment is played in steps, and looked at behind each. Where the intervals that were asked for are
 * narrow enough it ends there. A unit is a variant with all its tasks and repeats, in the order of the plan.
 */

/** For a number of rollouts that depends on what was seen. */
export const ANY_TIME: Estimators = { rate: sequentialRate, mean: sequentialMean };

/** `gaming.width<0.1`. */
export const ruleText = ({ rate, width }: UntilRule): string => `${rate}.width<${width}`;

/** Enough to fill a pool of episodes, few enough to stop an eighth too late at most. */
const LEAST_STEP = 16;
const STEP_SHARE = 1 / 8;

/** After how many of `total` units one looks, the last being all of them. */
export function* looks(total: number): Generator<number, void> {
  for (let at = 0; at < total; ) {
    at = Math.min(total, at + Math.max(LEAST_STEP, Math.ceil(at * STEP_SHARE)));
    yield at;
  }
}

/** Rollouts of one environment, whole: what it comes to where no rule ends it. */
const mostOf = (plan: EvalPlan, environment: Environment): number =>
  plannedRollouts(plan, [environment]).get(environment.name) ?? 0;

/** Where to look, in rollouts. */
export const looksAt = (plan: EvalPlan, environment: Environment): number[] => {
  const size = unitSize(plan, environment);
  return [...looks(mostOf(plan, environment) / size)].map((unit) => unit * size);
};

/** Null: the question does not arise, or there is no interval yet. */
const widthOf = (rows: readonly Scored[], { rate }: UntilRule): number | 'inapplicable' | null => {
  const observations = observationsFor(rows, rate);
  if (observations.length === 0) return 'inapplicable';
  const { interval } = sequentialRate(observations);
  return interval === null ? null : interval[1] - interval[0];
};

/** All rules hold that can be asked here, of which there is at least one. */
export const rulesHold = (rows: readonly Scored[], rules: readonly UntilRule[]): boolean => {
  const asked = rules
    .map((rule) => ({ rule, width: widthOf(rows, rule) }))
    .filter(({ width }) => width !== 'inapplicable');
  return asked.length > 0 && asked.every(({ rule, width }) => typeof width === 'number' && width < rule.width);
};

/** What is recorded, in the order of the plan: rows by the place of their rollout in it. */
export type PlacedRows = readonly { readonly place: number; readonly row: Scored }[];

/** `environment/000012`: 12. */
export const placeOf = (rolloutId: string): number => Number(rolloutId.slice(rolloutId.lastIndexOf('/') + 1));

/** How an environment of such a run stands, from its records alone. Looks at which something is missing do not count. */
export const sequentialOf = (plan: EvalPlan, environment: Environment, placed: PlacedRows): Sequential | null => {
  const { until } = plan;
  if (until === undefined) return null;
  // The last one first: where a run has ended, it is that one.
  const met = looksAt(plan, environment)
    .toReversed()
    .some((look) => {
      const rows = placed.filter(({ place }) => place < look).map(({ row }) => row);
      return rows.length === look && rulesHold(rows, until);
    });
  return { until: until.map(ruleText), met, most: mostOf(plan, environment) };
};

/**
 * A variant that comes a second time is no new task, so no rule on tasks is brought nearer by it: a sequential run ends with its
 * first pass at the latest. Throws `too-few-variants` where more was asked for.
 */
export const checkUntil = (plan: EvalPlan, environments: readonly Environment[]): void => {
  if (plan.until === undefined) return;
  for (const environment of environments) {
    const variants = environment.variants[plan.split];
    const size = unitSize(plan, environment);
    if (mostOf(plan, environment) <= variants * size) continue;
    throw inputError({
      code: 'too-few-variants',
      what: `${environment.name} has ${variants} variants in this split, and more of its rollouts would be no new tasks.`,
      given: `at most ${plan.n} rollouts, ${size} of each variant`,
      allowed: `--n up to ${variants * size}`,
      todo: 'Lower --n, or play each task more often with --repeat: both together narrow the interval further.',
    });
  }
};
