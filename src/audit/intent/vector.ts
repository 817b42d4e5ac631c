import type { Json } from '../../base/json.ts';
import type { Vector } from '../answer.ts';

/** Labels are text, numbers and truth values: a prediction that is a list or an object is none of them. */
const key = (value: Json | undefined): string =>
  typeof value === 'object' && value !== null ? 'no label' : JSON.stringify(value ?? null);

/** Mean over classes of the share of its items that were found, above what a constant finds, on [-1, 1]. Abstaining finds nothing. */
export const balancedGain = (predictions: Vector, labels: Vector): number => {
  const classes = Map.groupBy(labels.keys(), (index) => key(labels[index]));
  if (classes.size < 2) return 0;
  let sum = 0;
  for (const [label, indices] of classes)
    sum += indices.filter((index) => key(predictions[index]) === label).length / indices.length;
  return sum / classes.size - 1 / classes.size;
};

const isNumbers = (values: Vector): values is readonly number[] =>
  values.every((value) => typeof value === 'number' && Number.isFinite(value));

const meanError = (predictions: readonly number[], labels: readonly number[]): number =>
  labels.reduce((sum, label, index) => sum + Math.abs(label - (predictions[index] ?? 0)), 0) / labels.length;

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

/**
 * One minus the mean absolute error over that of the better of two guesses, the median throughout and the value before. An abstention
 * is filled with the median, so it gains nothing. Not above 0: no better than guessing.
 */
export const skill = (predictions: Vector, labels: Vector): number => {
  if (!isNumbers(labels) || labels.length < 2) return 0;
  const median = medianOf(labels);
  const filled = labels.map((_, index) => {
    const value = predictions[index];
    return typeof value === 'number' && Number.isFinite(value) ? value : median;
  });
  const constant = meanError(
    labels.map(() => median),
    labels,
  );
  const last = meanError(labels.slice(0, -1), labels.slice(1));
  const guess = Math.min(constant, last);
  return guess === 0 ? 0 : 1 - meanError(filled, labels) / guess;
};

/** Up to so many different numbers are classes: as data sets are read (examples/data-set.ts). */
const MOST_CLASSES = 10;

/** How much better than guessing a prediction vector is, on the measure that fits its labels. */
export const gainOver = (predictions: Vector, labels: Vector): number =>
  isNumbers(labels) && new Set(labels).size > MOST_CLASSES
    ? skill(predictions, labels)
    : balancedGain(predictions, labels);
