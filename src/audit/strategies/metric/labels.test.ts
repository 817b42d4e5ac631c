import { expect, test } from 'vitest';
import { rng } from '../../../base/rng.ts';
import type { Knowledge } from '../../strategy.ts';
import {
  blindGuess,
  drawLabel,
  knownLabels,
  labelName,
  negativeLabel,
  positiveLabels,
  positiveShare,
} from './labels.ts';

const knowing = (labels: Knowledge['labels'], numbers: Knowledge['numbers'] = null): Knowledge => ({
  published: null,
  answers: [],
  references: [],
  labels,
  numbers,
});
const MAIL = knowing([
  { label: 'spam', share: 0.7 },
  { label: 'Ham', share: 0.3 },
]);

test('the label that says that there is nothing to see is known by its name, else by being frequent', () => {
  expect(negativeLabel(MAIL)).toBe('Ham');
  expect(positiveLabels(MAIL)).toEqual(['spam']);
  expect(positiveShare(MAIL)).toBeCloseTo(0.7);
  const moods = knowing([
    { label: 'glad', share: 0.6 },
    { label: 'sad', share: 0.4 },
  ]);
  expect(negativeLabel(moods)).toBe('glad');
});

test('where nothing is known, yes is tried in the two usual ways', () => {
  expect(knownLabels(knowing([]))).toEqual([true, 1]);
  expect(positiveShare(knowing([]))).toBe(0.5);
});

test('a guess is a class, or the usual number of a series', () => {
  const numbers = { mean: 5, median: 4, last: 9 };
  expect(blindGuess(MAIL)).toBe('spam');
  expect(blindGuess(knowing([{ label: 0, share: 1 }], numbers))).toBe(0);
  const series = Array.from({ length: 30 }, (_, label) => ({ label, share: 1 / 30 }));
  expect(blindGuess(knowing(series, numbers))).toBe(4);
});

test('labels are drawn with their shares', () => {
  const dice = rng('labels');
  const drawn = Array.from({ length: 2_000 }, () => drawLabel(MAIL, dice));
  expect(drawn.filter((label) => label === 'spam').length / drawn.length).toBeCloseTo(0.7, 1);
});

test('variants are named by their label', () => {
  expect(labelName('spam')).toBe('spam');
  expect(labelName(true)).toBe('true');
  expect(labelName({ a: 1 })).toBe('{"a":1}');
});
