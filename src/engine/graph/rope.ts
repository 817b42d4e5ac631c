import { neg } from './elementwise.ts';
import { graphError, sameShape, shapeText, type Value } from './graph.ts';
import { recordOn, single } from './operator.ts';
import { reshape } from './shape.ts';

/**
 * Rotary positions (Su et al., 2021) in the half-rotation form of Hugging Face checkpoints: element i of a head turns
 * against element i + D/2. x is [B, T, H, D]; cos and sin are [T, D/2], row t for position t, and get no gradient.
 * The transpose of a rotation is the rotation back, so the backward pass is the same operator with -sin.
 */
export const rope = (x: Value, cos: Value, sin: Value): Value => {
  const [batch = 0, length = 0, heads = 0, width = 0] = x.shape;
  const table = [length, width / 2];
  if (x.shape.length !== 4 || !sameShape(cos.shape, table) || !sameShape(sin.shape, table)) {
    throw graphError(
      'Rotary positions need fitting tables.',
      [x, cos, sin].map((value) => shapeText(value.shape)).join(' '),
      '[B, T, H, D] with D even, and twice [T, D/2]',
    );
  }
  const flatShape = [batch, length, heads * width];
  const flat = reshape(x, flatShape);
  const [turned] = x.graph.emit({
    op: 'RotaryEmbedding',
    domain: 'com.microsoft',
    // One position number for the whole batch: where every row begins.
    inputs: [flat, x.graph.constant(BigInt64Array.of(0n), [1]), cos, sin],
    outputs: [{ shape: flatShape }],
    attributes: { num_heads: { int: heads }, interleaved: { int: 0 } },
  });
  const out = recordOn(x.graph, [flat], single(turned), [
    (gradient) => reshape(rope(reshape(gradient, x.shape), cos, neg(sin)), flatShape),
  ]);
  return reshape(out, x.shape);
};
