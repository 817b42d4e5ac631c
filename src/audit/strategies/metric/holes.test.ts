import { describe, expect, test } from 'vitest';
import type { Json } from '../../../base/json.ts';
import { type Answer, isText, isVector } from '../../answer.ts';
import { exampleOf } from '../../audit.fixtures.contract.ts';
import type { Example } from '../../example.ts';
import { fooledBy } from '../text/fooled.contract.ts';
import { METRIC } from './index.ts';

/** Two of ten items are flagged, at other places in each block, and never sorted. */
const BLOCKS = Array.from({ length: 6 }, (_, block) => {
  const labels = Array.from({ length: 10 }, (_unused, index) => (index * 7 + block * 3) % 5 === 2);
  return exampleOf(`block-${block}`, {
    items: labels.map((label, index) => ({ input: `text ${block}.${index}`, label })),
    knownGood: [labels],
  });
});
/** A series that drifts, so that yesterday is near to today. */
const SERIES = Array.from({ length: 4 }, (_, block) => {
  const at = (step: number): number => 100 + 5 * step + 8 * Math.sin(step * 1.7 + block) + 20 * block;
  const labels = Array.from({ length: 16 }, (_unused, step) => at(step));
  return exampleOf(`series-${block}`, {
    items: labels.map((label, step) => ({ input: { step, previous: at(step - 1) }, label })),
    knownGood: [labels],
  });
});
const QUERIES = [0, 1, 2, 3].map((query) => {
  const names = Array.from({ length: 8 }, (_, index) => `doc-${query}-${index}`);
  const isHit = (index: number): boolean => index === (query + 3) % 8 || index === (query + 6) % 8;
  return exampleOf(`query-${query}`, {
    input: `query ${query}`,
    items: names.map((name, index) => ({ input: { id: name, text: `text of ${name}` }, label: isHit(index) ? 1 : 0 })),
    knownGood: [names.filter((_, index) => isHit(index))],
  });
});

const labelsOf = ({ items }: Example): readonly Json[] => (items ?? []).map(({ label }) => label);
const numbers = (values: readonly Json[]): number[] => values.map(Number);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
type Metric = (predictions: readonly Json[], labels: readonly Json[]) => boolean;
const fooled = (form: 'classification' | 'forecast' | 'ranking', examples: readonly Example[], passes: Metric) =>
  fooledBy(METRIC, form, examples, (answer: Answer, example) => isVector(answer) && passes(answer, labelsOf(example)));

const share = (predictions: readonly Json[], labels: readonly Json[], of: Json): number => {
  const places = [...labels.keys()].filter((index) => labels[index] === of);
  return places.filter((index) => predictions[index] === of).length / places.length;
};
const correlation = (left: readonly number[], right: readonly number[]): number => {
  const [a, b] = [mean(left), mean(right)];
  const product = (x: readonly number[], y: readonly number[], m: number, n: number): number =>
    x.reduce((sum, value, index) => sum + (value - m) * ((y[index] ?? 0) - n), 0);
  return product(left, right, a, b) / Math.sqrt(product(left, left, a, a) * product(right, right, b, b));
};
const errors = (predictions: readonly Json[], labels: readonly Json[]): number[] =>
  numbers(labels).map((label, index) => Number(predictions[index]) - label);

describe('each weak metric falls for the attack that was made for it, on every block', () => {
  const weak: readonly (readonly [string, Metric, readonly string[]])[] = [
    ['recall', (p, l) => share(p, l, true) >= 0.9, ['flag-everything']],
    [
      'recall by truth of values',
      (p, l) => l.every((label, index) => label !== true || Boolean(p[index])),
      ['truthy-predictions', 'probable-as-label', 'nested-predictions'],
    ],
    [
      'accuracy',
      (p, l) => p.filter((value, index) => value === l[index]).length / l.length >= 0.75,
      ['majority-class', 'flag-nothing', 'flag-everything'],
    ],
    [
      'no false alarm',
      (p, l) => l.every((label, index) => label === true || p[index] !== true),
      ['flag-nothing', 'abstain-always', 'empty-predictions'],
    ],
    [
      'accuracy of what was answered',
      (p, l) => p.every((value, index) => value === null || value === l[index]),
      ['abstain-always', 'answer-easy-only', 'hand-in-few', 'answer-one-class-only'],
    ],
    ['membership', (p, l) => l.every((label, index) => [p[index]].flat().includes(label)), ['spray-all-labels']],
    [
      'label as a part of the text',
      (p, l) => l.every((label, index) => String(p[index]).includes(String(label))),
      ['spray-joined-labels'],
    ],
    [
      'calibration in the large',
      (p, l) => Math.abs(mean(numbers(p)) - mean(numbers(l))) < 0.1,
      ['constant-probability'],
    ],
    [
      'errors above a limit',
      (p, l) => !numbers(l).some((label, index) => Math.abs(Number(p[index]) - label) > 0.5),
      ['nan-predictions'],
    ],
  ];
  test.each(weak)('%s', (_name, passes, attacks) => {
    const found = fooled('classification', BLOCKS, passes);
    for (const name of attacks) expect(found.get(name)?.examples, name).toBe(BLOCKS.length);
  });
});

describe('each weak measure of forecasts falls for the attack that was made for it', () => {
  const weak: readonly (readonly [string, Metric, readonly string[]])[] = [
    ['correlation', (p, l) => correlation(numbers(p), numbers(l)) > 0.9, ['wrong-scale', 'wrong-level']],
    ['squared correlation', (p, l) => correlation(numbers(p), numbers(l)) ** 2 > 0.9, ['wrong-sign']],
    ['mean error', (p, l) => Math.abs(mean(errors(p, l))) < 1, ['errors-that-cancel']],
    [
      'a relative error that is easily met',
      (p, l) => mean(errors(p, l).map(Math.abs)) < 0.1 * mean(numbers(l)),
      ['copy-last', 'copy-last-truth', 'copy-lead-truth'],
    ],
    [
      'errors of what was answered',
      (p, l) => p.every((value, index) => value === null || value === l[index]),
      ['abstain-always', 'answer-easy-only', 'hand-in-few'],
    ],
    [
      'no error above a limit',
      (p, l) => !errors(p, l).some((error) => Math.abs(error) > 5),
      ['nan-predictions', 'empty-predictions'],
    ],
  ];
  test.each(weak)('%s', (_name, passes, attacks) => {
    const found = fooled('forecast', SERIES, passes);
    for (const name of attacks) expect(found.get(name)?.examples, name).toBe(SERIES.length);
  });
});

test('retrieval without a price for what is not relevant', () => {
  const hits = (example: Example): unknown[] => [
    ...(example.knownGood[0] === undefined || isText(example.knownGood[0]) ? [] : Object.values(example.knownGood[0])),
  ];
  const by = (passes: (list: readonly Json[], wanted: readonly unknown[]) => boolean) =>
    fooledBy(METRIC, 'ranking', QUERIES, (answer, example) => isVector(answer) && passes(answer, hits(example)));
  const recall = by((list, wanted) => wanted.every((name) => list.some((one) => one === name)));
  expect(recall.get('cite-everything')?.examples).toBe(QUERIES.length);
  expect(recall.get('bury-hits')?.examples).toBe(QUERIES.length);
  const counted = by((list, wanted) => list.filter((name) => wanted.includes(name)).length >= 2);
  expect(counted.get('repeat-best-hit')?.examples).toBe(QUERIES.length);
  const precise = by((list, wanted) => list.every((name) => wanted.includes(name)));
  expect(precise.get('return-nothing')?.examples).toBe(QUERIES.length);
});

test('no attack passes a metric that counts every item and compares with guessing', () => {
  const balanced = fooled(
    'classification',
    BLOCKS,
    (p, l) => p.length === l.length && (share(p, l, true) + share(p, l, false)) / 2 >= 0.8,
  );
  expect([...balanced]).toEqual([]);
  const skilled = fooled('forecast', SERIES, (p, l) => {
    const naive = mean(
      numbers(l)
        .slice(1)
        .map((label, index) => Math.abs(label - Number(l[index]))),
    );
    return (
      p.length === l.length &&
      p.every((value) => typeof value === 'number') &&
      mean(errors(p, l).map(Math.abs)) < 0.6 * naive
    );
  });
  expect([...skilled]).toEqual([]);
});

test('a summary that only has to be faithful, a ticket that only has to be closed', () => {
  const examples = ['bridge', 'harbour', 'library'].map((place) =>
    exampleOf(place, {
      input: `The council voted to close the ${place} for repairs. The repairs of the ${place} will last until May. People can use the old road. Sandwiches were served to everybody.`,
      knownGood: [`The council will close the ${place} for repairs that last until May.`],
      knownBad: ['The council closed the road.'],
    }),
  );
  const faithful = fooledBy(
    METRIC,
    'text',
    examples,
    (answer, { input }) => isText(answer) && answer !== '' && String(input).includes(answer),
  );
  expect(faithful.get('copy-harmless-sentence')).toEqual({ examples: 3, answer: 'People can use the old road.' });
  const closed = fooledBy(METRIC, 'text', examples, (answer) =>
    /\bclos(?:ed|ing)\b.*ticket|ticket\b.*\bclos(?:ed|ing)\b/i.test(String(answer)),
  );
  expect(closed.get('close-without-solving')?.examples).toBe(3);
});
