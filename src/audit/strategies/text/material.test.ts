import { expect, test } from 'vitest';
import type { Knowledge } from '../../strategy.ts';
import {
  answersAreLong,
  declines,
  labelTexts,
  numbersMatter,
  sharedWords,
  someDecline,
  textOf,
  usualLength,
} from './material.ts';

const known = (answers: Knowledge['answers'], references: Knowledge['references'] = []): Knowledge => ({
  published: null,
  answers,
  references,
  labels: [],
  numbers: null,
});

test('a conversation is read as what was said', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
  ];
  expect(textOf(messages)).toContain('Be brief.\n');
  expect(textOf(messages)).toContain('Hello');
  expect(textOf({ ticket: 'broken', customer: 3 })).toBe('broken\n3');
  expect(textOf(null)).toBe('');
});

test.each([
  "I'm sorry, but I can't help with that.",
  'This is not stated in the text.',
  'I do not know.',
  'There is not enough information.',
])('%j declines', (text) => {
  expect(declines(text)).toBe(true);
});

test.each(['Paris', 'She does not like tea.', 'There is no doubt about it.'])('%j does not', (text) => {
  expect(declines(text)).toBe(false);
});

test('numbers matter where at least half of the references hold one', () => {
  expect(numbersMatter(known([], [42, '7 km', 'none']))).toBe(true);
  expect(numbersMatter(known([], ['Paris', 'Rome', 'Apollo 11']))).toBe(false);
  expect(numbersMatter(known([]))).toBe(false);
});

test('short references that come back are labels', () => {
  expect(labelTexts(known(['yes', 'no', 'yes', 'no', 'yes', 'yes'], ['yes', 'no']))).toEqual(['yes', 'no']);
  expect(labelTexts(known(['Paris', 'Rome'], ['Paris', 'Rome']))).toEqual([]);
});

test('what honest answers are like', () => {
  expect(someDecline(known(['Paris', 'I cannot say.']))).toBe(true);
  expect(usualLength(known(['one', 'one two three', 'one two']))).toBe(2);
  expect(answersAreLong(known(['Paris']))).toBe(false);
  expect(sharedWords(known(['blue whale', 'Whale song']))[0]).toBe('whale');
});
