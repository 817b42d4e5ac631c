import { expect, test } from 'vitest';
import { readingsOf } from './readings.ts';

test('nothing is called higher or lower before Holm’s adjustment', () => {
  const row = (difference: number | null, p: number | null) => ({ difference, p });
  expect(readingsOf([row(0.1, 0.03)]).map(({ reading }) => reading)).toEqual(['higher']);
  expect(readingsOf([row(0.1, 0.03), row(-0.1, 0.01)])).toEqual([
    { adjusted: 0.03, reading: 'higher' },
    { adjusted: 0.02, reading: 'lower' },
  ]);
  expect(readingsOf([row(0.1, 0.03), row(0.1, 0.04)]).map(({ reading }) => reading)).toEqual([
    'no difference shown',
    'no difference shown',
  ]);
  // What could not be tested still counts among the comparisons.
  expect(readingsOf([row(0.1, 0.03), row(0.1, null)]).map(({ reading }) => reading)).toEqual([
    'no difference shown',
    'not tested',
  ]);
});
