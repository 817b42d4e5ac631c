import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, typed } from './read-csv.ts';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const write = (rows: readonly (readonly string[])[], newline: string): string =>
  rows.map((cells) => cells.map(quoted).join(',')).join(newline);

describe('CSV', () => {
  test('any cells come back as they were written, with the line on which their row begins', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', ',', '"', '\n', ';', '\t', ' ', '1') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (rows, newline, isEnded) => {
          const text = write([['a', 'b', 'c'], ...rows], newline) + (isEnded ? newline : '');
          const read = readCsv(text, 'x.csv');
          expect(read.map(({ written }) => Object.values(written ?? {}))).toEqual(
            rows.map((cells) => cells.map((one) => (one === '' ? null : one))),
          );
          let line = 2;
          for (const [index, cells] of rows.entries()) {
            expect(read[index]?.place).toBe(`line ${line}`);
            line += 1 + cells.join('').split('\n').length - 1;
          }
        },
      ),
    );
  });

  test.each([
    [
      ['1', '2.5', '-3e2', ''],
      [1, 2.5, -300, null],
    ],
    [
      ['1', 'x'],
      ['1', 'x'],
    ],
    [
      ['007', '8'],
      ['007', '8'],
    ],
    [['12345678901234567890'], ['12345678901234567890']],
    [
      ['true', 'FALSE', ''],
      [true, false, null],
    ],
    [
      ['["a"]', 'b', '{"c": 1}', '[sic]'],
      [['a'], 'b', { c: 1 }, '[sic]'],
    ],
    [
      ['', ''],
      [null, null],
    ],
  ])('the column %j is %j', (cells, expected) => {
    expect(typed(cells)).toEqual(expected);
  });

  test('one column is enough, and empty lines are none', () => {
    expect(readCsv('input\na\n\nb\n', 'x.csv').map(({ place, values }) => [place, values])).toEqual([
      ['line 2', { input: 'a' }],
      ['line 4', { input: 'b' }],
    ]);
  });
});
