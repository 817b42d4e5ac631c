import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rng } from '../../base/rng.ts';
import { faultOf, plainExpression, readExpression } from './expression.ts';
import { puzzleFrom } from './puzzle.ts';
import { combine, type Operator, type Rational, rational } from './rational.ts';

const PUZZLE = { numbers: [3, 3, 8, 25], target: 24 };

describe('a solution', () => {
  it.each([
    '3 * 8',
    '8*3',
    '(25 - (3 / 3))',
    '25-3/3',
    '3 \u00d7 8',
    '[3 * 8]',
    '3 * 8 = 24',
    '`3 * 8`',
    ' 3*8 \n',
    '-(-25 + 3 / 3)',
  ])('%j is right', (text) => {
    expect(faultOf(plainExpression(text), PUZZLE)).toBeNull();
  });

  it.each([
    ['', 'it is no expression'],
    ['24', '24 is not there, or not that often'],
    ['8 + 8 + 8', '8 is not there, or not that often'],
    ['3 * 3 * 3 - 3', '3 is not there, or not that often'],
    ['3 + 8', 'it has another value'],
    ['25 / (3 - 3)', 'it divides by 0'],
    ['3 ** 3', 'it is no expression'],
    ['25 // 8', 'it is no expression'],
    ['3 8', 'it is no expression'],
    ['(3 * 8', 'it is no expression'],
    ['3 * 8)', 'it is no expression'],
    ['3 * x', 'it is no expression'],
    ['+3 * 8', 'it is no expression'],
    ['3.0 * 8', 'it is no expression'],
    ['3 * 8\n25 - 3', 'it is no expression'],
    ['I think 3 * 8', 'it is no expression'],
    ['9999999', 'it is no expression'],
    [`${'('.repeat(60)}3${')'.repeat(60)}`, 'it is no expression'],
    ['-'.repeat(300), 'it is no expression'],
  ])('%j is not: %s', (text, fault) => {
    expect(faultOf(plainExpression(text), PUZZLE)).toBe(fault);
  });

  it('is worth what plain arithmetic says, to the fraction, and uses what stands there', () => {
    interface Tree {
      readonly text: string;
      readonly value: Rational | null;
      readonly numbers: readonly number[];
    }
    const leaf = fc
      .integer({ min: 0, max: 120 })
      .map((n): Tree => ({ text: String(n), value: rational(BigInt(n)), numbers: [n] }));
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.tuple(fc.constantFrom<Operator>('+', '-', '*', '/'), tie('tree'), tie('tree')).map(
          ([sign, a, b]): Tree => ({
            text: `(${a.text} ${sign} ${b.text})`,
            value: a.value === null || b.value === null ? null : combine(sign, a.value, b.value),
            numbers: [...a.numbers, ...b.numbers],
          }),
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ text, value, numbers }) => {
        const read = readExpression(text);
        fc.pre(text.length <= 400);
        expect(read).toEqual({ numbers, value });
      }),
    );
  });

  it('binds as usual and never throws', () => {
    for (const [text, value] of [
      ['2 + 3 * 4', 14n],
      ['20 - 5 - 3', 12n],
      ['40 / 4 / 2', 5n],
      ['2 * (3 + 4)', 14n],
      ['-(2 - 5) * 2', 6n],
      ['2 * -3', -6n],
    ] as const) {
      expect(readExpression(text)?.value).toEqual({ top: value, bottom: 1n });
    }
    const noise = fc.string({ unit: fc.constantFrom(...'0123456789+-*/() .x\n') });
    fc.assert(fc.property(noise, (text) => (readExpression(plainExpression(text))?.numbers.length ?? 1) > 0));
  });
});

describe('fractions', () => {
  const whole = fc.bigInt({ min: -1_000n, max: 1_000n });
  const some = fc
    .tuple(
      whole,
      whole.filter((n) => n !== 0n),
    )
    .map(([top, bottom]) => rational(top, bottom))
    .filter((value) => value !== null);

  it('are in lowest terms with a positive bottom, and keep the laws of arithmetic', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(a.bottom > 0n).toBe(true);
        const sum = combine('+', a, b);
        expect(sum === null ? null : combine('-', sum, b)).toEqual(a);
        const product = combine('*', a, b);
        if (b.top !== 0n && product !== null) expect(combine('/', product, b)).toEqual(a);
        const [left, right] = [
          sum === null ? null : combine('*', sum, c),
          [combine('*', a, c), combine('*', b, c)] as const,
        ];
        const [first, second] = right;
        expect(left).toEqual(first === null || second === null ? null : combine('+', first, second));
      }),
    );
  });
});

describe('puzzles', () => {
  it('have a solution that is right, from two of three numbers to five of six', () => {
    for (const [count, used] of [
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
    ] as const) {
      for (let n = 0; n < 50; n++) {
        const puzzle = puzzleFrom(rng('puzzles').fork(`${count}/${n}`), count, used);
        expect(faultOf(puzzle.solution, puzzle)).toBeNull();
        expect(readExpression(puzzle.solution)?.numbers).toHaveLength(used);
        expect(puzzle.numbers).toHaveLength(count);
        expect(puzzle.numbers).not.toContain(puzzle.target);
      }
    }
  });
});
