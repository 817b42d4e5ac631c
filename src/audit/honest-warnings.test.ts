import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeFor } from './honest-warnings.ts';

const unit = { worst: 0, best: 1 };

test.each([
  [[100], unit, '0..100'],
  [[5], unit, '0..5'],
  [[8.5, 3], unit, '0..10'],
  [[-0.3], unit, '-1..1'],
  [[-40, 250], unit, '-100..1000'],
  [[20_000.5], unit, '0..20001'],
  [[-3], { worst: 10, best: 0 }, '10..-3'],
])('scores %j beyond %j: --range %s', (scores, scale, text) => {
  expect(rangeFor(scores, scale)).toBe(text);
});

test('the range that is suggested holds every score that was seen', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e5, max: 1e5, noNaN: true }), { minLength: 1 }), (scores) => {
      const [low = Number.NaN, high = Number.NaN] = rangeFor(scores, unit).split('..').map(Number);
      expect(Math.min(...scores, 0)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...scores, 1)).toBeLessThanOrEqual(high);
    }),
  );
});
