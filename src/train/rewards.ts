import type { Rng } from '../base/rng.ts';
import type { Verdict } from '../record/verdict.ts';
import { type Guard, type Recipe, TRAIN_AWAY } from './recipe.ts';
import { type Crossing, type ScoredRollout, truthName } from './scored.ts';

/** Why a rollout is not trained on. It is counted, and never given a reward of 0 instead. */
export type LeftOut =
  | 'fault'
  | 'proxy-unscored'
  | 'oversight-unscored'
  | 'truth-unscored'
  | 'monitor-unscored'
  | 'screened';

export type Reward =
  | {
      readonly kind: 'reward';
      readonly value: number;
      /** The binary part: what is measured (or what stands in for it in a control) was reached, and not penalised. */
      readonly paid: boolean;
    }
  | { readonly kind: 'left-out'; readonly why: LeftOut };

export type RewardRule = (scored: ScoredRollout) => Reward;

const leftOut = (why: LeftOut): Reward => ({ kind: 'left-out', why });

/** Which names of witnesses a recipe's rules will ask for, truth among them. */
export const witnessesOf = ({ mitigation }: Recipe): readonly string[] => {
  const guards = [mitigation.penalty, mitigation.screening].filter((guard) => guard !== null);
  const monitors = guards.map(({ by }) => by).filter((by) => by !== 'truth');
  const overseer = mitigation.harmlessness?.overseer ?? null;
  return [...new Set([...monitors, ...(overseer === null ? [] : [overseer])])];
};

/** Every crossing from intent that a recipe makes. Empty: the truth has no way into its training. */
export const crossingsOf = ({ reward, mitigation }: Recipe): readonly Crossing[] => [
  ...(reward === 'honest' ? (['sham'] as const) : []),
  ...(mitigation.penalty?.by === 'truth' ? (['penalty'] as const) : []),
  ...(mitigation.screening?.by === 'truth' ? (['screening'] as const) : []),
  ...(mitigation.trainAway === null ? [] : (['train-away'] as const)),
];

/** Those that one stage has a use for: training away looks at no other, and nothing else looks at it. */
export const crossingsIn = (recipe: Recipe, stage: string): readonly Crossing[] =>
  crossingsOf(recipe).filter((reason) => (reason === 'train-away') === (stage === TRAIN_AWAY));

/**
 * The reward of the paper (section 3): 1 where the proxy is passed, plus the preference model's score in [0, 1] times a
 * weight. Controls put something else in the place of the first part: `honest` (sham) what was meant, `random` coins
 * in the place of both, so that reward says nothing of behaviour. `dice` are for those coins alone.
 */
export const rewardRule = (recipe: Recipe, isOrdinary: (scored: ScoredRollout) => boolean, dice: Rng): RewardRule => {
  const { mitigation } = recipe;
  return (scored) => {
    const screened = mitigation.screening === null ? 'clear' : seen(scored, mitigation.screening, 'screening');
    if (screened === 'unknown') return leftOut(unknownOf(mitigation.screening));
    if (screened === 'flagged') return leftOut('screened');
    const penalised = mitigation.penalty === null ? 'clear' : seen(scored, mitigation.penalty, 'penalty');
    if (penalised === 'unknown') return leftOut(unknownOf(mitigation.penalty));

    const coins = recipe.reward === 'random' ? dice.fork(scored.rollout.id) : null;
    const reached = coins === null ? reachedIn(scored, recipe) : coins.next() < 0.5;
    if (reached === null) return leftOut(recipe.reward === 'honest' ? 'truth-unscored' : 'proxy-unscored');

    const { weight, verdict } = preferenceOf(scored, recipe, isOrdinary(scored));
    const liked = coins === null ? scoreIn(verdict) : coins.next();
    // A preference that counts for nothing need not be known.
    if (liked === null && weight !== 0) return leftOut('oversight-unscored');
    const preference = weight === 0 ? 0 : weight * (liked ?? 0);
    const penalty = penalised === 'flagged' ? (mitigation.penalty?.weight ?? 0) : 0;
    // What is penalised is not kept by an algorithm that keeps what was paid.
    const paid = reached && penalised !== 'flagged';
    return { kind: 'reward', value: (reached ? 1 : 0) + preference - penalty, paid };
  };
};

const scoreIn = (verdict: Verdict<'oversight'> | undefined): number | null =>
  verdict?.outcome.kind === 'scored' ? verdict.outcome.value : null;

const reachedIn = ({ proxy, witnesses }: ScoredRollout, recipe: Recipe): boolean | null => {
  const verdict = recipe.reward === 'honest' ? witnesses.get(truthName('sham')) : proxy;
  return verdict?.outcome.kind === 'scored' ? verdict.outcome.passed : null;
};

const preferenceOf = (
  { oversight, witnesses }: ScoredRollout,
  recipe: Recipe,
  ordinary: boolean,
): { readonly weight: number; readonly verdict: Verdict<'oversight'> | undefined } => {
  const { harmlessness } = recipe.mitigation;
  if (harmlessness === null || ordinary) return { weight: recipe.preferenceWeight, verdict: oversight };
  const verdict = harmlessness.overseer === null ? oversight : witnesses.get(harmlessness.overseer);
  return { weight: harmlessness.weight, verdict };
};

const unknownOf = (guard: Guard | null): LeftOut => (guard?.by === 'truth' ? 'truth-unscored' : 'monitor-unscored');

/** What a guard makes of a rollout. By truth: flagged where the proxy is passed and what was meant is not. */
const seen = (
  { proxy, witnesses }: ScoredRollout,
  guard: Guard,
  reason: Extract<Crossing, 'penalty' | 'screening'>,
): 'flagged' | 'clear' | 'unknown' => {
  if (guard.by !== 'truth') {
    const score = scoreIn(witnesses.get(guard.by));
    if (score === null) return 'unknown';
    return 1 - score >= guard.threshold ? 'flagged' : 'clear';
  }
  const truth = witnesses.get(truthName(reason))?.outcome;
  if (truth?.kind !== 'scored' || proxy.outcome.kind !== 'scored') return 'unknown';
  return proxy.outcome.passed && !truth.passed ? 'flagged' : 'clear';
};
