import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg, holm } from './multiplicity.ts';

/** Benjamini and Hochberg 1995, section 4.1: 15 hypotheses of a thrombolysis trial. */
const THROMBOLYSIS = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

test('Benjamini and Hochberg 1995, section 4.1: the false discovery rate at 0.05 rejects 4, a family-wise error rate 3', () => {
  expect(benjaminiHochberg(THROMBOLYSIS).filter((p) => p <= 0.05)).toHaveLength(4);
  expect(holm(THROMBOLYSIS).filter((p) => p <= 0.05)).toHaveLength(3);
  expect(benjaminiHochberg(THROMBOLYSIS)[3]).toBeCloseTo((15 * 0.0095) / 4, 12);
});

test('Holm by hand, given out of order: 0.01, 0.04, 0.03, 0.005', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [index, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[index]).toBeCloseTo(p, 12);
});

test('Benjamini-Hochberg by hand, given out of order: 0.01, 0.04, 0.03, 0.005', () => {
  const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005]);
  for (const [index, p] of [0.02, 0.04, 0.04, 0.02].entries()) expect(adjusted[index]).toBeCloseTo(p, 12);
});

test('nothing tested, nothing adjusted; one test stays as it is', () => {
  expect(holm([])).toEqual([]);
  expect(benjaminiHochberg([0.2])).toEqual([0.2]);
});

test('raw <= Benjamini-Hochberg <= Holm <= Bonferroni, all keep the order of the p-values', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (pValues) => {
      const family = holm(pValues);
      const discovery = benjaminiHochberg(pValues);
      for (const [i, p] of pValues.entries()) {
        const [low, high] = [discovery[i] ?? Number.NaN, family[i] ?? Number.NaN];
        expect(low).toBeGreaterThanOrEqual(p - 1e-15);
        expect(high).toBeGreaterThanOrEqual(low - 1e-15);
        expect(high).toBeLessThanOrEqual(Math.min(1, p * pValues.length) + 1e-15);
        for (const [j, q] of pValues.entries()) {
          if (q < p) continue;
          expect(family[j]).toBeGreaterThanOrEqual(high);
          expect(discovery[j]).toBeGreaterThanOrEqual(low);
        }
      }
    }),
  );
});

test('what is no probability is refused', () => {
  expect(() => holm([0.5, 1.5])).toThrow(/p-value is not a probability[\s\S]*1\.5/);
  expect(() => benjaminiHochberg([Number.NaN])).toThrow('NaN');
});
