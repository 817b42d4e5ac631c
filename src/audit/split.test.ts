import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../base/rng.ts';
import { exampleOf } from './audit.fixtures.contract.ts';
import { splitExamples } from './split.ts';

const ids = ({ choose, estimate }: ReturnType<typeof splitExamples>): string[][] => [
  choose.map(({ id }) => id),
  estimate.map(({ id }) => id),
];

const examples = fc
  .uniqueArray(fc.nat(500), { minLength: 4, maxLength: 60 })
  .map((numbers) => numbers.map((number) => exampleOf(`e${number}`)));

test('the halves hold every example once, the odd one in `estimate`, in whatever order they come', () => {
  fc.assert(
    fc.property(examples, fc.string(), (given, seed) => {
      const halves = splitExamples(given, rng(seed));
      expect(halves.split).toBe(true);
      expect(halves.choose).toHaveLength(Math.floor(given.length / 2));
      expect(new Set(ids(halves).flat())).toEqual(new Set(given.map(({ id }) => id)));
      expect(ids(splitExamples(given.toReversed(), rng(seed)))).toEqual(ids(halves));
    }),
    { numRuns: 50 },
  );
});

test('duplicates are never on both sides', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 30 }),
      fc.string(),
      (inputs, seed) => {
        const given = inputs.map((input, index) => exampleOf(`e${index}`, { input }));
        const { choose, estimate, split } = splitExamples(given, rng(seed));
        const shared = choose.filter(({ input }) => estimate.some((other) => other.input === input));
        expect(split ? shared : []).toEqual([]);
        expect(split || new Set(inputs).size < 3 || inputs.length < 4 || choose.length === given.length).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test('three examples are not split', () => {
  const halves = splitExamples([exampleOf('a'), exampleOf('b'), exampleOf('c')], rng('x'));
  expect(halves.split).toBe(false);
  expect(halves.choose).toEqual(halves.estimate);
});
