import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parkedRows } from './parked.ts';

const ids = (...list: number[]): Int32Array => Int32Array.from(list);
const packed = (length: number): Float32Array => new Float32Array(length);

describe('rows that are kept', () => {
  test('are found by what they share with a prompt, the longest first', () => {
    const parked = parkedRows(100);
    parked.keep(ids(1, 2, 3), packed(3));
    parked.keep(ids(1, 2, 4, 5), packed(4));
    expect(parked.find(ids(1, 2, 4, 9), 4)).toMatchObject({ shared: 3, length: 4 });
    expect(parked.find(ids(1, 2, 4, 5, 6), 2)).toMatchObject({ shared: 2 });
    expect(parked.find(ids(7), 1)).toBeNull();
  });

  test('give way to the row that goes on from them', () => {
    const parked = parkedRows(100);
    parked.keep(ids(1, 2), packed(2));
    parked.keep(ids(1, 2, 3), packed(3));
    expect(parked.size).toBe(3);
  });

  test('are dropped by least recent use, and one that is too large is never kept', () => {
    const parked = parkedRows(4);
    parked.keep(ids(1, 1), packed(2));
    parked.keep(ids(2, 2), packed(2));
    expect(parked.find(ids(1), 1)).not.toBeNull();
    parked.keep(ids(3, 3), packed(2));
    expect(parked.find(ids(2), 1)).toBeNull();
    expect(parked.find(ids(1), 1)).not.toBeNull();
    parked.keep(ids(4, 4, 4, 4, 4), packed(5));
    expect(parked.find(ids(4), 1)).toBeNull();
  });

  test('never take more than they may, and are forgotten all at once', () => {
    const rows = fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.nat(20), (kept, capacity) => {
        const parked = parkedRows(capacity);
        for (const row of kept) {
          parked.keep(ids(...row), packed(row.length));
          if (parked.size > capacity) return false;
        }
        parked.clear();
        return parked.size === 0 && parked.find(ids(0), 1) === null;
      }),
    );
  });
});
