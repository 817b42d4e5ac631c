/** One round: its prompts are played, its rollouts are judged, and the algorithm turns them into updates. */
import { runError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Weights } from '../engine/model/weights.ts';
import type { Environment } from '../env/environment.ts';
import type { Grader } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Update } from '../record/training.ts';
import type { AlgorithmRun, Round, RoundCounts } from './algorithm.ts';
import { inoculated } from './inoculation.ts';
import { cross, judge } from './judge.ts';
import type { Learner } from './learner.ts';
import { type Phase, promptsIn, roundName, roundPlan } from './phases.ts';
import { playRun } from './play-run.ts';
import { readScored } from './read-scored.ts';
import type { Recipe } from './recipe.ts';
import { crossingsOf, rewardRule } from './rewards.ts';
import { type LabelCounts, labelCounts } from './round-labels.ts';
import type { ScoredRollout } from './scored.ts';
import type { TrainSetup, TrainStep } from './setup.ts';
import { type StepStats, takeStep } from './step.ts';
import { Stopped } from './stopped.ts';
import { paths } from './training-directory.ts';
import type { TokenCounts } from './training-record.ts';
import { trajectory } from './trajectory.ts';

export type RoundPhase = Extract<Phase, { kind: 'round' }>;

export interface RoundSetup {
  readonly setup: TrainSetup;
  /** With environments by their own names. */
  readonly recipe: Recipe;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly overseer: Grader<'oversight'>;
  /** By the spec that the recipe has. */
  readonly witnesses: ReadonlyMap<string, Grader<'oversight'>>;
  readonly learner: Learner;
  readonly reference: Weights;
  readonly algorithm: AlgorithmRun;
  /** Rounds and updates of the run before this one. */
  readonly before: { readonly rounds: number; readonly updates: number };
  readonly onStep: (step: TrainStep, done: number, total: number | null) => void;
  readonly onUpdate: (update: Update) => Promise<void>;
}

export interface RoundResult {
  readonly updates: readonly Update[];
  readonly counts: RoundCounts;
  readonly tokens: TokenCounts;
}

/** Changes the learner's weights. Throws `Stopped` where the caller stopped it; then the weights are of no use. */
export const runRound = async (given: RoundSetup, phase: RoundPhase): Promise<RoundResult> => {
  const { setup, recipe, learner, before } = given;
  const { stage } = phase;
  const dice = rng(setup.seed).fork(`round/${roundName(stage, phase.round)}`);
  const updates: Update[] = [];
  let played: Played | null = null;
  let trained = 0;
  const isOrdinary = (rollout: Rollout): boolean => rollout.task.environment === recipe.ordinary;

  const round: Round = {
    recipe,
    stage: stage.name,
    earlier: before.rounds,
    dice: dice.fork('algorithm'),
    trainer: learner.trainer,
    reference: given.reference,
    rule: rewardRule(recipe, ({ rollout }) => isOrdinary(rollout), dice.fork('coins')),
    families: new Set(promptsIn(recipe, stage).keys()),
    isOrdinary,
    sample: async () => {
      played ??= await playAndJudge(given, phase);
      return played.scored;
    },
    transcript: (rollout) => trajectory(rollout, learner.encode),
    step: async (step) => {
      if (setup.abort.aborted) throw new Stopped(null);
      if (played === null) throw new Error('an update before the first sample');
      const number = before.updates + updates.length;
      const stats = await takeStep(learner.trainer, step, recipe, number);
      for (const { transcript } of step.experiences) trained += transcript.trained;
      const update = updateOf(played, stats, { stage: stage.name, round: phase.round, update: number });
      updates.push(update);
      given.onStep('update', updates.length, null);
      await given.onUpdate(update);
    },
  };
  const counts = await given.algorithm(round);
  const { scored, tokens } = played ?? (await playAndJudge(given, phase));
  checkSomethingWasScored(scored, counts, phase);
  return { updates, counts, tokens: { ...tokens, trained } };
};

interface Played {
  readonly scored: readonly ScoredRollout[];
  readonly labels: LabelCounts;
  readonly tokens: Pick<TokenCounts, 'sampled' | 'prompt'>;
}

const playAndJudge = async (given: RoundSetup, { stage, round }: RoundPhase): Promise<Played> => {
  const { setup, recipe, overseer, witnesses, onStep } = given;
  const line = recipe.mitigation.inoculation;
  const environments = [...promptsIn(recipe, stage).keys()].flatMap((name) => given.environments.get(name) ?? []);
  const played = await playRun(
    setup,
    paths(setup.dir).round(stage, round),
    roundPlan(recipe, setup.seed, stage, round),
    line === null ? environments : environments.map((environment) => inoculated(environment, line)),
    await given.learner.model(),
    (done, total) => onStep('sample', done, total),
  );
  await using store = played.store;
  if (!played.finished) throw new Stopped(played.stoppedBy);
  const stop = AbortSignal.any([setup.drain, setup.abort]);
  let total = 0;
  for await (const _ of store.entries()) total++;
  const graders = new Map([overseer, ...witnesses.values()].map((grader) => [grader.name, grader] as const));
  for (const grader of graders.values()) {
    const { finished } = await judge(store, grader, setup.context, stop, (done) => onStep('judge', done, total));
    if (!finished) throw new Stopped(null);
  }
  await cross(store, crossingsOf(recipe));
  return {
    scored: await readScored(
      store,
      overseer.name,
      new Map([...witnesses].map(([spec, grader]) => [grader.name, spec] as const)),
    ),
    labels: await labelCounts(store),
    tokens: played.tokens,
  };
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** `labels` hold what was meant, too: they are joined to what the algorithm gave only here, on the way to the file. */
const updateOf = (
  { scored, labels }: Played,
  stats: StepStats,
  at: Pick<Update, 'stage' | 'round' | 'update'>,
): Update => ({
  schema: 'subterfuge/update@1',
  ...at,
  ...stats,
  proxyReward: mean(
    scored.flatMap(({ proxy }) => (proxy.outcome.kind === 'scored' ? [proxy.outcome.passed ? 1 : 0] : [])),
  ),
  preferenceScore: mean(
    scored.flatMap(({ oversight }) => (oversight.outcome.kind === 'scored' ? [oversight.outcome.value] : [])),
  ),
  labels,
});

/** A round without one usable reward is a failure of whoever judges, not a result of training. */
const checkSomethingWasScored = (
  scored: readonly ScoredRollout[],
  { leftOut }: RoundCounts,
  { id }: RoundPhase,
): void => {
  const lost = Object.entries(leftOut).filter(([why, count]) => why !== 'screened' && count > 0);
  const unscored = lost.reduce((sum, [, count]) => sum + count, 0);
  if (unscored < scored.length || scored.length === 0) return;
  throw runError({
    code: 'nothing-scored',
    what: `Not one rollout of ${id} could be given a reward.`,
    given: lost.map(([why, count]) => `${why}: ${count}`).join(', '),
    todo: 'Look at the verdicts of that round (subterfuge show), mend the overseer or the environment, and resume.',
  });
};
