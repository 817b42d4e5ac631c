/**
 * Group relative policy optimisation (Shao et al. 2024): the baseline of a sample is the mean of the samples of its
 * prompt; no value head.
 *
 * Not in the paper, which used expert iteration and PPO. Deviations from the original GRPO: advantages are not divided
 * by the spread of the group unless asked (Liu et al. 2025); the loss is the mean over the tokens of a minibatch, not
 * first over each answer (Yu et al. 2025); groups without variance are dropped and counted; `klWeight` adds the k2
 * estimate to the loss, whose gradient is that of the KL, where the original has k3; one pass unless `epochs` says more;
 * the ratio is to the log-probabilities as sampled, and so 1 in the first update of a round.
 */
import type { AlgorithmRun } from './algorithm.ts';
import type { Advised } from './clipped-policy.ts';
import { clippedUpdates } from './clipped-update.ts';
import { experiencesOf } from './experience.ts';
import { groupAdvantages, hasVariance } from './maths/advantages.ts';

export const grpo: AlgorithmRun = async (round) => {
  const { recipe } = round;

  // Sample
  const scored = await round.sample();

  // Reward
  const { groups, leftOut } = round.reward(scored);

  // Credit
  const telling = groups.filter((group) => hasVariance(group.map(({ reward }) => reward)));
  const items = telling.flatMap((group) => {
    const advantages = groupAdvantages(
      group.map(({ reward }) => reward),
      recipe.grpo,
    );
    return group.map((item, i) => ({ ...item, advantage: advantages[i] ?? 0 }));
  });
  const sequences = (await experiencesOf(round, items)).map(
    (experience): Advised => ({
      ...experience,
      advantages: new Float64Array(experience.transcript.mask.length).fill(experience.item.advantage),
      values: null,
    }),
  );

  // Update
  const zeroVarianceGroups = groups.length - telling.length;
  const weights = {
    clip: { low: recipe.grpo.clipLow, high: recipe.grpo.clipHigh },
    policy: 1,
    value: 0,
    valueClip: Number.POSITIVE_INFINITY,
    entropy: recipe.entropyWeight,
    kl: recipe.klWeight,
  };
  await clippedUpdates(round, sequences, weights, zeroVarianceGroups);
  return { leftOut, zeroVarianceGroups, trained: sequences.length };
};
