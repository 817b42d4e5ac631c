import { randomFloats, randomIds, randomWeights, TINY } from '../model/tiny.contract.ts';
import type { Credit, OptimiserStep, TokenScores } from './trainer.ts';

/** What the tests of the trainer train on. */
export const STEP: OptimiserStep = {
  learningRate: 3e-3,
  beta1: 0.9,
  beta2: 0.95,
  eps: 1e-8,
  weightDecay: 0.01,
  maxGradientNorm: 1,
};

export const LENGTHS = [17, 5, 40, 33, 2, 29, TINY.contextLength];
export const SEQUENCES: readonly Int32Array[] = LENGTHS.map((length, i) => randomIds(length, `sequence ${i}`));
export const WEIGHTS = randomWeights();
export const HEADED = randomWeights(TINY, 'tiny', { valueHead: true });

/** Every kind of derivative, at random places. */
export const randomCredits = (values: boolean, sequences: readonly Int32Array[] = SEQUENCES): Credit[] =>
  sequences.map((ids, i) => ({
    ids,
    logprobs: randomFloats(ids.length - 1, 0.3, `logprobs ${i}`).map((x) => (x > 0.2 ? 0 : x)),
    entropies: randomFloats(ids.length - 1, 0.3, `entropies ${i}`).map((x) => (x > 0 ? 0 : x)),
    ...(values && { values: randomFloats(ids.length, 0.3, `values ${i}`) }),
  }));

/** Cross-entropy, mean over all next tokens. */
export const crossEntropy = (sequences: readonly Int32Array[] = SEQUENCES): Credit[] => {
  const total = sequences.reduce((sum, ids) => sum + ids.length - 1, 0);
  return sequences.map((ids) => ({ ids, logprobs: new Float32Array(ids.length - 1).fill(-1 / total) }));
};

const dot = (a: Float32Array | undefined, b: Float32Array | null | undefined): number =>
  a === undefined ? 0 : a.reduce((sum, x, i) => (x === 0 ? sum : sum + x * (b?.[i] ?? Number.NaN)), 0);

/** The loss whose derivatives the credits are. */
export const lossOf = (credits: readonly Credit[], scores: readonly TokenScores[]): number =>
  credits.reduce((sum, credit, i) => {
    const said = scores[i];
    return (
      sum +
      dot(credit.logprobs, said?.logprobs) +
      dot(credit.entropies, said?.entropies) +
      dot(credit.values, said?.values)
    );
  }, 0);

export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    most = difference <= most ? most : difference;
  }
  return most;
};

/**
 * The gradient as an update shows it: with beta1 = beta2 = 0 and a huge eps AdamW steps by
 * learningRate * gradient / eps.
 */
const EPS = 1e6;
export const GRADIENT_STEP = {
  learningRate: EPS,
  beta1: 0,
  beta2: 0,
  eps: EPS,
  weightDecay: 0,
  maxGradientNorm: Infinity,
};
