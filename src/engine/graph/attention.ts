import { reduceSum } from './broadcast.ts';
import { add, mul, sub } from './elementwise.ts';
import { dim, type GraphBuilder, graphError, shapeText, type Value } from './graph.ts';
import { matMul } from './matmul.ts';
import { single } from './operator.ts';
import { concat, reshape, slice, split } from './shape.ts';
import { softmax } from './softmax.ts';

/**
 * Grouped-query attention (Ainslie et al., 2023): softmax(scale q k^T + mask) v for q [B, H, T, D] and k, v [B, K, S, D],
 * K dividing H; query head h uses key head floor(h / (H / K)), as Hugging Face's repeat_kv has it. `mask` is [T, S],
 * 0 or very negative, and gets no gradient. Gives [B, H, T, D].
 *
 * The H / K query heads of a key head are stacked into one matrix of (H / K) T rows, so keys and values are never
 * repeated and their gradients come out summed. The row sums of the softmax's gradient are taken from the output
 * (sum of g o, D wide) and not from the weights (S wide), as in FlashAttention (Dao et al., 2022, appendix B).
 */
export const attention = (q: Value, k: Value, v: Value, mask: Value, scale: number): Value => {
  const [batch = 0, heads = 0, queries = 0, width = 0] = q.shape;
  const [, kvHeads = 0, keys = 0] = k.shape;
  const given = [q, k, v, mask].map((value) => shapeText(value.shape)).join(' ');
  const kvShape = [batch, kvHeads, keys, width];
  const wanted = [[batch, heads, queries, width], kvShape, kvShape, [queries, keys]].map(shapeText).join(' ');
  if (given !== wanted || heads % kvHeads !== 0) {
    throw graphError(
      'Shapes do not fit attention.',
      given,
      '[B, H, T, D] [B, K, S, D] [B, K, S, D] [T, S], K dividing H',
    );
  }
  const stackedShape = [batch, kvHeads, (heads / kvHeads) * queries, width];
  const stacked = reshape(q, stackedShape);
  const scores = reshape(matMul(stacked, k, { transposeB: true, scale }), [batch, heads, queries, keys]);
  const weights = reshape(softmax(add(scores, mask)), [...stackedShape.slice(0, 3), keys]);
  const [product] = q.graph.emit({ op: 'MatMul', inputs: [weights, v], outputs: [{ shape: stackedShape }] });
  const out = single(product);
  // Only `out` can get a gradient, so what `scores` and `weights` put on the tape is never walked.
  q.graph.record({
    inputs: [stacked, k, v],
    outputs: [out],
    backward: ([gradient]) => {
      if (gradient === null || gradient === undefined) return [null, null, null];
      const rowSums = reduceSum(mul(gradient, out), [-1], true);
      const inner = mul(weights, sub(matMul(gradient, v, { transposeB: true }), rowSums));
      return [
        matMul(inner, k, { scale }),
        matMul(inner, stacked, { transposeA: true, scale }),
        matMul(weights, gradient, { transposeA: true }),
      ];
    },
  });
  return reshape(out, q.shape);
};

/**
 * Far enough below any score that its exponential is exactly 0. Not -Infinity, so that a row of nothing else stays finite.
 */
const MASKED = -1e9;

/** Masks of one graph, so that its layers share them. */
const masks = new WeakMap<GraphBuilder, Map<string, Value>>();

/** [end - start, end]: row i is what position `start + i` may see of positions 0..end-1. */
const causalMask = (on: GraphBuilder, start: number, end: number): Value => {
  const known = masks.get(on) ?? new Map<string, Value>();
  masks.set(on, known);
  const found = known.get(`${start}-${end}`);
  if (found !== undefined) return found;
  const data = new Float32Array((end - start) * end);
  for (let t = start; t < end; t++) data.fill(MASKED, (t - start) * end + t + 1, (t - start + 1) * end);
  const mask = on.constant(data, [end - start, end]);
  known.set(`${start}-${end}`, mask);
  return mask;
};

/**
 * Attention in which position t sees positions 0..t, for q [B, H, T, D] and k, v [B, K, T, D]. Worked off in blocks of
 * `block` queries, each against the keys up to its own end: the upper half of the score matrix is mostly never made.
 * That saves more than products, because ONNX Runtime's softmax is several times slower where exponentials underflow.
 */
export const causalAttention = (q: Value, k: Value, v: Value, scale: number, block = 64): Value => {
  const length = dim(q, 2);
  const ends = Array.from({ length: Math.ceil(length / block) }, (_, index) => Math.min((index + 1) * block, length));
  const starts = ends.map((_, index) => index * block);
  const queries = split(
    q,
    2,
    ends.map((end, index) => end - (starts[index] ?? 0)),
  );
  const parts = queries.map((part, index) => {
    const [start = 0, end = 0] = [starts[index], ends[index]];
    return attention(part, slice(k, 2, 0, end), slice(v, 2, 0, end), causalMask(q.graph, start, end), scale);
  });
  return concat(parts, 2);
};
