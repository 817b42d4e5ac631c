import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TINY } from '../model/tiny.contract.ts';
import { type RowCache, rowCache } from './row-cache.ts';

const CONFIG = { ...TINY, layers: 2 };
const { heads, kvHeads, headSize } = CONFIG;
const ROWS = 4;
const perToken = kvHeads * headSize;

/** Tokens of a row, each with numbers of its own. */
const given = (mark: number, tokens: number) => ({
  queryKey: Float32Array.from({ length: tokens * (heads + kvHeads) * headSize }, (_, i) => mark + i / 1_000),
  value: Float32Array.from({ length: tokens * perToken }, (_, i) => -mark - i / 1_000),
});

const fill = (cache: RowCache, row: number, mark: number, tokens: number): void => {
  cache.clear(row);
  for (let layer = 0; layer < CONFIG.layers; layer++) {
    cache.write(layer, row, 0, tokens, 0, given(mark + layer / 10, tokens));
  }
};

test('a row keeps its numbers through every change of width, move and copy, and around them all is 0', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('fit' as const), positions: fc.integer({ min: 40, max: 500 }) }),
      fc.record({ kind: fc.constant('move' as const), to: fc.nat(ROWS - 1) }),
      fc.record({ kind: fc.constant('copy' as const), to: fc.nat(ROWS - 1) }),
      fc.record({ kind: fc.constant('pack' as const), to: fc.nat(ROWS - 1) }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const cache = rowCache(CONFIG, ROWS);
      cache.fit(40, ROWS);
      for (let row = 1; row < ROWS; row++) fill(cache, row, 100 * row, 30);
      fill(cache, 0, 7, 40);
      const wanted = cache.pack(0, 40);
      let at = 0;
      for (const step of list) {
        if (step.kind === 'fit') cache.fit(step.positions, ROWS);
        else if (step.to !== at) {
          if (step.kind === 'move') cache.move(at, step.to);
          else {
            const packed = cache.pack(at, 40);
            cache.clear(step.to);
            if (step.kind === 'copy') cache.copy(at, step.to, 40);
            else cache.unpack(packed, 40, step.to, 40);
          }
          at = step.to;
        }
      }
      expect(cache.pack(at, 40)).toEqual(wanted);
      const whole = cache.pack(at, cache.width);
      expect(whole.filter((value) => value !== 0)).toHaveLength(wanted.filter((value) => value !== 0).length);
    }),
    { numRuns: 60 },
  );
});

test('the beginning of a packed row is the beginning of the row', () => {
  const cache = rowCache(CONFIG, ROWS);
  fill(cache, 0, 3, 20);
  const packed = cache.pack(0, 20);
  cache.clear(1);
  cache.unpack(packed, 20, 1, 12);
  cache.clear(2);
  cache.copy(0, 2, 12);
  expect(cache.pack(1, 20)).toEqual(cache.pack(2, 20));
  expect(cache.pack(1, 12)).toEqual(cache.pack(0, 12));
});

test('the width follows the longest row, in steps', () => {
  const cache = rowCache(CONFIG, ROWS);
  expect([cache.fit(65, ROWS), cache.width]).toEqual([true, 96]);
  expect([cache.fit(60, ROWS), cache.width]).toEqual([false, 96]);
  expect([cache.fit(400, ROWS), cache.width]).toEqual([true, 416]);
  expect([cache.fit(60, ROWS), cache.width]).toEqual([true, 64]);
});
