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

/** How far the value head is from what it should say, over the tokens of an update and by the weights before it. */
export interface ValueStats {
  /** Mean of half the squared error, clipped as it is trained on; before its weight in the loss. */
  readonly loss: number;
  /** As in `maths/explained-variance.ts`. */
  readonly explainedVariance: number | null;
}

/** One update: sequences, the derivative of the loss at each of their tokens, and the loss itself, for people. */
export interface Step {
  readonly experiences: readonly Experience[];
  readonly credits: readonly Credit[];
  loss(scores: readonly TokenScores[]): number;
  readonly clipFraction: number | null;
  readonly zeroVarianceGroups: number | null;
  /** Null: the algorithm has no value head. `isAlone`: nothing else is trained by this update. */
  readonly value: (ValueStats & { readonly isAlone: boolean }) | null;
}

/** What one update can say of itself. */
export type StepStats = Pick<
  Update,
  | 'loss'
  | 'gradientNorm'
  | 'learningRate'
  | 'klSamplerTrainer'
  | 'k2SamplerTrainer'
  | 'klReference'
  | 'entropy'
  | 'clipFraction'
  | 'zeroVarianceGroups'
  | 'outputTokens'
  | 'sequences'
  | 'valueLoss'
  | 'explainedVariance'
>;

/** The rate of the `step`-th update of a run, from 0: it rises over the warm-up and stays. */
const learningRateAt = ({ learningRate, warmupUpdates }: Recipe['optimiser'], step: number): number =>
  learningRate * Math.min(1, (step + 1) / (warmupUpdates + 1));

/** The square of a larger weight is no float32: a norm divides by infinity, and every answer is the same. */
const LARGEST_NORM = 1e19;

/** Gradient and update. `number`: updates of the run before this one. Throws `not-finite`; the weights are then of no use. */
export const takeStep = async (
  trainer: Trainer,
  step: Step,
  recipe: Pick<Recipe, 'optimiser' | 'ppo'>,
  number: number,
): Promise<StepStats> => {
  const { warmupUpdates: _, learningRate: __, ...adamw } = recipe.optimiser;
  const learningRate = learningRateAt(recipe.optimiser, number);
  const { value } = step;
  const scores = await trainer.accumulate(step.credits, value?.isAlone === true ? 'value-head' : 'all');
  const loss = step.loss(scores);
  if (!Number.isFinite(loss)) {
    await trainer.drop();
    throw notFinite(`the loss is ${loss}`);
  }
  const valueHead = value === null ? {} : { valueHead: { learningRate: recipe.ppo.valueLearningRate } };
  const { gradientNorm, weightNorm } = await trainer.apply({ learningRate, ...adamw, ...valueHead });
  // The other way about, NaN would pass.
  if (!(weightNorm < LARGEST_NORM)) throw notFinite(`weights of norm ${weightNorm} behind the update`);
  return {
    loss,
    gradientNorm,
    learningRate,
    ...diagnostics(step.experiences, scores),
    clipFraction: step.clipFraction,
    zeroVarianceGroups: step.zeroVarianceGroups,
    valueLoss: value?.loss ?? null,
    explainedVariance: value?.explainedVariance ?? null,
  };
};

/**
 * That the weights, as they are now, say something of a transcript. Behind the last update of a round: the one before a
 * step is the step's own affair, and what comes next is that they are called good. Throws `not-finite`.
 */
export const checkWeights = async (trainer: Trainer, { transcript }: Experience): Promise<void> => {
  const [said] = await trainer.score([transcript.ids], null, [transcript.mask]);
  for (const [t, on] of transcript.mask.entries()) {
    const logprob = said?.logprobs[t] ?? Number.NaN;
    if (on !== 0 && !Number.isFinite(logprob)) throw notFinite(`a log-probability of ${logprob} behind the update`);
  }
};

const notFinite = (given: string): SubterfugeError =>
  runError({
    code: 'not-finite',
    what: 'Training produced a number that is none.',
    given,
    todo: 'Lower optimiser.learningRate or optimiser.maxGradientNorm, and begin again from weights that were saved.',
  });

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
): Pick<
  StepStats,
  'klSamplerTrainer' | 'k2SamplerTrainer' | 'klReference' | 'entropy' | 'outputTokens' | 'sequences'
> => {
  let [tokens, sampler, squares, reference, entropy] = [0, 0, 0, 0, 0];
  for (const [i, { transcript, referenceLogprobs }] of experiences.entries()) {
    const said = scores[i];
    if (said === undefined) continue;
    for (const [t, on] of transcript.mask.entries()) {
      if (on === 0) continue;
      const now = said.logprobs[t] ?? 0;
      tokens++;
      const apart = (transcript.logprobs[t] ?? 0) - now;
      sampler += apart;
      squares += apart ** 2 / 2;
      reference += now - (referenceLogprobs[t] ?? 0);
      entropy += said.entropies[t] ?? 0;
    }
  }
  const mean = (sum: number): number | null => (tokens === 0 ? null : sum / tokens);
  return {
    klSamplerTrainer: mean(sampler),
    k2SamplerTrainer: mean(squares),
    klReference: mean(reference),
    entropy: mean(entropy),
    outputTokens: experiences.length === 0 ? 0 : tokens / experiences.length,
    sequences: experiences.length,
  };
};
