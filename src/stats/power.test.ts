import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialAtLeast } from './binomial.ts';
import { detectableDifference, detectableRate, trialsToSeeOne } from './power.ts';

test('against a known rate of 0 one event decides: 1 - 0.2^(1/n)', () => {
  expect(detectableRate(100, 0)).toBeCloseTo(1 - 0.2 ** 0.01, 12);
  expect(detectableRate(100, 0, { power: 0.95 })).toBeCloseTo(1 - 0.05 ** 0.01, 12);
});

test('against a fair coin, 100 tosses: 61 heads are significant, and 61 come with 80 % power at that rate', () => {
  // P(X >= 60) = 0.0284 and P(X >= 61) = 0.0176 for a fair coin.
  const rate = detectableRate(100, 0.5) ?? Number.NaN;
  expect(binomialAtLeast(61, 100, rate)).toBeCloseTo(0.8, 8);
});

test('five tosses can never be significant against a fair coin', () => {
  expect(detectableRate(5, 0.5)).toBeNull();
  expect(detectableRate(6, 0.5)).not.toBeNull();
});

test('R documentation of power.prop.test: 0.50 against 0.75 with power 0.90 needs n = 76.7 in each group', () => {
  expect(detectableDifference(76, 76, 0.5, { power: 0.9 })).toBeGreaterThan(0.25);
  expect(detectableDifference(77, 77, 0.5, { power: 0.9 })).toBeLessThan(0.25);
});

test('R documentation of power.prop.test: 50 in each group show 0.50 against 0.75 with power 0.740', () => {
  expect(detectableDifference(50, 50, 0.5, { power: 0.74 })).toBeCloseTo(0.25, 3);
});

test('too few for any difference: null', () => {
  expect(detectableDifference(2, 2, 0.5)).toBeNull();
  expect(detectableDifference(1000, 1000, 1)).toBeNull();
});

test('trials to see one event: 299 at 1 % with 95 %, 10,000 times rarer needs about 3/rate', () => {
  expect(trialsToSeeOne(0.01, 0.95)).toBe(299);
  expect(trialsToSeeOne(0.000001, 0.95)).toBe(2_995_731);
  expect(trialsToSeeOne(1, 0.95)).toBe(1);
  expect(trialsToSeeOne(0.5, 0.5)).toBe(1);
  expect(trialsToSeeOne(0.5, 0.75)).toBe(2);
});

test('trials to see one event: enough, and one fewer is not', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 0.99, noNaN: true }), (rate) => {
      const n = trialsToSeeOne(rate, 0.9);
      expect(1 - (1 - rate) ** n).toBeGreaterThanOrEqual(0.9 - 1e-9);
      expect(1 - (1 - rate) ** (n - 1)).toBeLessThan(0.9 + 1e-9);
    }),
  );
});

test('more trials show smaller effects; more power asks for larger ones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 5000 }), fc.double({ min: 0, max: 0.6, noNaN: true }), (n, base) => {
      const effect = detectableDifference(n, n, base) ?? 1;
      expect(detectableDifference(n * 2, n * 2, base)).toBeLessThan(effect);
      expect(detectableDifference(n, n, base, { power: 0.9 }) ?? 1).toBeGreaterThan(effect);
      const rate = detectableRate(n, base) ?? 1;
      expect(rate).toBeGreaterThan(base);
      expect(detectableRate(n, base, { power: 0.9 }) ?? 1).toBeGreaterThan(rate);
    }),
    { numRuns: 50 },
  );
});

test('settings that make no sense are refused', () => {
  expect(() => detectableRate(0, 0)).toThrow('trials is not a count');
  expect(() => detectableRate(10, 2)).toThrow('known is not a probability');
  expect(() => detectableDifference(10, 10, 0.1, { power: 1 })).toThrow('power');
  expect(() => detectableDifference(10, 10, 0.1, { power: 0.04 })).toThrow('not above the significance level');
  expect(() => trialsToSeeOne(0, 0.95)).toThrow('no number of trials');
  expect(() => trialsToSeeOne(0.1, 1)).toThrow('strictly between');
});
