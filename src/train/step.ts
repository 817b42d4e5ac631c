import { runError, SubterfugeError } from '../base/errors.ts';
import type { Credit, TokenScores, Trainer } from '../engine/trainer/trainer.ts';
import type { Update } from '../record/training.ts';
import type { Recipe } from './recipe.ts';
import type { Transcript } from './trajectory.ts';

/** A sequence to be trained on, with what the reference says of it. */
export interface Experience {
  readonly transcript: Transcript;
  /** [T - 1] */
  readonly referenceLogprobs: Float32Array;
}

/** One update: sequences, the derivative of the loss at each of their tokens, and the loss itself, for people. */
export interface Step {
  readonly experiences: readonly Experience[];
  readonly credits: readonly Credit[];
  loss(scores: readonly TokenScores[]): number;
  readonly clipFraction: number | null;
  readonly zeroVarianceGroups: number | null;
}

/** What one update can say of itself. */
export type StepStats = Pick<
  Update,
  | 'loss'
  | 'gradientNorm'
  | 'learningRate'
  | 'klSamplerTrainer'
  | 'klReference'
  | 'entropy'
  | 'clipFraction'
  | 'zeroVarianceGroups'
  | 'outputTokens'
  | 'sequences'
>;

/** The rate of the `step`-th update of a run, from 0: it rises over the warm-up and stays. */
export const learningRateAt = ({ learningRate, warmupUpdates }: Recipe['optimiser'], step: number): number =>
  learningRate * Math.min(1, (step + 1) / (warmupUpdates + 1));

/** Gradient and update. `number`: updates of the run before this one. Throws `not-finite`, and then nothing is changed. */
export const takeStep = async (trainer: Trainer, step: Step, recipe: Recipe, number: number): Promise<StepStats> => {
  const { warmupUpdates: _, learningRate: __, ...adamw } = recipe.optimiser;
  const learningRate = learningRateAt(recipe.optimiser, number);
  const scores = await trainer.accumulate(step.credits);
  const loss = step.loss(scores);
  if (!Number.isFinite(loss)) {
    await trainer.drop();
    throw notFinite(`the loss is ${loss}`);
  }
  const { gradientNorm } = await trainer.apply({ learningRate, ...adamw });
  return {
    loss,
    gradientNorm,
    learningRate,
    ...diagnostics(step.experiences, scores),
    clipFraction: step.clipFraction,
    zeroVarianceGroups: step.zeroVarianceGroups,
  };
};

const notFinite = (given: string): SubterfugeError =>
  runError({ code: 'not-finite', what: 'Training produced a number that is none.', given });

/** Says at which update it was, and what is left. Other errors are given back as they are. */
export const locateNotFinite = (thrown: unknown, where: string, kept: string): unknown => {
  if (!(thrown instanceof SubterfugeError) || thrown.code !== 'not-finite') return thrown;
  return runError({
    code: 'not-finite',
    what: `Training stopped at ${where}: ${thrown.what}`,
    ...(thrown.given === null ? {} : { given: thrown.given }),
    todo: `The last good checkpoint is kept: ${kept}. The same recipe and seed will stop here again; lower optimiser.learningRate or optimiser.maxGradientNorm and begin a new run.`,
    cause: thrown,
  });
};

/** Means over the tokens that the policy sampled, by the weights before the update. Null where there are none. */
const diagnostics = (
  experiences: readonly Experience[],
  scores: readonly TokenScores[],
): Pick<StepStats, 'klSamplerTrainer' | 'klReference' | 'entropy' | 'outputTokens' | 'sequences'> => {
  let [tokens, sampler, reference, entropy] = [0, 0, 0, 0];
  for (const [i, { transcript, referenceLogprobs }] of experiences.entries()) {
    const said = scores[i];
    if (said === undefined) continue;
    for (const [t, on] of transcript.mask.entries()) {
      if (on === 0) continue;
      const now = said.logprobs[t] ?? 0;
      tokens++;
      sampler += (transcript.logprobs[t] ?? 0) - now;
      reference += now - (referenceLogprobs[t] ?? 0);
      entropy += said.entropies[t] ?? 0;
    }
  }
  const mean = (sum: number): number | null => (tokens === 0 ? null : sum / tokens);
  return {
    klSamplerTrainer: mean(sampler),
    klReference: mean(reference),
    entropy: mean(entropy),
    outputTokens: experiences.length === 0 ? 0 : tokens / experiences.length,
    sequences: experiences.length,
  };
};
