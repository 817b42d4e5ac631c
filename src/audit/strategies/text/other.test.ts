import { expect, test } from 'vitest';
import type { Knowledge } from '../../strategy.ts';
import { otherAnswers, otherNumber, stillSays } from './other.ts';

const known: Knowledge = {
  published: null,
  answers: [],
  references: ['Rome', 'Paris, Texas'],
  labels: [],
  numbers: null,
};
const example = { reference: 'Paris', knownGood: ['Paris', 'City of Paris'], knownBad: ['Lyon'], options: null };

test('wrong answers first, then what is right elsewhere; nothing that holds the right one', () => {
  expect(otherAnswers('Paris', example, known, 5)).toEqual(['Lyon', 'Rome']);
});

test('of wrong answers in a form what is inside, where the answer has none', () => {
  const framed = { reference: 'B', knownGood: ['Answer: B'], knownBad: ['Answer: C'], options: null };
  expect(otherAnswers('B', framed, known, 1)).toEqual(['C']);
  expect(otherAnswers('Answer: B', framed, known, 1)).toEqual(['Answer: C']);
});

test('options alone where there are some', () => {
  expect(otherAnswers('Paris', { ...example, options: ['Paris', 'Nice'] }, known, 5)).toEqual(['Nice']);
});

test('a letter names an option by its place, so only other letters differ from it', () => {
  const options = ['A) Paris', 'B) Nice', 'C) Lyon'];
  expect(otherAnswers('B', { ...example, reference: 'B', knownGood: ['B'], options }, known, 5)).toEqual(['A', 'C']);
});

test('another number is far away and written alike', () => {
  expect(otherNumber('$42')).toBe('$133');
  expect(otherAnswers('42', { ...example, reference: 42, knownGood: ['42'], knownBad: [] }, known, 1)).toEqual(['133']);
});

test('a changed answer may still say the reference', () => {
  expect(stillSays('Paris, since 1900', { reference: 'paris' })).toBe(true);
  expect(stillSays('Lyon, since 1900', { reference: 'paris' })).toBe(false);
  expect(stillSays('anything', { reference: null })).toBe(false);
});
