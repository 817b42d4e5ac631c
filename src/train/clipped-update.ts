import type { TokenScores } from '../engine/trainer/trainer.ts';
import type { Round } from './algorithm.ts';
import { type Advised, type ClippedWeights, clippedLoss } from './clipped-policy.ts';
import { scoresOf } from './experience.ts';
import { minibatches, updatesOf } from './minibatches.ts';

/**
 * What the weights say before the first update of a round, without asking them: they are the weights that sampled, so
 * their log-probabilities are those that were noted (test: sampler and trainer agree within 1e-4; each update says by
 * how much they differ), and their values those that the advantages were made from. Entropies are not known.
 */
const asSampled = (sequences: readonly Advised[]): readonly TokenScores[] =>
  sequences.map(({ transcript, values }) => ({
    logprobs: transcript.logprobs,
    entropies: new Float32Array(transcript.mask.length),
    values: values === null ? null : Float32Array.from([...Array.from(values.old), 0]),
  }));

/** The passes of a recipe over sequences of one round, none of which was trained on yet. */
export const clippedUpdates = async (
  round: Round,
  sequences: readonly Advised[],
  weights: ClippedWeights,
  zeroVarianceGroups: number | null,
): Promise<void> => {
  const { recipe, trainer, dice } = round;
  round.expect(updatesOf(sequences, recipe));
  let isUpdated = false;
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    for (const batch of minibatches(sequences, recipe.batchSequences, dice.fork(`epoch/${epoch}`))) {
      const isKnown = !isUpdated && weights.entropy === 0;
      const now = isKnown ? asSampled(batch) : await scoresOf(trainer, batch);
      const { loss, credits, clipFraction, value: stats } = clippedLoss(batch, now, weights);
      const value = stats === null ? null : { ...stats, isAlone: weights.policy === 0 };
      await round.step({ experiences: batch, credits, loss: () => loss, clipFraction, zeroVarianceGroups, value });
      isUpdated = true;
    }
  }
};
