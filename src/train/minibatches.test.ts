import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { minibatches, updatesOf } from './minibatches.ts';

test('hold everything once, in as few pieces as will do, none more than one larger than another', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 40 }), (count, size) => {
      const items = Array.from({ length: count }, (_, i) => i);
      const batches = minibatches(items, size, rng('m'));
      expect(batches.flat().toSorted((a, b) => a - b)).toEqual(items);
      expect(batches.length).toBe(updatesOf(items, { epochs: 1, batchSequences: size }));
      const sizes = batches.map(({ length }) => length);
      if (count > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(size);
    }),
  );
});

test('17 sequences at 16 a piece are no update of one', () => {
  const sizes = minibatches([...'abcdefghijklmnopq'], 16, rng('m')).map(({ length }) => length);
  expect(sizes).toEqual([8, 9]);
});
