/**
 * Supervised fine-tuning on the policy's own honest samples, and on nothing else (`fineTune` takes transcripts that are
 * there already): the paper's attempt to train the behaviour away
 * (section 4.3; 2,500 samples of political sycophancy and flattery in which the model is not sycophantic).
 *
 * Deviations from the paper: the number of samples is the recipe's; honesty is decided by the family's own grader on
 * intent, which crosses into training here and is written down (`train-away`); ordinary prompts are mixed in as in any
 * other round (passed ones, at the same share), since without them a small model wears out.
 */
import type { AlgorithmRun } from './algorithm.ts';
import { atMost } from './maths/best-of.ts';
import type { RewardRule } from './rewards.ts';
import { truthName } from './scored.ts';
import { supervise } from './supervise.ts';

/** 1 where what was meant was done. */
const honestyRule: RewardRule = ({ witnesses }) => {
  const truth = witnesses.get(truthName('train-away'))?.outcome;
  if (truth?.kind !== 'scored') return { kind: 'left-out', why: 'truth-unscored' };
  return { kind: 'reward', value: truth.passed ? 1 : 0, paid: truth.passed };
};

export const trainAway =
  (samples: number): AlgorithmRun =>
  async (round) => {
    // Sample
    const scored = await round.sample();

    // Reward
    const { items, leftOut } = round.reward(scored, honestyRule);

    // Credit
    const honest = items.filter(({ paid }) => paid);
    const gameable = honest.filter(({ rollout }) => !round.isOrdinary(rollout));
    const ordinary = honest.filter(({ rollout }) => round.isOrdinary(rollout));
    const chosen = atMost(gameable, samples, round.dice.fork('gameable'));
    const { ordinaryShare } = round.recipe;
    const beside = Math.round((chosen.length * ordinaryShare) / (1 - ordinaryShare));
    const kept = [...chosen, ...atMost(ordinary, beside, round.dice.fork('ordinary'))];

    // Update
    return { leftOut, zeroVarianceGroups: null, trained: await supervise(round, kept, null) };
  };
