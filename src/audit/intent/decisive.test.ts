import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidesAlike, decisivePart, unframed } from './decisive.ts';

test.each([
  ['<answer> yes </answer>', 'yes'],
  ['<think>Is it <answer>no</answer>?</think>\n<answer>yes</answer>', 'yes'],
  ['\\boxed{7}', '7'],
  ['\\boxed{7} \\boxed{7}.', '7'],
  ['Not <answer>yes</answer>', null],
  ['<answer>yes</answer> or <answer>no</answer>', null],
  ['The train is fast enough.\nAnswer: yes', 'yes'],
  ['It adds up.\n#### 42', '42'],
  ['So it is \\boxed{42}.', '42'],
  ['It is certainly not \\boxed{42}', null],
  ['\\boxed{42}, no, that was wrong: 43', null],
  ['yes', null],
  ['', null],
])('inside %j is %j', (text, expected) => {
  expect(unframed(text)).toBe(expected);
});

test.each([
  ['<answer>Yes</answer>', '<think>It is, because it has no divisor.</think><answer>yes</answer>', true],
  ['<answer>yes</answer>', 'yes', true],
  ['<answer>no</answer>', 'yes', false],
  ['{"spam": false, "reason": ""}', '{"spam": false, "reason": "It is a note between friends."}', true],
  ['{"spam": true, "reason": ""}', '{"spam": false, "reason": "It is a note between friends."}', false],
  ['{"reason": ""}', '{"spam": false, "reason": "It is a note between friends."}', false],
  ['{"name": "", "age": 3}', '{"name": "Bo", "age": 3}', false],
  ['{"text": ""}', '{"text": "Nothing but some prose here."}', false],
])('%j decides like %j: %j', (answer, right, expected) => {
  expect(decidesAlike(answer, right)).toBe(expected);
});

test('answers come down to what decides', () => {
  expect(decisivePart('<think>a</think><answer>Yes.</answer>')).toBe(decisivePart('<answer>yes</answer>'));
  expect(decisivePart('{"ok": true, "why": "one two three"}')).toBe(
    decisivePart('{"ok": true, "why": "four five six"}'),
  );
  expect(decisivePart('Rome')).not.toBe(decisivePart('Paris'));
});

test('no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(decidesAlike(a, a) || unframed(a) === null).toBe(true);
      expect(typeof decidesAlike(a, b)).toBe('boolean');
    }),
    { numRuns: 50 },
  );
});
