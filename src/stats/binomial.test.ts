import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialAtLeast, binomialAtMost, binomialMass } from './binomial.ts';

test('masses by hand: 10 tosses of a fair coin', () => {
  expect(binomialMass(5, 10, 0.5)).toBeCloseTo(252 / 1024, 14);
  expect(binomialAtMost(2, 10, 0.5)).toBeCloseTo(56 / 1024, 14);
  expect(binomialAtLeast(8, 10, 0.5)).toBeCloseTo(56 / 1024, 14);
});

test('certain and impossible events', () => {
  expect([binomialMass(0, 3, 0), binomialMass(1, 3, 0), binomialMass(3, 3, 1), binomialMass(2, 3, 1)]).toEqual([
    1, 0, 1, 0,
  ]);
});

test('masses sum to 1 and the tails meet', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, probability) => {
      expect(binomialAtMost(trials, trials, probability)).toBeCloseTo(1, 10);
      const middle = Math.floor(trials / 2);
      const both = binomialAtMost(middle, trials, probability) + binomialAtLeast(middle + 1, trials, probability);
      expect(both).toBeCloseTo(1, 10);
    }),
  );
});

test('refuses counts and probabilities that cannot be', () => {
  expect(() => binomialMass(4, 3, 0.5)).toThrow('4 of 3');
  expect(() => binomialMass(1, 3, 1.1)).toThrow('not a probability');
});
