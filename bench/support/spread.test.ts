import { expect, test } from 'vitest';
import { ratios, spread } from './spread.ts';

test('the median of an even number lies between the two in the middle', () => {
  expect(spread([4, 1, 10, 2])).toEqual({ median: 3, least: 1, most: 10 });
  expect(spread([7, 5, 6])).toEqual({ median: 6, least: 5, most: 7 });
  expect(spread([]).median).toBeNaN();
});

test('ratios are taken round by round', () => {
  expect(ratios([2, 9, 8], [1, 3, 8])).toEqual({ median: 2, least: 1, most: 3 });
  expect(ratios([2, 9], [1])).toEqual({ median: 2, least: 2, most: 2 });
});
