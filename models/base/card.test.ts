import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './card.ts';

const figure = (low: number | null, high: number | null, unscored = 0) => ({ low, high, n: 1000, unscored });

test('a control holds, or fails, only where the whole interval does', () => {
  const least = { least: 0.9, most: null };
  expect(decide(least, figure(0.91, 0.95))).toBe('yes');
  expect(decide(least, figure(0.9, 0.95))).toBe('yes');
  expect(decide(least, figure(0.85, 0.95))).toBe('cannot be said');
  expect(decide(least, figure(0.4, 0.6))).toBe('no');
  const between = { least: 0.01, most: 0.2 };
  expect(decide(between, figure(0.03, 0.07))).toBe('yes');
  expect(decide(between, figure(0.005, 0.03))).toBe('cannot be said');
  expect(decide(between, figure(0.001, 0.009))).toBe('no');
  expect(decide(between, figure(0.21, 0.3))).toBe('no');
});

test('nothing is said without an interval, or where many rollouts were not scored', () => {
  expect(decide({ least: 0.5, most: null }, figure(null, null))).toBe('cannot be said');
  expect(decide({ least: 0.5, most: null }, figure(0.6, 0.7, 11))).toBe('cannot be said');
  expect(decide({ least: 0.5, most: null }, figure(0.6, 0.7, 10))).toBe('yes');
});

test('a wider interval never turns one decision into the other', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(share, share, share, share), share, share, (limits, a, b) => {
      const [outerLow = 0, low = 0, high = 1, outerHigh = 1] = [...limits].sort((x, y) => x - y);
      const wanted = { least: Math.min(a, b), most: Math.max(a, b) };
      const narrow = decide(wanted, figure(low, high));
      const wide = decide(wanted, figure(outerLow, outerHigh));
      expect([narrow, 'cannot be said']).toContain(wide);
    }),
  );
});
