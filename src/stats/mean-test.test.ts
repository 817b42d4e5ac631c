import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mean } from './mean.ts';
import { meanTest } from './mean-test.ts';

const of = (values: readonly number[]) => values.map((value, index) => ({ value, cluster: `c${index}` }));

describe('the test that a mean is 0', () => {
  test('by hand: 8 and 16 points give t = 3 with one degree of freedom', () => {
    // For one degree of freedom the tail above t is 1/2 - atan(t) / pi.
    expect(meanTest(of([0.08, 0.16]), [-1, 1])).toBeCloseTo(2 * (0.5 - Math.atan(3) / Math.PI), 9);
  });

  test('clusters that all say 0 test nothing, and one cluster has no test', () => {
    expect(meanTest(of([0, 0, 0]), [-1, 1])).toBe(1);
    expect(meanTest(of([0.5]), [-1, 1])).toBeNull();
    expect(meanTest([{ value: null, cluster: 'a' }], [-1, 1])).toBeNull();
  });

  test('clusters that all say the same are few, not certain', () => {
    // Half of the way from -1 to 1: a share of 1/3 at -1 would bring the mean to 0.
    expect(meanTest(of([0.5, 0.5, 0.5]), [-1, 1])).toBeCloseTo(2 * (2 / 3) ** 3, 12);
  });

  test('agrees with the interval', () => {
    const values = fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        const scale = [-100, 100] as const;
        const { interval } = mean(of(list), scale);
        const p = meanTest(of(list), scale);
        if (interval === null || p === null) throw new Error('no interval');
        const excludes = interval[0] > 0 || interval[1] < 0;
        if (Math.abs(p - 0.05) > 1e-6) expect(p < 0.05).toBe(excludes);
      }),
    );
  });
});
