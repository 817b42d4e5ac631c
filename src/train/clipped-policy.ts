/** What PPO and GRPO share: the clipped objective over tokens, with a bonus for entropy and a pull to the reference. */
import type { Credit, TokenScores } from '../engine/trainer/trainer.ts';
import { trainedTokens } from './experience.ts';
import { type Clip, clippedTerm } from './maths/clipped.ts';
import { explainedVariance } from './maths/explained-variance.ts';
import { kl, klSlope } from './maths/kl.ts';
import { valueTerm } from './maths/value-loss.ts';
import type { Experience, ValueStats } from './step.ts';

/** A sequence with the advantage of each of its tokens, [T - 1] each; what stands at masked places is not looked at. */
export interface Advised extends Experience {
  readonly advantages: ArrayLike<number>;
  /** For the value head: what it said before the first update, and what it should say. */
  readonly values: { readonly old: ArrayLike<number>; readonly target: ArrayLike<number> } | null;
}

export interface ClippedWeights {
  readonly clip: Clip;
  /** 0 while the value head alone is trained. */
  readonly policy: number;
  readonly value: number;
  readonly valueClip: number;
  readonly entropy: number;
  /** Of the k2 estimate in the loss. */
  readonly kl: number;
}

export interface ClippedLoss {
  /** Mean over the policy's own tokens of the minibatch. */
  readonly loss: number;
  readonly credits: readonly Credit[];
  /** Share of tokens where the ratio was clipped. */
  readonly clipFraction: number;
  /** Null: there is no value head. */
  readonly value: ValueStats | null;
}

/** Loss and derivative by what the model says now. The ratio is to the log-probabilities as sampled. */
export const clippedLoss = (
  sequences: readonly Advised[],
  scores: readonly TokenScores[],
  weights: ClippedWeights,
): ClippedLoss => {
  const n = trainedTokens(sequences);
  let loss = 0;
  let clipped = 0;
  let valueLoss = 0;
  const valuesNow: number[] = [];
  const targets: number[] = [];
  const credits = sequences.map(({ transcript, referenceLogprobs, advantages, values }, i): Credit => {
    const said = scores[i];
    const logprobs = new Float32Array(transcript.mask.length);
    const entropies = new Float32Array(transcript.mask.length);
    const valueSlopes = new Float32Array(transcript.ids.length);
    for (const [t, on] of transcript.mask.entries()) {
      if (on === 0) continue;
      const now = said?.logprobs[t] ?? Number.NaN;
      const term = clippedTerm(now, transcript.logprobs[t] ?? 0, advantages[t] ?? 0, weights.clip);
      const reference = referenceLogprobs[t] ?? 0;
      clipped += term.clipped ? 1 : 0;
      loss += weights.policy * term.loss + weights.kl * kl('k2', now, reference);
      loss -= weights.entropy * (said?.entropies[t] ?? 0);
      logprobs[t] = (weights.policy * term.slope + weights.kl * klSlope('k2', now, reference)) / n;
      entropies[t] = -weights.entropy / n;
      if (values === null) continue;
      const [valueNow, target] = [said?.values?.[t] ?? Number.NaN, values.target[t] ?? 0];
      const value = valueTerm(valueNow, values.old[t] ?? 0, target, weights.valueClip);
      valuesNow.push(valueNow);
      targets.push(target);
      valueLoss += value.loss;
      loss += weights.value * value.loss;
      valueSlopes[t] = (weights.value * value.slope) / n;
    }
    return {
      ids: transcript.ids,
      scored: transcript.mask,
      logprobs,
      ...(weights.entropy === 0 ? {} : { entropies }),
      ...(values === null ? {} : { values: valueSlopes }),
    };
  });
  const hasValues = valuesNow.length > 0;
  return {
    loss: loss / n,
    credits,
    clipFraction: clipped / n,
    value: hasValues ? { loss: valueLoss / n, explainedVariance: explainedVariance(valuesNow, targets) } : null,
  };
};
