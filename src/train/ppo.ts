/**
 * Proximal policy optimisation (Schulman et al. 2017) with a value head on the same trunk, generalised advantage
 * estimation over the tokens that the policy sampled, and the k1 estimate of the distance to the base taken off the
 * reward at each token (Stiennon et al. 2020). The reward proper comes at the last token. Sequential or parallel is the
 * recipe's: a stage with one environment, or one with all of them.
 *
 * Deviations from the paper: it used the PPO of Claude 2 and gives no numbers, so the numbers are the usual defaults
 * (recipe, `ppo`), with a bound on the ratio where the advantage is negative (`maths/clipped.ts`); the ratio is to the
 * log-probabilities as sampled, at temperature 1, and so 1 in the first update of a round. Lambda is 1, as in verl and
 * SkyRL: with 0.95 the first of 60 tokens, where an aim is stated, has 5 % of what the last one earned. The value head has
 * a rate of its own, and the rounds that warm it up train nothing else and are not clipped: it begins at 0 and has to reach
 * the mean reward before it is of much use. A critic usually has 5 to 10 times the policy's rate; here it is ten (1e-3). On
 * the shipped base the 12 updates of such a round then leave it about half way to the mean. 5e-3 gets there in about 7, and
 * its noise is in the advantages from then on: in the world of `engine.test.ts` nearly nothing is learnt with it.
 */
import { inputError } from '../base/errors.ts';
import type { AlgorithmRun, Round } from './algorithm.ts';
import type { Item } from './batch.ts';
import type { Advised } from './clipped-policy.ts';
import { clippedUpdates } from './clipped-update.ts';
import { experiencesOf } from './experience.ts';
import { gae } from './maths/gae.ts';
import { kl } from './maths/kl.ts';
import { whiten } from './maths/whiten.ts';
import type { Experience } from './step.ts';

export const ppo: AlgorithmRun = async (round) => {
  const { recipe } = round;

  // Sample
  const scored = await round.sample();

  // Reward
  const { items, leftOut } = round.reward(scored);

  // Credit
  const sequences = await advise(round, await experiencesOf(round, items));

  // Update
  const isWarmingUp = round.earlier < recipe.ppo.valueWarmupRounds;
  const weights = {
    clip: { low: recipe.ppo.clipLow, high: recipe.ppo.clipHigh },
    policy: isWarmingUp ? 0 : 1,
    value: recipe.ppo.valueWeight,
    valueClip: isWarmingUp ? Number.POSITIVE_INFINITY : recipe.ppo.valueClip,
    entropy: isWarmingUp ? 0 : recipe.entropyWeight,
    // The distance to the base is in the reward.
    kl: 0,
  };
  await clippedUpdates(round, sequences, weights, null);
  return { leftOut, zeroVarianceGroups: null, trained: sequences.length };
};

type Played = Experience & { readonly item: Item };

/** Rewards at tokens, values, advantages and what the value head should say. */
const advise = async ({ recipe, trainer }: Round, played: readonly Played[]): Promise<readonly Advised[]> => {
  // Values alone are wanted here.
  const scores = await trainer.score(
    played.map(({ transcript }) => transcript.ids),
    null,
    played.map(({ transcript }) => new Uint8Array(transcript.mask.length)),
  );
  const estimates = played.map((experience, i) => {
    const said = scores[i]?.values;
    if (said === null || said === undefined) throw noValueHead();
    const places = placesOf(experience);
    const values = places.map((t) => said[t] ?? 0);
    return { experience, places, values, ...gae(rewardsAt(experience, places, recipe.klWeight), values, recipe.ppo) };
  });
  if (recipe.ppo.whiten) whiten(estimates.map(({ advantages }) => advantages));
  return estimates.map(({ experience, places, values, advantages, returns }) => ({
    ...experience,
    advantages: spread(places, advantages, experience),
    values: { old: spread(places, values, experience), target: spread(places, returns, experience) },
  }));
};

/** Where the policy wrote: indices t with ids[t + 1] its own. */
const placesOf = ({ transcript }: Experience): number[] =>
  Array.from(transcript.mask.entries()).flatMap(([t, on]) => (on === 0 ? [] : [t]));

/** What each token earned: minus its distance to the base, and at the last one the reward of the episode. */
const rewardsAt = (
  { transcript, referenceLogprobs, item }: Played,
  places: readonly number[],
  klWeight: number,
): number[] =>
  places.map((t, i) => {
    const distance = klWeight === 0 ? 0 : kl('k1', transcript.logprobs[t] ?? 0, referenceLogprobs[t] ?? 0);
    return (i === places.length - 1 ? item.reward : 0) - klWeight * distance;
  });

const spread = (places: readonly number[], values: ArrayLike<number>, { transcript }: Experience): Float64Array => {
  const wide = new Float64Array(transcript.mask.length);
  for (const [i, t] of places.entries()) wide[t] = values[i] ?? 0;
  return wide;
};

const noValueHead = (): Error =>
  inputError({
    code: 'no-value-head',
    what: 'PPO needs a model with a value head.',
    given: 'a model without one',
    todo: 'Open the learner with a value head, or train with grpo, which needs none.',
  });
