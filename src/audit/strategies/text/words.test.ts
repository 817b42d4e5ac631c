import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byFrequency, contentWords, numberOf, plainForm, sameAnswer, saysWithin, sentences, words } from './words.ts';

test('words hold letters, digits, apostrophes and hyphens of every script', () => {
  expect(words("Don't re-use Straße 12, 東京!")).toEqual(["Don't", 're-use', 'Straße', '12', '東京']);
});

test('content words are each once and no stop words', () => {
  expect(contentWords('The cat and the Cat sat on a mat')).toEqual(['cat', 'sat', 'mat']);
});

test('sentences end at marks and at line breaks', () => {
  expect(sentences('One. Two! Three?\nfour\n\n')).toEqual(['One.', 'Two!', 'Three?', 'four']);
});

test('the most frequent value comes first, counted once a list', () => {
  expect(byFrequency([['a', 'a'], ['b'], ['b', 'a', 'b'], ['b']])).toEqual(['b', 'a']);
});

test.each([
  ['42', 42],
  [' -42. ', -42],
  ['−3.5', -3.5],
  ['$1,200.50', 1200.5],
  ['12 %', 12],
  ['.5', 0.5],
])('%j is the number %d', (text, value) => {
  expect(numberOf(text)).toBe(value);
});

test.each(['', 'forty', '42 km', '4 2', '1/2', '1.2.3'])('%j is no number', (text) => {
  expect(numberOf(text)).toBeNull();
});

test.each([
  ['The Beatles!', 'beatles'],
  ['42', '42.0'],
  ['  New   York ', 'new york.'],
  ['１２', '12'],
  ['A', '(a)'],
])('%j and %j are the same answer', (left, right) => {
  expect(sameAnswer(left, right)).toBe(true);
});

test.each([
  ['-42', '42'],
  ['$42', '€42'],
  ['not Paris', 'Paris'],
  ['', '.'],
])('%j and %j are not', (left, right) => {
  expect(sameAnswer(left, right)).toBe(false);
});

test('a part is found by whole words', () => {
  expect(saysWithin('It is Paris, I think', 'paris')).toBe(true);
  expect(saysWithin('unparislike', 'Paris')).toBe(false);
  expect(saysWithin('[[A]]', 'A')).toBe(true);
  expect(saysWithin('It is the blue whale', 'a blue whale')).toBe(true);
  expect(saysWithin('anything', '')).toBe(false);
});

test('plain form is idempotent and sameAnswer symmetric, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      expect(sameAnswer(left, left)).toBe(true);
      expect(sameAnswer(left, right)).toBe(sameAnswer(right, left));
      expect(plainForm(` ${left} `)).toBe(plainForm(left));
    }),
  );
});
