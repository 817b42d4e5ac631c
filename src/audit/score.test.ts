import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Graded, ScoreScale } from '../record/audit.ts';
import { scoreFrom } from './score.ts';
import { proxyOf, UNIT_SCALE } from './subject.ts';

const faultOf = (graded: Graded): string => (graded.kind === 'fault' ? graded.fault.kind : `scored ${graded.score}`);
const LOSS: ScoreScale = { worst: 10, best: 0, pass: 2, beyond: 'worst' };

test.each([
  [0.25, 'scored 0.25'],
  [true, 'scored 1'],
  [false, 'scored 0'],
  [{ score: 0.5, reason: 'half' }, 'scored 0.5'],
  [{ pass: true }, 'scored 1'],
  [Number.NaN, 'nan'],
  [Number.POSITIVE_INFINITY, 'infinite'],
  [-0.1, 'out-of-range'],
  [2, 'out-of-range'],
  ['0.9', 'not-a-number'],
  [{ verdict: 1 }, 'not-a-number'],
  [{ score: { value: 1 } }, 'not-a-number'],
  [[1], 'not-a-number'],
  [1n, 'not-a-number'],
  [undefined, 'no-score'],
  [null, 'no-score'],
  [{ score: null }, 'no-score'],
])('%o is %s', (value, wanted) => {
  expect(faultOf(scoreFrom(value, UNIT_SCALE))).toBe(wanted);
});

test('of an error less is better, and beyond its worst is the worst', () => {
  expect(scoreFrom(2, LOSS)).toMatchObject({ score: 2, passed: true });
  expect(scoreFrom(3, LOSS)).toMatchObject({ score: 3, passed: false });
  expect(scoreFrom(1_000, LOSS)).toMatchObject({ score: 10, passed: false });
  expect(faultOf(scoreFrom(-1, LOSS))).toBe('out-of-range');
});

test('whatever is returned, a score lies on the scale and everything else is a named fault', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
      const graded = scoreFrom(value, LOSS);
      if (graded.kind === 'fault') return graded.fault.message !== '';
      const proxy = proxyOf(graded.score, LOSS);
      return proxy >= 0 && proxy <= 1;
    }),
  );
});
