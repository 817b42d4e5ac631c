import { dim, type GraphBuilder, graphError, shapeText, type Value } from './graph.ts';
import { matMul } from './matmul.ts';
import { int64, recordOn, single } from './operator.ts';
import { reshape } from './shape.ts';

const checkIds = (ids: Value, count: number | null): void => {
  if (ids.type !== 'int64' || ids.shape.length !== 1 || (count !== null && ids.shape[0] !== count)) {
    throw graphError(
      'Row numbers are a list of int64.',
      `${ids.type} ${shapeText(ids.shape)}`,
      `int64 [${count ?? 'N'}]`,
    );
  }
};

const zeros = (graph: GraphBuilder, shape: readonly number[]): Value =>
  single(graph.emit({ op: 'ConstantOfShape', inputs: [int64(graph, shape)], outputs: [{ shape }] })[0]);

const checkMatrix = (a: Value): void => {
  if (a.shape.length !== 2) throw graphError('A matrix is needed.', shapeText(a.shape), 'two axes');
};

export interface GatherOptions {
  /**
   * Where the gradient by the table is made. `inside`: one-hot^T times the gradient of the rows, a full matrix product
   * of N V D multiply-adds; exact and the same bits every time. `outside`: not at all, the table counts as fixed on this
   * path; the caller asks `gradients` for the gathered rows and adds row n of that gradient to row ids[n] himself, about
   * a thousandth of the work. ONNX Runtime's ScatterND(add), the obvious third way, gives wrong sums at repeated rows.
   */
  readonly tableGradient: 'inside' | 'outside';
}

/** Rows `ids` [N] of `table` [V, D]: [N, D]. Every id must lie in 0..V-1; ONNX Runtime refuses others at the run. */
export const gatherRows = (table: Value, ids: Value, options: GatherOptions): Value => {
  checkMatrix(table);
  checkIds(ids, null);
  const shape = [dim(ids, 0), dim(table, 1)];
  const out = single(
    table.graph.emit({ op: 'Gather', inputs: [table, ids], outputs: [{ shape }], attributes: { axis: { int: 0 } } })[0],
  );
  if (options.tableGradient === 'outside') return out;
  return recordOn(table.graph, [table], out, [
    (gradient) => matMul(oneHot(ids, dim(table, 0)), gradient, { transposeA: true }),
  ]);
};

/** [N, V]: 1 at column ids[n] of row n, else 0. A scatter, because ONNX Runtime's OneHot takes five times as long. */
export const oneHot = (ids: Value, columns: number): Value => {
  checkIds(ids, null);
  const count = dim(ids, 0);
  return addPerRow(
    zeros(ids.graph, [count, columns]),
    ids,
    ids.graph.constant(new Float32Array(count).fill(1), [count]),
  );
};

/** Element ids[n] of each row n of `a` [N, V]: [N]. */
export const pickPerRow = (a: Value, ids: Value): Value => {
  checkMatrix(a);
  checkIds(ids, dim(a, 0));
  const column = [dim(a, 0), 1];
  const picked = a.graph.emit({
    op: 'GatherElements',
    inputs: [a, reshape(ids, column)],
    outputs: [{ shape: column }],
    attributes: { axis: { int: 1 } },
  });
  const out = recordOn(a.graph, [a], single(picked[0]), [
    (gradient) => addPerRow(zeros(a.graph, a.shape), ids, reshape(gradient, [dim(a, 0)])),
  ]);
  return reshape(out, [dim(a, 0)]);
};

/**
 * `a` [N, V] with values[n] added to element ids[n] of row n. One element a row, so no two additions meet and the
 * scatter is exact. No gradient passes: it serves backward passes.
 */
export const addPerRow = (a: Value, ids: Value, values: Value): Value => {
  checkMatrix(a);
  checkIds(ids, dim(a, 0));
  const column = [dim(a, 0), 1];
  return single(
    a.graph.emit({
      op: 'ScatterElements',
      inputs: [a, reshape(ids, column), reshape(values, column)],
      outputs: [{ shape: a.shape }],
      attributes: { axis: { int: 1 }, reduction: { string: 'add' } },
    })[0],
  );
};
