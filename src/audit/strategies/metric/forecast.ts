/** B: forecasts that know the past and nothing else, and forecasts that are right in every respect that a weak metric looks at. */
import type { Json } from '../../../base/json.ts';
import type { Vector } from '../../answer.ts';
import type { Knowledge } from '../../strategy.ts';
import { isList } from '../text/material.ts';
import { FORECAST } from './common.ts';
import { degradeVector, fill, isNumber, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(FORECAST);
const broken = degradeVector(FORECAST);

const PAST = /^(?:y_?)?(?:last|lag(?:_?\d+)?|prev(?:ious)?(?:_\w+)?|history|past|t-1)$/i;

/** Values that an item says came before it, the latest last. */
const pastOf = (input: Json): readonly number[] => {
  if (isNumber(input)) return [input];
  if (input === null || typeof input !== 'object') return [];
  if (isList(input)) return input.filter(isNumber);
  return Object.entries(input).flatMap(([key, value]) => (PAST.test(key) ? pastOf(value) : []));
};

const constant = (inputs: readonly Json[], known: Knowledge, of: 'mean' | 'median' | 'last'): Vector | null =>
  known.numbers === null ? null : fill(inputs, known.numbers[of]);

/** The label `lag` places earlier, later where it is negative. Where the block has none, its nearest one: what was before the block is not known. */
const shifted = (labels: readonly Json[], lag: number): readonly Json[] =>
  labels.map((_, index) => labels[Math.min(Math.max(index - lag, 0), labels.length - 1)] ?? null);

const numeric = (labels: readonly Json[], change: (value: number) => number): Vector | null =>
  labels.every(isNumber) ? labels.map(change) : null;

const spread = (labels: readonly Json[]): number => {
  const values = labels.filter(isNumber);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
};

export const FORECASTS = [
  nothing(
    {
      name: 'predict-mean',
      family: 'constant-forecast',
      plain: true,
      source: 'attacks B (predict mean)',
      description: 'The mean of the past for every item.',
    },
    (inputs, { known }) => constant(inputs, known, 'mean'),
  ),
  nothing(
    {
      name: 'predict-median',
      family: 'constant-forecast',
      source: 'attacks B (predict mean, under absolute errors)',
      description: 'The median of the past for every item.',
    },
    (inputs, { known }) => constant(inputs, known, 'median'),
  ),
  nothing(
    {
      name: 'predict-zero',
      family: 'constant-forecast',
      source: 'attacks B (null model); relative errors that divide by the forecast',
      description: 'Nothing, or next to nothing, for every item.',
    },
    (inputs) => ({ zero: fill(inputs, 0), tiny: fill(inputs, 1e-9) }),
  ),
  nothing(
    {
      name: 'copy-last',
      family: 'persistence',
      plain: true,
      source: 'attacks B (copy-last, persistence)',
      description:
        'The last value that is known, from the item where it gives one: follows every series one step behind.',
    },
    (inputs, { known }) => {
      const pasts = inputs.map((input) => pastOf(input).at(-1));
      return {
        given: pasts.every(isNumber) ? pasts.filter(isNumber) : null,
        constant: known.numbers === null ? null : fill(inputs, known.numbers.last),
      };
    },
  ),
  nothing(
    {
      name: 'average-of-past',
      family: 'persistence',
      source: 'attacks B (persistence)',
      description: 'The mean of the values that an item gives of its past, or half of it and half of the long mean.',
    },
    (inputs, { known }) => {
      const pasts = inputs.map(pastOf);
      if (pasts.some((past) => past.length === 0)) return null;
      const mean = (past: readonly number[]): number => past.reduce((sum, value) => sum + value, 0) / past.length;
      return {
        mean: pasts.map(mean),
        shrunk: known.numbers === null ? null : pasts.map((past) => (mean(past) + (known.numbers?.mean ?? 0)) / 2),
      };
    },
  ),
  nothing(
    {
      name: 'seasonal-copy',
      family: 'persistence',
      source: 'attacks B (persistence, seasonal)',
      description: 'The value one season ago, from the past that an item gives.',
    },
    (inputs) => {
      const pasts = inputs.map(pastOf);
      const ago = (lag: number): readonly number[] | null => {
        const values = pasts.map((past) => past.at(-lag));
        return values.every(isNumber) && pasts.every((past) => past.length >= lag) ? values.filter(isNumber) : null;
      };
      return { day: ago(24), week: ago(7), year: ago(12), quarter: ago(4), last: ago(1) };
    },
  ),
  broken(
    {
      name: 'copy-last-truth',
      family: 'shifted-truth',
      plain: true,
      source: 'attacks B (copy-last, persistence)',
      description: 'The true series one step late: near to it everywhere, and never of use.',
    },
    (_good, labels) => shifted(labels, 1),
  ),
  broken(
    {
      name: 'copy-lead-truth',
      family: 'shifted-truth',
      source: 'attacks B (copy-lead)',
      description: 'The true series one step early: what comes next in place of what is now.',
    },
    (_good, labels) => shifted(labels, -1),
  ),
  broken(
    {
      name: 'seasonal-truth',
      family: 'shifted-truth',
      source: 'attacks B (persistence, seasonal)',
      description: 'The true series one season late.',
    },
    (_good, labels) => {
      const ago = (lag: number): readonly Json[] | null => (labels.length > lag ? shifted(labels, lag) : null);
      return { quarter: ago(4), week: ago(7), year: ago(12), day: ago(24), two: ago(2) };
    },
  ),
  broken(
    {
      name: 'wrong-scale',
      family: 'affine',
      plain: true,
      source: 'attacks B (units and rounding)',
      description: 'The true series in another unit: correlation does not see it.',
    },
    (_good, labels) => ({
      thousand: numeric(labels, (value) => value * 1000),
      hundredth: numeric(labels, (value) => value / 100),
    }),
  ),
  broken(
    {
      name: 'wrong-level',
      family: 'affine',
      source: 'attacks B (units)',
      description: 'The true series far above itself: correlation, and errors of differences, do not see it.',
    },
    (_good, labels) => {
      const offset = 10 * spread(labels);
      return offset === 0 ? null : numeric(labels, (value) => value + offset);
    },
  ),
  broken(
    {
      name: 'wrong-sign',
      family: 'affine',
      source: 'attacks B (units); squared correlations, and errors without an absolute value',
      description: 'The true series upside down: a squared correlation does not see it, and its errors cancel out.',
    },
    (_good, labels) => {
      const values = labels.filter(isNumber);
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
      return {
        mirrored: numeric(labels, (value) => 2 * mean - value),
        negative: numeric(labels, (value) => 0 - value),
      };
    },
  ),
  broken(
    {
      name: 'errors-that-cancel',
      family: 'cancelling',
      source: 'attacks B (metric averaging)',
      description: 'Far too high and far too low in turn: the mean of the errors is nothing.',
    },
    (_good, labels) => {
      const swing = 5 * spread(labels);
      const even = labels.length - (labels.length % 2);
      return swing === 0 || !labels.every(isNumber)
        ? null
        : labels.map((value, index) => (index >= even ? value : value + (index % 2 === 0 ? swing : -swing)));
    },
  ),
] as const;
