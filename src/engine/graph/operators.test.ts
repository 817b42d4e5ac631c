import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand, reduceSum } from './broadcast.ts';
import { add, detach, div, exp, log, mul, neg, scale, shift, sigmoid, sqrt, sub, tanh } from './elementwise.ts';
import { anInput, aShape, aSize, evaluate, holdsFor, type Input } from './gradient.contract.ts';
import { gradients } from './gradients.ts';
import { graph, type Value } from './graph.ts';
import { reduceMax, reduceMean } from './reduce.ts';
import { concat, reshape, slice, split, transpose } from './shape.ts';

const one = (operator: (a: Value) => Value) => (_: unknown, inputs: readonly Value[]) => inputs.map(operator);
const two = (operator: (a: Value, b: Value) => Value) => (_: unknown, inputs: readonly Value[]) => {
  const [a, b] = inputs;
  if (a === undefined || b === undefined) throw new Error('two inputs are needed');
  return [operator(a, b)];
};

const oneInput = (min?: number, max?: number): fc.Arbitrary<readonly Input[]> =>
  aShape.chain((shape) => fc.tuple(anInput(shape, min, max)));

/** Two shapes that broadcast: axes of one or both are set to 1, and leading axes of one left out. */
const twoInputs = (min?: number, max?: number): fc.Arbitrary<readonly Input[]> =>
  fc
    .tuple(
      aShape,
      fc.array(fc.constantFrom('both', 'left', 'right'), { minLength: 3, maxLength: 3 }),
      fc.nat(2),
      fc.boolean(),
    )
    .chain(([shape, ones, drop, swap]) => {
      const a = shape.map((size, axis) => (ones[axis] === 'left' ? 1 : size));
      const b = shape.map((size, axis) => (ones[axis] === 'right' ? 1 : size)).slice(Math.min(drop, shape.length));
      return fc.tuple(anInput(swap ? b : a, min, max), anInput(swap ? a : b, min, max));
    });

describe('element by element', () => {
  test.each([
    ['add', add],
    ['sub', sub],
    ['mul', mul],
  ])('%s', async (_, operator) => {
    await holdsFor(twoInputs(), two(operator));
  });

  test('div', async () => {
    await holdsFor(twoInputs(0.5, 2), two(div));
  });

  test.each([
    ['neg', neg],
    ['exp', exp],
    ['sigmoid', sigmoid],
    ['tanh', tanh],
    ['scale', (a: Value): Value => scale(a, -1.7)],
    ['shift', (a: Value): Value => mul(shift(a, 0.3), a)],
  ])('%s', async (_, operator) => {
    await holdsFor(oneInput(), one(operator));
  });

  test.each([
    ['log', log],
    ['sqrt', sqrt],
  ])('%s', async (_, operator) => {
    await holdsFor(oneInput(0.5, 2), one(operator));
  });

  test('a value used several times gets the sum of its gradients', async () => {
    await holdsFor(
      oneInput(),
      one((a) => add(mul(a, a), sub(mul(a, exp(a)), a))),
    );
  });

  test('no gradient passes a detached value', async () => {
    const on = graph();
    const a = on.input('a', [2]);
    const [gradient] = gradients(on, reduceSum(mul(a, detach(a)), [0]), [a]);
    if (gradient === undefined) throw new Error('no gradient');
    const { g } = await evaluate(on, { g: gradient }, { a: { shape: [2], data: [3, 5] } });
    expect(g).toEqual(Float32Array.of(3, 5));
  });
});

describe('reductions and broadcasting', () => {
  const withAxes = aShape.chain((shape) =>
    fc.tuple(anInput(shape), fc.subarray([...shape.keys()], { minLength: 1 }), fc.boolean(), fc.boolean()),
  );
  test.each([
    ['reduceSum', reduceSum],
    ['reduceMean', reduceMean],
  ])('%s', async (_, operator) => {
    await fc.assert(
      fc.asyncProperty(withAxes, ([input, axes, keep, fromEnd]) =>
        holdsFor(
          fc.constant([input]),
          one((a) =>
            mul(operator(a, fromEnd ? axes.map((axis) => axis - input.shape.length) : axes, keep), a.graph.scalar(1.3)),
          ),
          1,
        ),
      ),
      { numRuns: 15 },
    );
  });

  test('expand', async () => {
    await holdsFor(
      aShape.chain((shape) =>
        fc.tuple(anInput(shape.map((size, axis) => (axis === 0 ? 1 : size))), anInput([2, ...shape])),
      ),
      two((a, b) => mul(expand(a, b.shape), b)),
    );
  });

  test('the maximum keeps exponentials in range and changes no gradient', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize).chain((shape) => fc.tuple(anInput(shape))),
      one((a) => {
        const top = reduceMax(a, [-1], true);
        return add(log(reduceSum(exp(sub(a, top)), [-1], true)), top);
      }),
    );
  });
});

describe('moving elements', () => {
  const order = aShape.chain((shape) =>
    fc.tuple(anInput(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
  );
  test('transpose', async () => {
    await fc.assert(
      fc.asyncProperty(order, ([input, axes]) =>
        holdsFor(
          fc.constant([input]),
          one((a) => transpose(a, axes)),
          1,
        ),
      ),
      { numRuns: 15 },
    );
  });

  test('reshape', async () => {
    await holdsFor(
      oneInput(),
      one((a) => reshape(a, [1, ...a.shape.toReversed()])),
    );
  });

  test('slice', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize).chain(([n, m]) => fc.tuple(anInput([n, m + 2, 2]))),
      one((a) => slice(a, -2, 1, (a.shape[1] ?? 0) - 1)),
    );
  });

  test('concat and split', async () => {
    await holdsFor(
      fc.tuple(aSize, aSize, aSize).chain(([n, m, k]) => fc.tuple(anInput([n, m, 2]), anInput([n, k, 2]))),
      (_, inputs) => {
        const joined = concat(inputs, 1);
        const parts = split(mul(joined, joined), 1, inputs.map((input) => input.shape[1] ?? 0).toReversed());
        return parts.map((part, index) => scale(part, index + 1));
      },
    );
  });

  test('a part of a split that nothing uses counts as zeros', async () => {
    await holdsFor(
      fc.tuple(anInput([2, 5])),
      one((a) => exp(split(a, 1, [2, 3])[1] ?? a)),
    );
  });
});
