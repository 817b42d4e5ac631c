import { expect, test } from 'vitest';
import { betaQuantile, normalQuantile, tQuantile } from './quantiles.ts';

test('normal quantiles: NIST Engineering Statistics Handbook 1.3.6.7.1', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 6);
  expect(normalQuantile(0.8)).toBeCloseTo(0.841621, 6);
});

test('Student t quantiles: NIST Engineering Statistics Handbook 1.3.6.7.2, 0.975', () => {
  for (const [df, value] of [
    [1, 12.706],
    [4, 2.776],
    [10, 2.228],
    [30, 2.042],
    [100, 1.984],
  ] as const) {
    expect(tQuantile(0.975, df)).toBeCloseTo(value, 3);
  }
});

test('beta quantiles with a shape of 1 have a closed form', () => {
  for (const n of [1, 5, 100, 1e6]) {
    expect(betaQuantile(0.975, 1, n)).toBeCloseTo(1 - 0.025 ** (1 / n), 12);
    expect(betaQuantile(0.025, n, 1)).toBeCloseTo(0.025 ** (1 / n), 12);
  }
});
