import { expect, test } from 'vitest';
import { turnGate } from './turn-gate.ts';

test('all pass, in order, and never more than so many in one turn', async () => {
  const gate = turnGate(3);
  const passed: number[] = [];
  const all = Array.from({ length: 10 }, async (_, index) => {
    await gate();
    passed.push(index);
  });
  const seen: number[] = [];
  while (passed.length < 10) {
    const before = passed.length;
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(passed.length - before);
  }
  await Promise.all(all);
  expect(passed).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Math.max(...seen)).toBeLessThanOrEqual(6);
  await gate();
});
