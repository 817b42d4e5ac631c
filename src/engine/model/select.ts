import { concat, dim, gatherRows, type Value } from '../graph/index.ts';
import { recordOn } from '../graph/operator.ts';

const gather = (from: Value, rows: Value): Value => gatherRows(from, rows, { tableGradient: 'outside' });

/**
 * Rows `positions` [S] of `a` [N, D]. `inverse` [N] says at which place of `positions` a row stands, S for none, so that
 * the gradient is a gather too and no addition is left to chance. A row that stands at several places gets the gradient
 * of the place that `inverse` names: repeat a row for padding only, where its gradient is 0.
 */
export const selectRows = (a: Value, positions: Value, inverse: Value): Value =>
  recordOn(a.graph, [a], gather(a, positions), [
    (gradient) => {
      const width = dim(a, 1);
      const zeros = a.graph.constant(new Float32Array(width), [1, width]);
      return gather(concat([gradient, zeros], 0), inverse);
    },
  ]);
