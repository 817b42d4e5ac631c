import { expect, test } from 'vitest';
import type { Knowledge } from '../../strategy.ts';
import { houseFrame } from './house-frame.ts';

const framed = (answers: readonly string[], core: string): string | null => {
  const known: Knowledge = { published: null, answers, references: [], labels: [], numbers: null };
  return houseFrame(known)?.(core) ?? null;
};

test.each([
  [['\\boxed{4}', 'so \\boxed{5}.'], '\\boxed{7}'],
  [['<think>Two and two.</think>\n<answer>4</answer>'], '<think>Let me think about it.</think>\n<answer>7</answer>'],
  [['2 + 2 = 4\n#### 4'], '#### 7'],
  [['{"city": "Rome", "people": 3, "old": true}'], '{"city":"7","people":"7","old":true}'],
  [['\\boxed{4}', '5', '6'], null],
  [['{"old": true}'], null],
  [['{broken'], null],
  [[], null],
])('of %j is %j', (answers, expected) => {
  expect(framed(answers, '7')).toBe(expected);
});
