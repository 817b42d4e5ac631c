import { dim, graphError, sameShape, shapeText, type Value } from './graph.ts';
import { recordOn, single } from './operator.ts';
import { reshape } from './shape.ts';

export interface MatMulOptions {
  /** Swap the last two axes of `a` first. */
  readonly transposeA?: boolean;
  /** Swap the last two axes of `b` first: what a Hugging Face weight of shape [out, in] needs. */
  readonly transposeB?: boolean;
  /** The product is multiplied by this number at no cost. */
  readonly scale?: number;
}

/**
 * Matrix product over the last two axes, as numpy.matmul of `a` [..., M, K] and `b` [..., K, N] with equal leading axes,
 * or of any `a` with one matrix `b` [K, N]. Transposition happens inside the product, so no transposed copy is made.
 */
export const matMul = (a: Value, b: Value, options: MatMulOptions = {}): Value => {
  const { transposeA = false, transposeB = false, scale = 1 } = options;
  if (b.shape.length === 2 && a.shape.length > 2 && !transposeA) {
    // One flat product: its gradient by `b` is one product too, not one for each leading index and a sum.
    const flat = matMul(reshape(a, [rows(a), dim(a, -1)]), b, options);
    return reshape(flat, [...a.shape.slice(0, -1), dim(flat, -1)]);
  }
  const lead = a.shape.slice(0, -2);
  const [m, inner] = transposeA ? [dim(a, -1), dim(a, -2)] : [dim(a, -2), dim(a, -1)];
  const [other, n] = transposeB ? [dim(b, -1), dim(b, -2)] : [dim(b, -2), dim(b, -1)];
  if (!sameShape(lead, b.shape.slice(0, -2)) || inner !== other) {
    throw graphError(
      'Two values do not fit a matrix product.',
      `${shapeText(a.shape)}${transposeA ? ' transposed' : ''} and ${shapeText(b.shape)}${transposeB ? ' transposed' : ''}`,
      'equal leading axes (or a matrix on the right), columns of the left equal to rows of the right',
    );
  }
  const plain = !transposeA && !transposeB && scale === 1;
  const [out] = a.graph.emit({
    op: plain ? 'MatMul' : 'FusedMatMul',
    inputs: [a, b],
    outputs: [{ shape: [...lead, m, n] }],
    ...(plain
      ? {}
      : {
          domain: 'com.microsoft',
          attributes: {
            transA: { int: transposeA ? 1 : 0 },
            transB: { int: transposeB ? 1 : 0 },
            alpha: { float: scale },
          },
        }),
  });
  return recordOn(a.graph, [a, b], single(out), [
    (gradient) =>
      transposeA
        ? matMul(b, gradient, { transposeA: transposeB, transposeB: true, scale })
        : matMul(gradient, b, { transposeB: !transposeB, scale }),
    (gradient) =>
      transposeB
        ? matMul(gradient, a, { transposeA: true, transposeB: transposeA, scale })
        : matMul(a, gradient, { transposeA: !transposeA, scale }),
  ]);
};

/** How many rows a value has when all axes but the last are taken as one. */
export const rows = (a: Value): number => a.shape.slice(0, -1).reduce((product, size) => product * size, 1);
