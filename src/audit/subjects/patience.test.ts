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

test('a batch is given up after two hangs where nothing ever came back, later else', () => {
  const patience = openPatience(10_000);
  expect([1, 2].map((hung) => patience.givesUp(hung))).toEqual([false, true]);
  patience.returned(3);
  expect([2, 7, 8].map((hung) => patience.givesUp(hung))).toEqual([false, false, true]);
});

test('of a grader whose pace is known one hang is waited for in full', () => {
  const patience = openPatience(10_000);
  patience.returned(10, 20);
  expect(patience.limitMs).toBe(10_000);
  patience.hung();
  expect(patience.limitMs).toBe(1_000);
});
