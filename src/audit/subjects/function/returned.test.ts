import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreFrom } from '../../score.ts';
import { UNIT_SCALE } from '../../subject.ts';
import { decodeReturned, encodeReturned } from './returned.ts';

const across = (value: unknown): unknown => decodeReturned(JSON.parse(JSON.stringify(encodeReturned(value))));

describe('what a grader returned', () => {
  test('is scored, or is a fault of the same kind, as if it had not crossed', () => {
    const value = fc.oneof(
      fc.double(),
      fc.boolean(),
      fc.string(),
      fc.constantFrom(undefined, null, 1n, [], [1], {}),
      fc.record({ score: fc.oneof(fc.double(), fc.boolean(), fc.string(), fc.constant(null)), reason: fc.string() }),
      fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string(), fc.constant({ a: 1 }))),
    );
    fc.assert(
      fc.property(value, (one) => {
        expect(scoreFrom(across(one), UNIT_SCALE)).toEqual(scoreFrom(one, UNIT_SCALE));
      }),
    );
  });

  test.each([() => 1, Symbol('x')])('%s is named as what it is', (value) => {
    expect(typeof across(value)).toBe(typeof value);
  });

  test('an endless object is cut', () => {
    const endless: Record<string, unknown> = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`key${i}`, i]),
    );
    endless.self = endless;
    expect(JSON.stringify(encodeReturned(endless)).length).toBeLessThan(10_000);
    expect(JSON.stringify(encodeReturned('x'.repeat(1_000_000))).length).toBeLessThan(10_000);
  });

  test('anything else on the line is refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom({}, [], 'text', { is: 'toString' }, { keys: [1] }, { keys: [[1, 1]] }, { list: '3' }),
        (value) => {
          expect(() => decodeReturned(value)).toThrow();
        },
      ),
    );
  });
});
