import type { TokenScores, Trainer } from '../engine/trainer/trainer.ts';
import type { Round } from './algorithm.ts';
import type { Item } from './batch.ts';
import type { Experience } from './step.ts';

/**
 * Items as sequences with the reference's log-probabilities. An episode in which the policy wrote no token (its context
 * was full at once) has nothing to be trained on, and is left out.
 */
export const experiencesOf = async <I extends Item>(
  round: Pick<Round, 'trainer' | 'reference' | 'transcript'>,
  items: readonly I[],
): Promise<readonly (Experience & { readonly item: I })[]> => {
  const written = items
    .map((item) => ({ item, transcript: round.transcript(item.rollout) }))
    .filter(({ transcript }) => transcript.trained > 0);
  const scores = await round.trainer.score(
    written.map(({ transcript }) => transcript.ids),
    round.reference,
    written.map(({ transcript }) => transcript.mask),
  );
  return written.map(({ item, transcript }, i) => ({
    item,
    transcript,
    referenceLogprobs: scores[i]?.logprobs ?? new Float32Array(transcript.mask.length),
  }));
};

/** What the trainer's weights say of the policy's own tokens. Nothing else is scored: prompts are no part of a loss. */
export const scoresOf = async (trainer: Trainer, experiences: readonly Experience[]): Promise<readonly TokenScores[]> =>
  await trainer.score(
    experiences.map(({ transcript }) => transcript.ids),
    null,
    experiences.map(({ transcript }) => transcript.mask),
  );

/** Tokens that the policy sampled, over all sequences. */
export const trainedTokens = (experiences: readonly Experience[]): number =>
  experiences.reduce((sum, { transcript }) => sum + transcript.trained, 0);
