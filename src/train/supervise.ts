/**
 * Supervised fine-tuning on what the policy itself wrote: cross-entropy, mean over its own tokens in a minibatch, so
 * that long answers weigh more than short ones. Prompts and tool output are masked. `klWeight` adds the k2 estimate of
 * the distance to the base at the same tokens.
 */
import type { Credit, TokenScores } from '../engine/trainer/trainer.ts';
import type { Round } from './algorithm.ts';
import type { Item } from './batch.ts';
import { experiencesOf, scoresOf, trainedTokens } from './experience.ts';
import { kl, klSlope } from './maths/kl.ts';
import { minibatches, updatesOf } from './minibatches.ts';
import type { Recipe } from './recipe.ts';
import type { Experience } from './step.ts';

/** What supervision needs of a round. */
export type Supervision = Pick<Round, 'trainer' | 'reference' | 'dice' | 'transcript' | 'expect' | 'step'> & {
  readonly recipe: Pick<Recipe, 'epochs' | 'batchSequences' | 'klWeight'>;
};

/** `zeroVarianceGroups` is for the record alone. Returns how many sequences were trained on. */
export const supervise = async (
  round: Supervision,
  items: readonly Item[],
  zeroVarianceGroups: number | null,
): Promise<number> => {
  const { recipe, trainer, dice } = round;
  const all = await experiencesOf(round, items);
  round.expect(updatesOf(all, recipe));
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    for (const experiences of minibatches(all, recipe.batchSequences, dice.fork(`epoch/${epoch}`))) {
      const now = recipe.klWeight === 0 ? null : await scoresOf(trainer, experiences);
      await round.step({
        experiences,
        credits: supervisedCredits(experiences, now, recipe.klWeight),
        loss: (scores) => supervisedLoss(experiences, scores, recipe.klWeight),
        clipFraction: null,
        zeroVarianceGroups,
        value: null,
      });
    }
  }
  return all.length;
};

/** -log p + klWeight * k2, mean over the policy's own tokens. */
export const supervisedLoss = (
  experiences: readonly Experience[],
  scores: readonly TokenScores[],
  klWeight: number,
): number => {
  let sum = 0;
  for (const [i, { transcript, referenceLogprobs }] of experiences.entries()) {
    for (const [t, on] of transcript.mask.entries()) {
      if (on === 0) continue;
      const now = scores[i]?.logprobs[t] ?? Number.NaN;
      sum += -now + klWeight * kl('k2', now, referenceLogprobs[t] ?? 0);
    }
  }
  return sum / trainedTokens(experiences);
};

/** Derivative of `supervisedLoss`. `now` is needed only where `klWeight` is not 0. */
export const supervisedCredits = (
  experiences: readonly Experience[],
  now: readonly TokenScores[] | null,
  klWeight: number,
): Credit[] => {
  const n = trainedTokens(experiences);
  return experiences.map(({ transcript, referenceLogprobs }, i) => ({
    ids: transcript.ids,
    scored: transcript.mask,
    logprobs: Float32Array.from(transcript.mask, (on, t) => {
      if (on === 0) return 0;
      const pull =
        klWeight === 0 ? 0 : klWeight * klSlope('k2', now?.[i]?.logprobs[t] ?? Number.NaN, referenceLogprobs[t] ?? 0);
      return (-1 + pull) / n;
    }),
  }));
};
