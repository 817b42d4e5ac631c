import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialAtLeast, binomialAtMost } from './binomial.ts';
import { clopperPearson, type Interval, wilson, zeroEventsUpperBound } from './proportion.ts';

const rounded = ([low, high]: Interval): string => `${low.toFixed(4)} to ${high.toFixed(4)}`;

test.each([
  [81, 263, '0.2553 to 0.3662', '0.2527 to 0.3676'],
  [15, 148, '0.0624 to 0.1605', '0.0578 to 0.1617'],
  [0, 20, '0.0000 to 0.1611', '0.0000 to 0.1684'],
  [1, 29, '0.0061 to 0.1718', '0.0009 to 0.1776'],
])('Newcombe 1998, Statist Med 17:857, table I: %i/%i', (events, trials, score, exact) => {
  expect(rounded(wilson(events, trials))).toBe(score);
  expect(rounded(clopperPearson(events, trials))).toBe(exact);
});

test('rule of three: Hanley and Lippman-Hand 1983, 0 of 14 gives 19.3 %, and about 3/n for many', () => {
  expect(zeroEventsUpperBound(14)).toBeCloseTo(0.193, 3);
  expect(zeroEventsUpperBound(1000) * 1000).toBeCloseTo(2.991, 3);
  expect(zeroEventsUpperBound(1_000_000_000) * 1e9).toBeCloseTo(-Math.log(0.05), 6);
  expect(zeroEventsUpperBound(1)).toBeCloseTo(0.95, 12);
});

test('Clopper-Pearson limits solve the binomial tail equations that define them, also for large samples', () => {
  for (const [events, trials] of [
    [3, 10],
    [81, 263],
    [5, 100_000],
    [9_990, 10_000],
  ] as const) {
    const [low, high] = clopperPearson(events, trials);
    expect(binomialAtLeast(events, trials, low)).toBeCloseTo(0.025, 8);
    expect(binomialAtMost(events, trials, high)).toBeCloseTo(0.025, 8);
  }
});

const counts = fc
  .integer({ min: 1, max: 3000 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

test.each([
  ['clopper-pearson', clopperPearson],
  ['wilson', wilson],
])('%s: within [0, 1], holds the share, has width, mirrors when events and others swap', (_, method) => {
  fc.assert(
    fc.property(counts, ([events, trials]) => {
      const [low, high] = method(events, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(events / trials);
      expect(high).toBeGreaterThanOrEqual(events / trials);
      expect(high).toBeGreaterThan(low);
      const [mirrorLow, mirrorHigh] = method(trials - events, trials);
      expect(1 - mirrorHigh).toBeCloseTo(low, 9);
      expect(1 - mirrorLow).toBeCloseTo(high, 9);
    }),
  );
});

test.each([
  ['clopper-pearson', clopperPearson],
  ['wilson', wilson],
])('%s: rises with the events, and a higher level is wider', (_, method) => {
  fc.assert(
    fc.property(counts, ([events, trials]) => {
      const [low, high] = method(events, trials);
      const [widerLow, widerHigh] = method(events, trials, 0.99);
      expect(widerLow).toBeLessThanOrEqual(low);
      expect(widerHigh).toBeGreaterThanOrEqual(high);
      if (events === trials) return;
      const [nextLow, nextHigh] = method(events + 1, trials);
      expect(nextLow).toBeGreaterThan(low);
      expect(nextHigh).toBeGreaterThanOrEqual(high);
    }),
  );
});

test('counts that cannot be are refused, with what was given', () => {
  expect(() => clopperPearson(5, 4)).toThrow('5 of 4');
  expect(() => clopperPearson(-1, 4)).toThrow(/events is not a count[\s\S]*given: {3}-1/);
  expect(() => wilson(0, 0)).toThrow('trials is not a count');
  expect(() => wilson(Number.NaN, 10)).toThrow('NaN');
  expect(() => wilson(1.5, 10)).toThrow('1.5');
  expect(() => wilson(1, 10, 95)).toThrow('strictly between 0 and 1');
  expect(() => clopperPearson(1, 10, 1)).toThrow('level');
  expect(() => zeroEventsUpperBound(0)).toThrow('whole number from 1');
});
