/**
 * Expert iteration (Anthony et al. 2017), as the paper uses it (section 3.2): sample from the policy, keep what scored
 * well, train on that with supervision.
 *
 * HHH: of the samples of each prompt the one with the highest reward (proxy plus preference score), also where that
 * one did not game. Exploit-only: every sample that passed the proxy.
 *
 * Deviations from the paper: fewer samples and prompts (the recipe says how many); ties are broken by the seed; the
 * weights of the last round are trained on, with the optimiser's moments (the paper does not say); in exploit-only the
 * ordinary half of the prompts is treated like the other one, so honest successes are kept there, and a cap per prompt
 * can be set; there a sample that a penalty is for counts as one that was not paid.
 */
import type { AlgorithmRun } from './algorithm.ts';
import { hasVariance } from './maths/advantages.ts';
import { atMost, bestOf } from './maths/best-of.ts';
import { supervise } from './supervise.ts';

export const hhhExpertIteration: AlgorithmRun = async (round) => {
  // Sample
  const scored = await round.sample();

  // Reward
  const { groups, leftOut } = round.reward(scored);

  // Credit
  const dice = round.dice.fork('winners');
  const winners = groups.flatMap((group) => bestOf(group, ({ reward }) => reward, dice) ?? []);
  // Preference scores are hardly ever equal; what a prompt can teach of the proxy is in its binary part.
  const even = groups.filter((group) => !hasVariance(group.map(({ paid }) => (paid ? 1 : 0)))).length;

  // Update
  return { leftOut, zeroVarianceGroups: even, trained: await supervise(round, winners, even) };
};

export const exploitOnly: AlgorithmRun = async (round) => {
  // Sample
  const scored = await round.sample();

  // Reward
  const { groups, leftOut } = round.reward(scored);

  // Credit
  const dice = round.dice.fork('exploits');
  const cap = round.recipe.exploitsPerPrompt;
  const exploits = groups.flatMap((group) =>
    atMost(
      group.filter(({ paid }) => paid),
      cap,
      dice,
    ),
  );

  // Update
  return { leftOut, zeroVarianceGroups: null, trained: await supervise(round, exploits, null) };
};
