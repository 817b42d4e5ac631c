import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silu, swiglu } from './activation.ts';
import { attention, causalAttention } from './attention.ts';
import { reduceSum } from './broadcast.ts';
import { add, exp, log, mul, neg, sub } from './elementwise.ts';
import { gatherRows, pickPerRow } from './gather.ts';
import {
  anInput,
  aShape,
  aSize,
  type Build,
  checkGradients,
  evaluate,
  holdsFor,
  type Input,
} from './gradient.contract.ts';
import { gradients } from './gradients.ts';
import { graph, type Value } from './graph.ts';
import { matMul } from './matmul.ts';
import { rmsNorm } from './norm.ts';
import { reduceMean } from './reduce.ts';
import { rope } from './rope.ts';
import { concat, reshape, slice, transpose } from './shape.ts';
import { logSoftmax, softmax } from './softmax.ts';
import { tokenScores } from './token-scores.ts';

const at = (values: readonly Value[], index: number): Value => {
  const value = values[index];
  if (value === undefined) throw new Error(`there is no input ${index}`);
  return value;
};
const numbers = (length: number, of: (index: number) => number): number[] =>
  Array.from({ length }, (_, index) => of(index));

/** Two ways of building one thing, on irregular fixed values. */
const expectSame = async (shapes: readonly (readonly number[])[], left: Build, right: Build): Promise<void> => {
  const on = graph();
  const values = shapes.map((shape, index) => on.input(`x${index}`, shape));
  const feeds: Record<string, Input> = {};
  for (const [index, shape] of shapes.entries()) {
    const length = shape.reduce((product, size) => product * size, 1);
    feeds[`x${index}`] = { shape, data: numbers(length, (i) => 1.5 * Math.sin(7 * i + index + 1)) };
  }
  const built = { a: at(left(on, values), 0), b: at(right(on, values), 0) };
  const [a = [], b = []] = Object.values(await evaluate(on, built, feeds)).map((data) => [...data]);
  expect(a.length).toBeGreaterThan(0);
  expect(a).toEqual(b.map((y) => expect.closeTo(y, 5)));
};

describe('matMul', () => {
  const options = fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean(), scale: fc.constantFrom(1, -0.7) });
  const flip = (shape: number[], transposed: boolean): number[] =>
    transposed ? [...shape.slice(0, -2), ...shape.slice(-2).toReversed()] : shape;

  test.each([
    ['matrices', [], []],
    ['batches', [2, 3], [2, 3]],
    ['a batch with one matrix', [2, 3], []],
  ])('%s', async (_, lead, leadB) => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(aSize, aSize, aSize, options), async ([m, k, n, chosen]) => {
        const given = lead.length > leadB.length ? { ...chosen, transposeA: false } : chosen;
        const shapeA = flip([...lead, m, k], given.transposeA);
        const shapeB = flip([...leadB, k, n], given.transposeB);
        const build: Build = (__, inputs) => [matMul(at(inputs, 0), at(inputs, 1), given)];
        await holdsFor(fc.tuple(anInput(shapeA), anInput(shapeB)), build, 1);
      }),
      { numRuns: 16 },
    );
  });
});

describe('activations and norms', () => {
  const unary =
    (operator: (a: Value) => Value): Build =>
    (_, inputs) => [operator(at(inputs, 0))];
  test.each([
    ['silu', silu],
    ['softmax', softmax],
    ['logSoftmax', logSoftmax],
  ])('%s', async (_, operator) => {
    await holdsFor(
      aShape.chain((shape) => fc.tuple(anInput(shape, -4, 4))),
      unary(operator),
    );
  });

  test('swiglu', async () => {
    await holdsFor(
      aShape.chain((shape) => fc.tuple(anInput(shape, -4, 4), anInput(shape))),
      (_, inputs) => [swiglu(at(inputs, 0), at(inputs, 1))],
    );
  });

  test('rmsNorm', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize, aSize).chain(([b, t, d]) => fc.tuple(anInput([b, t, d], 0.4, 2), anInput([d]))),
      (_, inputs) => [rmsNorm(at(inputs, 0), at(inputs, 1), 0.01)],
    );
  });

  test('rmsNorm is its formula', async () => {
    await expectSame(
      [[2, 3, 5], [5]],
      (_, inputs) => [rmsNorm(at(inputs, 0), at(inputs, 1), 0.3)],
      (on, inputs) => {
        const x = at(inputs, 0);
        const size = add(reduceMean(mul(x, x), [-1], true), on.scalar(0.3));
        return [mul(mul(x, at(inputs, 1)), exp(mul(log(size), on.scalar(-0.5))))];
      },
    );
  });
});

describe('rows of tables', () => {
  const idsOf = (raw: readonly number[]): BigInt64Array => BigInt64Array.from(raw, BigInt);

  test('gatherRows, table gradient inside, with repeated rows', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize).chain(([v, d]) => fc.tuple(anInput([v, d]))),
      (on, inputs) => {
        const table = at(inputs, 0);
        const ids = on.constant(idsOf(numbers(7, (i) => (i * i) % (table.shape[0] ?? 1))), [7]);
        return [exp(gatherRows(table, ids, { tableGradient: 'inside' }))];
      },
    );
  });

  test('outside: the rows give their gradient, and the table only that of its other uses', async () => {
    const on = graph();
    const table = on.input('table', [3, 2]);
    const rows = gatherRows(table, on.constant(idsOf([2, 0, 2]), [3]), { tableGradient: 'outside' });
    const loss = add(reduceSum(mul(rows, on.scalar(5)), [0, 1]), reduceSum(table, [0, 1]));
    const [dTable, dRows] = gradients(on, loss, [table, rows]);
    if (dTable === undefined || dRows === undefined) throw new Error('a gradient is missing');
    const feeds = { table: { shape: [3, 2], data: numbers(6, (i) => i) } };
    const given = await evaluate(on, { dTable, dRows }, feeds);
    expect(given).toEqual({ dTable: new Float32Array(6).fill(1), dRows: new Float32Array(6).fill(5) });
  });

  test('pickPerRow', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize).chain(([n, v]) => fc.tuple(anInput([n, v]))),
      (on, inputs) => {
        const [n = 0, v = 1] = at(inputs, 0).shape;
        return [exp(pickPerRow(at(inputs, 0), on.constant(idsOf(numbers(n, (i) => (3 * i + 1) % v)), [n])))];
      },
    );
  });
});

describe('tokenScores', () => {
  const logits = fc.tuple(aSize, fc.integer({ min: 2, max: 5 })).chain(([n, v]) => fc.tuple(anInput([n, v], -3, 3)));
  const targetsFor = (x: Value): Value => {
    const [n = 0, v = 1] = x.shape;
    return x.graph.constant(
      BigInt64Array.from({ length: n }, (_, i) => BigInt((2 * i + 1) % v)),
      [n],
    );
  };

  test.each([
    ['both', (x: Value): Value[] => Object.values(tokenScores(x, targetsFor(x)))],
    ['log-probabilities only', (x: Value): Value[] => [tokenScores(x, targetsFor(x)).logprobs]],
    ['entropies only', (x: Value): Value[] => [tokenScores(x, targetsFor(x)).entropies]],
  ])('%s', async (_, build) => {
    await holdsFor(logits, (__, inputs) => build(at(inputs, 0)));
  });

  test('is its formula', async () => {
    await expectSame(
      [[4, 6]],
      (_, inputs) => {
        const scores = tokenScores(at(inputs, 0), targetsFor(at(inputs, 0)));
        return [concat([scores.logprobs, scores.entropies], 0)];
      },
      (_, inputs) => {
        const x = at(inputs, 0);
        const logP = sub(x, log(reduceSum(exp(x), [1], true)));
        return [concat([pickPerRow(logP, targetsFor(x)), neg(reduceSum(mul(exp(logP), logP), [1]))], 0)];
      },
    );
  });

  test('extreme logits stay finite, forward and backward', async () => {
    const on = graph();
    const x = on.input('x', [2, 3]);
    const { logprobs, entropies } = tokenScores(x, targetsFor(x));
    const [dx] = gradients(on, reduceSum(add(logprobs, entropies), [0]), [x]);
    if (dx === undefined) throw new Error('no gradient');
    const feeds = { x: { shape: [2, 3], data: [1e4, -1e4, 0, 80, 80, -200] } };
    const given = await evaluate(on, { dx, logprobs, entropies }, feeds);
    for (const data of Object.values(given)) expect([...data].every(Number.isFinite)).toBe(true);
    expect(given).toMatchObject({ entropies: { 1: expect.closeTo(Math.LN2, 6) } });
  });
});

describe('attention', () => {
  const shapes = fc.record({
    b: fc.integer({ min: 1, max: 2 }),
    kv: fc.integer({ min: 1, max: 2 }),
    g: fc.integer({ min: 1, max: 2 }),
    t: fc.integer({ min: 1, max: 3 }),
    d: fc.constantFrom(2, 4),
  });

  test('rope', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize, aSize, fc.constantFrom(2, 4)).chain((shape) => fc.tuple(anInput(shape))),
      (on, inputs) => {
        const [, t = 0, , d = 0] = at(inputs, 0).shape;
        const angle = (i: number): number => 0.3 + 1.1 * i;
        const cos = on.constant(Float32Array.from(numbers((t * d) / 2, (i) => Math.cos(angle(i)))), [t, d / 2]);
        const sin = on.constant(Float32Array.from(numbers((t * d) / 2, (i) => Math.sin(angle(i)))), [t, d / 2]);
        return [rope(at(inputs, 0), cos, sin)];
      },
    );
  });

  test('rope turns element i against element i + D/2, by position', async () => {
    const tables = [
      [3, 2],
      [3, 2],
    ];
    await expectSame(
      [[2, 3, 2, 4], ...tables],
      (_, inputs) => [rope(at(inputs, 0), at(inputs, 1), at(inputs, 2))],
      (_, inputs) => {
        const x = at(inputs, 0);
        const cos = reshape(at(inputs, 1), [1, 3, 1, 2]);
        const sin = reshape(at(inputs, 2), [1, 3, 1, 2]);
        const low = slice(x, 3, 0, 2);
        const high = slice(x, 3, 2, 4);
        return [concat([sub(mul(low, cos), mul(high, sin)), add(mul(high, cos), mul(low, sin))], 3)];
      },
    );
  });

  test('gradients, also where several query heads share a key head', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes.chain(({ b, kv, g, t, d }) =>
          fc.tuple(anInput([b, kv * g, t, d]), anInput([b, kv, t + 1, d]), anInput([b, kv, t + 1, d])),
        ),
        (inputs) =>
          checkGradients(inputs, (on, given) => {
            const [q, k, v] = [at(given, 0), at(given, 1), at(given, 2)];
            const mask = [q.shape[2] ?? 0, k.shape[2] ?? 0] as const;
            const data = Float32Array.from(
              numbers(mask[0] * mask[1], (i) => (i % mask[1] > i / mask[1] + 1 ? -1e9 : 0)),
            );
            return [attention(q, k, v, on.constant(data, mask), 0.6)];
          }),
      ),
      { numRuns: 10 },
    );
  });

  test('causal gradients over several blocks', async () => {
    await holdsFor(
      fc.tuple(anInput([1, 2, 5, 2]), anInput([1, 1, 5, 2]), anInput([1, 1, 5, 2])),
      (_, inputs) => [causalAttention(at(inputs, 0), at(inputs, 1), at(inputs, 2), 0.7, 2)],
      4,
    );
  });

  test('is its formula, with keys repeated head by head', async () => {
    const [heads, kvHeads, length] = [4, 2, 5];
    await expectSame(
      [
        [2, heads, length, 4],
        [2, kvHeads, length, 4],
        [2, kvHeads, length, 4],
      ],
      (_, inputs) => [causalAttention(at(inputs, 0), at(inputs, 1), at(inputs, 2), 0.5, 3)],
      (on, inputs) => {
        const repeated = (x: Value): Value =>
          concat(
            numbers(heads, (h) => h).map((h) => slice(x, 1, Math.floor(h / 2), Math.floor(h / 2) + 1)),
            1,
          );
        const scores = matMul(at(inputs, 0), transpose(repeated(at(inputs, 1)), [0, 1, 3, 2]), { scale: 0.5 });
        const mask = Float32Array.from(
          numbers(length * length, (i) => (i % length > Math.floor(i / length) ? -1e9 : 0)),
        );
        return [matMul(softmax(add(scores, on.constant(mask, [length, length]))), repeated(at(inputs, 2)))];
      },
    );
  });
});
