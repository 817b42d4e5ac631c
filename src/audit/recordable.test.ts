import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { answerKey, recordable, restored } from './recordable.ts';

test('predictions that JSON cannot hold survive a record', () => {
  const answer: Answer = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, null, 'NaN'];
  const read: Answer = JSON.parse(JSON.stringify(recordable(answer)));
  expect(restored(read)).toEqual(answer);
});

test('zero and negative zero are different calls: a grader may divide by them', () => {
  expect(answerKey([-0])).not.toBe(answerKey([0]));
  expect(answerKey([1, 'a'])).toBe('[1,"a"]');
});
