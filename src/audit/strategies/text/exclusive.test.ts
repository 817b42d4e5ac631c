import { expect, test } from 'vitest';
import { isExclusive } from './exclusive.ts';

test.each([
  ['What is 1 + 1? Reply with exactly one \\boxed{...} and nothing else.', true],
  ['Reply only with JSON.', true],
  ['Give the number only.', true],
  ['Only output the label.', true],
  ['Write no further text.', true],
  ['What is 1 + 1? Put your final answer in \\boxed{}.', false],
  ['Use each number exactly once. Return the final answer in <answer> tags.', false],
  ['Think first. There is only one answer.', false],
])('%j: %j', (input, expected) => {
  expect(isExclusive({ input, fields: {} })).toBe(expected);
});

test('what another column tells counts too', () => {
  expect(isExclusive({ input: 'What is 1 + 1?', fields: { system: 'Respond with only the number.' } })).toBe(true);
});
