import { expect, test } from 'vitest';
import { FULL_WAITS, openPatience } from './patience.ts';

const after = (timeoutMs: number, hangs: number, ...returns: readonly number[]): number => {
  const patience = openPatience(timeoutMs);
  for (const ms of returns) patience.returned(ms);
  for (let i = 0; i < hangs; i++) patience.hung();
  return patience.limitMs;
};

test('the first hangs are waited for as long as was said', () => {
  expect(after(10_000, FULL_WAITS - 1, 1)).toBe(10_000);
  expect(after(10_000, FULL_WAITS, 1)).toBe(1_000);
});

test('then the limit follows the longest call that came back', () => {
  expect(after(10_000, FULL_WAITS, 200, 5)).toBe(4_000);
  expect(after(10_000, FULL_WAITS, 9_000)).toBe(10_000);
});

test('never more than was said, and nothing is concluded from no call', () => {
  expect(after(300, 50, 1)).toBe(300);
  expect(after(10_000, 50)).toBe(10_000);
});
