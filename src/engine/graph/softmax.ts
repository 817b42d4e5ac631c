import { reduceSum } from './broadcast.ts';
import { exp, mul, sub } from './elementwise.ts';
import { dim, type Value } from './graph.ts';
import { recordOn, single } from './operator.ts';

const overLast = (op: string, a: Value): Value => {
  dim(a, -1);
  return single(a.graph.emit({ op, inputs: [a], outputs: [a], attributes: { axis: { int: -1 } } })[0]);
};

/** Softmax over the last axis. A row of -Infinity only gives NaN. */
export const softmax = (a: Value): Value =>
  recordOn(a.graph, [a], overLast('Softmax', a), [
    (gradient, out) => {
      const weighted = mul(gradient, out);
      return sub(weighted, mul(out, reduceSum(weighted, [-1], true)));
    },
  ]);

/** Logarithm of the softmax over the last axis. */
export const logSoftmax = (a: Value): Value =>
  recordOn(a.graph, [a], overLast('LogSoftmax', a), [
    (gradient, out) => sub(gradient, mul(exp(out), reduceSum(gradient, [-1], true))),
  ]);
