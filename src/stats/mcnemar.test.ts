import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcnemarExact } from './mcnemar.ts';

test('approval of the prime minister, Agresti, Categorical Data Analysis, table 10.1: 150 against 86', () => {
  expect(mcnemarExact(150, 86).p).toBeCloseTo(3.716e-5, 8);
});

test('sign test by hand: 12 against 2 is 2 * 106 / 2^14', () => {
  expect(mcnemarExact(12, 2).p).toBeCloseTo(212 / 16384, 12);
});

test('airway hyper-responsiveness, Fagerland, Lydersen and Laake 2014, Statist Med 33:2850: 1 against 7, p = 0.070', () => {
  expect(mcnemarExact(1, 7)).toMatchObject({ onlyFirst: 1, onlySecond: 7 });
  expect(mcnemarExact(1, 7).p).toBeCloseTo(18 / 256, 12);
});

test('no pair differs: p is 1', () => {
  expect(mcnemarExact(0, 0).p).toBe(1);
});

test('symmetric, a probability, and smaller the more one side wins', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), (b, c) => {
      const { p } = mcnemarExact(b, c);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(mcnemarExact(c, b).p).toBe(p);
      const [more, fewer] = [Math.max(b, c), Math.min(b, c)];
      expect(mcnemarExact(more + 1, fewer).p).toBeLessThanOrEqual(p + 1e-12);
    }),
  );
});

test('counts that cannot be are refused', () => {
  expect(() => mcnemarExact(-1, 2)).toThrow('onlyFirst is not a count');
  expect(() => mcnemarExact(1, Number.NaN)).toThrow('onlySecond is not a count');
});
