import { reduceSum } from './broadcast.ts';
import { mul, sub } from './elementwise.ts';
import { dim, graphError, shapeText, type Value } from './graph.ts';
import { matMul, rows } from './matmul.ts';
import { single } from './operator.ts';
import { reshape } from './shape.ts';

/**
 * Root-mean-square norm over the last axis (Zhang & Sennrich, 2019): y = x r w with r = 1 / sqrt(mean(x^2) + eps).
 * x is [..., D], weight [D].
 *
 * Backward, with n = x r and the incoming gradient g: dw = sum over rows of g n;
 * dx = r (g w - n s), where s = mean over the row of g w n. Both sums are taken from the one product g n.
 */
export const rmsNorm = (x: Value, weight: Value, eps: number): Value => {
  const width = dim(x, -1);
  if (weight.shape.length !== 1 || weight.shape[0] !== width) {
    throw graphError('The weight of a norm has the size of the last axis.', shapeText(weight.shape), `[${width}]`);
  }
  const [y, r] = x.graph.emit({
    op: 'SimplifiedLayerNormalization',
    inputs: [x, weight],
    outputs: [{ shape: x.shape }, { shape: [...x.shape.slice(0, -1), 1] }],
    attributes: { axis: { int: -1 }, epsilon: { float: eps }, stash_type: { int: 1 } },
  });
  const out = single(y);
  const inverse = single(r);
  x.graph.record({
    inputs: [x, weight],
    outputs: [out],
    backward: ([gradient]) => {
      if (gradient === null || gradient === undefined) return [null, null];
      const flat = [rows(x), width];
      const normal = reshape(mul(x, inverse), flat);
      const g = reshape(gradient, flat);
      const both = mul(g, normal);
      const s = matMul(both, reshape(weight, [width, 1]), { scale: 1 / width });
      const dx = mul(sub(mul(g, weight), mul(normal, s)), reshape(inverse, [rows(x), 1]));
      return [reshape(dx, x.shape), reduceSum(both, [0])];
    },
  });
  return out;
};
