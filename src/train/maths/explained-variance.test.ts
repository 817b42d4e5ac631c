import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainedVariance } from './explained-variance.ts';

const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 20 });

test('is 1 for what was said of all, 0 for their mean, and does not mind a constant error', () => {
  fc.assert(
    fc.property(numbers, fc.double({ min: -3, max: 3, noNaN: true }), (targets, shift) => {
      const spread = Math.max(...targets) - Math.min(...targets);
      fc.pre(spread > 1e-3);
      const shifted = targets.map((target) => target + shift);
      expect(explainedVariance(shifted, targets)).toBeCloseTo(1, 6);
      expect(explainedVariance(new Array<number>(targets.length).fill(shift), targets)).toBeCloseTo(0, 6);
      const opposite = targets.map((target) => -target);
      expect(explainedVariance(opposite, targets)).toBeCloseTo(-3, 6);
    }),
  );
});

test('is not known of targets without a spread', () => {
  expect(explainedVariance([0, 1], [2, 2])).toBeNull();
  expect(explainedVariance([], [])).toBeNull();
  // Their mean is not 0.1 to the last bit.
  expect(explainedVariance([0.2, 0.5, 0.3], [0.1, 0.1, 0.1])).toBeNull();
  // As advantage plus value gives one reward back.
  expect(explainedVariance([0.2, 0.5], [1.3, 1.3 + Number.EPSILON])).toBeNull();
});

test('is the figure of scikit-learn', () => {
  // sklearn.metrics.explained_variance_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]), from its documentation.
  expect(explainedVariance([2.5, 0, 2, 8], [3, -0.5, 2, 7])).toBeCloseTo(0.957, 3);
});
