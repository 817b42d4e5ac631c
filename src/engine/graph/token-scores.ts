import { reduceSum } from './broadcast.ts';
import { add, detach, exp, mul, neg } from './elementwise.ts';
import { addPerRow, pickPerRow } from './gather.ts';
import { dim, type Value } from './graph.ts';
import { reshape } from './shape.ts';
import { logSoftmax } from './softmax.ts';

export interface TokenScoreValues {
  /** [N]: log p(target), natural logarithm. */
  readonly logprobs: Value;
  /** [N]: entropy of the row's distribution in nats. */
  readonly entropies: Value;
}

/**
 * Log-probability of one target a row and entropy of the row, for logits [N, V] and targets [N] int64.
 *
 * The backward pass is closed: with p = softmax(logits), entropy H, and incoming gradients a (by logprobs) and b (by
 * entropies), d logits = a (onehot - p) - b p (log p + H). Where the loss has no entropy term, its part is left out.
 */
export const tokenScores = (logits: Value, targets: Value): TokenScoreValues => {
  const logP = logSoftmax(logits);
  const p = exp(logP);
  // Detached: what they are made of has its own way back, which the closed one replaces.
  const logprobs = detach(pickPerRow(logP, targets));
  const entropies = detach(neg(reduceSum(mul(p, logP), [1])));
  const column = [dim(logits, 0), 1];
  logits.graph.record({
    inputs: [logits],
    outputs: [logprobs, entropies],
    backward: ([a = null, b = null]) => {
      // Signs are turned on the [N] values, so that each [N, V] value is passed over as few times as possible.
      const minusA = a === null ? null : reshape(neg(a), column);
      const minusB = b === null ? null : reshape(neg(b), column);
      const minusBH = minusB === null ? null : mul(minusB, reshape(entropies, column));
      const perRow = minusA === null || minusBH === null ? (minusA ?? minusBH) : add(minusA, minusBH);
      if (perRow === null) return [null];
      const dense = mul(p, minusB === null ? perRow : add(mul(logP, minusB), perRow));
      return [a === null ? dense : addPerRow(dense, targets, a)];
    },
  });
  return { logprobs, entropies };
};
