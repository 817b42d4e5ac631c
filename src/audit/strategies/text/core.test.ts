import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeCore, framedIn } from './core.ts';

const not = (core: string): string => `not ${core}`;

test.each([
  ['Paris', 'not Paris'],
  ['<think>x</think><answer> 42 </answer>', '<think>x</think><answer>not 42</answer>'],
  ['so \\boxed{42}.', 'so \\boxed{not 42}.'],
  ['6 * 7 = 42\n#### 42', '6 * 7 = 42\n#### not 42'],
  ['I add them.\nAnswer: 42', 'I add them.\nAnswer: not 42'],
  ['Final answer: 42\nThat is all.', 'Final answer: not 42\nThat is all.'],
  ['<answer>1</answer> no, <answer>2</answer>', '<answer>1</answer> no, <answer>not 2</answer>'],
])('%j is changed where it commits itself', (good, changed) => {
  expect(changeCore(good, not)).toBe(changed);
});

test.each([
  '',
  '  ',
  '{"a": 1}',
  '[1, 2]',
  '```\ncode\n```',
  '<xml/>',
  '<answer></answer>',
  '<answer>{"a": 1}</answer>',
])('%j has no text that could be changed', (good) => {
  expect(changeCore(good, not)).toBeNull();
});

test('a form is found with what stands around it, and can be made again', () => {
  const framed = framedIn('<think>x</think> \\boxed{42}.');
  expect(framed).toMatchObject({ before: '<think>x</think> \\boxed{', core: '42', after: '}.' });
  expect(framed?.frame('7')).toBe('\\boxed{7}');
  expect(framedIn('The answer is 42.')).toBeNull();
});

test('no change is no attack', () => {
  expect(changeCore('Paris', (core) => core)).toBeNull();
  expect(changeCore('Paris', () => null)).toBeNull();
});

test('what stands around the core is kept, dollar signs and all', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      fc.pre(!/answer>/i.test(before + after));
      expect(changeCore(`${before}<answer>x</answer>${after}`, () => '$&')).toBe(
        `${before}<answer>$&</answer>${after}`,
      );
    }),
  );
});

test('what is said in a line stays in it', () => {
  const denied = (core: string): string => `${core}\n\nNone of the above is true.`;
  expect(changeCore('Answer: D', denied)).toBe('Answer: D None of the above is true.');
  expect(changeCore('We count.\n#### 42\nDone.', denied)).toBe('We count.\n#### 42 None of the above is true.\nDone.');
  expect(changeCore('<answer>42</answer>', denied)).toBe('<answer>42\n\nNone of the above is true.</answer>');
});
