import fc from 'fast-check';
import { expect, test } from 'vitest';
import { affinity } from './affinity.ts';

const ids = fc.array(fc.nat(3), { minLength: 1, maxLength: 12 });

test('the next turn of a transcript finds its worker, whatever follows', () => {
  fc.assert(
    fc.property(ids, ids, ids, (prompt, sampled, more) => {
      const memory = affinity(10);
      memory.remember(7, prompt, sampled);
      return memory.find([...prompt, ...sampled, ...more]) === 7;
    }),
  );
});

test('of several beginnings the longest counts, and the oldest is forgotten', () => {
  const memory = affinity(2);
  memory.remember(1, [1, 2], [3]);
  memory.remember(2, [1, 2, 5], [6]);
  expect(memory.find([1, 2, 3])).toBe(1);
  expect(memory.find([1, 2, 5, 6])).toBe(2);
  memory.remember(3, [9], [9]);
  expect(memory.find([1, 2, 3])).toBeNull();
  memory.clear();
  expect(memory.find([9, 9])).toBeNull();
});
