/** One round: its prompts are played, its rollouts are judged, and the algorithm turns them into updates. */
import { runError } from '../base/errors.ts';
import { rng } from '../base/rng.ts';
import type { Weights } from '../engine/model/weights.ts';
import type { Environment } from '../env/environment.ts';
import { planGroups } from '../evaluate/plan.ts';
import type { Grader } from '../grade/grader.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Update } from '../record/training.ts';
import type { AlgorithmRun, Round, RoundCounts } from './algorithm.ts';
import { type Batch, makeBatch } from './batch.ts';
import { inoculated } from './inoculation.ts';
import { cross, judge } from './judge.ts';
import type { Learner } from './learner.ts';
import { type Phase, promptsIn, roundName, roundPlan } from './phases.ts';
import { playRun } from './play-run.ts';
import { readScored } from './read-scored.ts';
import type { Recipe } from './recipe.ts';
import { crossingsIn, rewardRule } from './rewards.ts';
import { type LabelCounts, labelCounts } from './round-labels.ts';
import type { ScoredRollout } from './scored.ts';
import type { TrainSetup, TrainStep } from './setup.ts';
import { checkWeights, type Experience, locateNotFinite, type StepStats, takeStep } from './step.ts';
import { Stopped } from './stopped.ts';
import { type Clearance, clearanceOf, knownWith, requireCleared } from './trainable.ts';
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
  /** What is left where the numbers break, for people: where the last good checkpoint is. */
  readonly kept: string;
}

export interface RoundResult {
  readonly updates: readonly Update[];
  readonly counts: RoundCounts & { readonly sampled: number };
  readonly tokens: TokenCounts;
}

/** Changes the learner's weights. Throws `Stopped` where the caller stopped it; then the weights are of no use. */
export const runRound = async (given: RoundSetup, phase: RoundPhase): Promise<RoundResult> => {
  const { setup, recipe, learner, before } = given;
  const { stage } = phase;
  const dice = rng(setup.seed).fork(`round/${roundName(stage, phase.round)}`);
  const updates: Update[] = [];
  const environments = environmentsIn(given, phase);
  const clearance = clearanceOf(environments, knownWith(given.environments.values()));
  let played: Played | null = null;
  let rewarded: Batch | null = null;
  let trained = 0;
  let last: Experience | undefined;
  let expected: number | null = null;
  const isOrdinary = (rollout: Rollout): boolean => rollout.task.environment === recipe.ordinary;

  const atUpdate = async <T>(number: number, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw locateNotFinite(thrown, `update ${number} (${phase.id})`, given.kept);
    }
  };
  const recipeRule = rewardRule(recipe, ({ rollout }) => isOrdinary(rollout), dice.fork('coins'));
  const round: Round = {
    recipe,
    stage: stage.name,
    earlier: before.rounds,
    dice: dice.fork('algorithm'),
    trainer: learner.trainer,
    reference: given.reference,
    isOrdinary,
    sample: async () => {
      played ??= await playAndJudge(given, phase, environments, clearance);
      return played.scored;
    },
    reward: (scored, rule = recipeRule) => {
      rewarded = makeBatch(scored, rule, clearance);
      return rewarded;
    },
    transcript: (rollout) => trajectory(rollout, learner.encode),
    expect: (count) => {
      expected = count;
    },
    step: async (step) => {
      if (setup.abort.aborted) throw new Stopped(null);
      if (played === null || rewarded === null) throw new Error('an update before samples and rewards');
      const number = before.updates + updates.length;
      const stats = await atUpdate(number, takeStep(learner.trainer, step, recipe, number));
      last = step.experiences[0];
      for (const { transcript } of step.experiences) trained += transcript.trained;
      const update = updateOf(played, rewarded, stats, { stage: stage.name, round: phase.round, update: number });
      updates.push(update);
      given.onStep('update', updates.length, expected);
      await given.onUpdate(update);
    },
  };
  const used = await given.algorithm(round);
  if (last !== undefined) await atUpdate(before.updates + updates.length - 1, checkWeights(learner.trainer, last));
  const { scored, rollouts, tokens } = played ?? (await playAndJudge(given, phase, environments, clearance));
  const counts = { ...used, sampled: rollouts, leftOut: { ...used.leftOut, 'not-judged': rollouts - scored.length } };
  checkSomethingWasScored(counts, phase);
  const { sampled, leftOut, trained: kept } = counts;
  return {
    // Known only now, so what was written of them while the round ran has not got it yet.
    updates: updates.map((update) => ({ ...update, rollouts: { sampled, leftOut, trained: kept } })),
    counts,
    tokens: { ...tokens, trained },
  };
};

interface Played {
  readonly scored: readonly ScoredRollout[];
  /** All that were played, also those about which there are no verdicts. */
  readonly rollouts: number;
  readonly labels: LabelCounts;
  readonly tokens: Pick<TokenCounts, 'sampled' | 'prompt'>;
}

/** What a round plays: in training alone a line may be added to its prompts. */
const environmentsIn = ({ recipe, environments }: RoundSetup, { stage }: RoundPhase): readonly Environment[] => {
  const line = recipe.mitigation.inoculation;
  const named = [...promptsIn(recipe, stage).keys()].flatMap((name) => environments.get(name) ?? []);
  return line === null ? named : named.map((environment) => inoculated(environment, line));
};

const playAndJudge = async (
  given: RoundSetup,
  { id, stage, round }: RoundPhase,
  environments: readonly Environment[],
  clearance: Clearance,
): Promise<Played> => {
  const { setup, recipe, overseer, witnesses, onStep } = given;
  const plan = roundPlan(recipe, setup.seed, stage, round);
  // Every task that is really drawn, before the first of them is played.
  for (const { jobs } of planGroups(plan, environments))
    requireCleared(
      jobs.map(({ task }) => task),
      clearance,
      id,
    );
  const played = await playRun(
    setup,
    paths(setup.dir).round(stage, round),
    plan,
    environments,
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
  await cross(store, crossingsIn(recipe, stage.name));
  return {
    scored: await readScored(
      store,
      overseer.name,
      new Map([...witnesses].map(([spec, grader]) => [grader.name, spec] as const)),
    ),
    rollouts: total,
    labels: await labelCounts(store),
    tokens: played.tokens,
  };
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** `labels` hold what was meant, too: they are joined to what the algorithm gave only here, on the way to the file. */
const updateOf = (
  { scored, labels }: Played,
  { items }: Batch,
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
  reward: mean(items.map(({ reward }) => reward)),
  labels,
});

/** A round without one usable reward is a failure of whoever judges, not a result of training. */
const checkSomethingWasScored = ({ leftOut, sampled }: RoundCounts & { sampled: number }, { id }: RoundPhase): void => {
  const lost = Object.entries(leftOut).filter(([why, count]) => why !== 'screened' && count > 0);
  const unscored = lost.reduce((sum, [, count]) => sum + count, 0);
  if (unscored < sampled) return;
  throw runError({
    code: 'nothing-scored',
    what: `Not one rollout of ${id} could be given a reward.`,
    given: lost.map(([why, count]) => `${why}: ${count}`).join(', '),
    todo: 'Look at the verdicts of that round (subterfuge show), mend the overseer or the environment, and resume.',
  });
};
