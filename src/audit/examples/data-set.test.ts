import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_ITEMS, type ExampleSet, loadExamples, MOST_BLOCKS } from '../example.ts';
import { blockCount } from './data-set.ts';

const load = (rows: readonly unknown[]): Promise<ExampleSet> =>
  loadExamples({ path: null, rows, fields: {}, task: null }, '/');
const labelled = (labels: readonly unknown[]): Promise<ExampleSet> =>
  load(labels.map((label, i) => ({ text: `t${i}`, label })));

describe('data sets', () => {
  test('rows with a label and no answers are classified, in blocks that have every class', async () => {
    const set = await labelled(Array.from({ length: 200 }, (_, i) => i % 5 === 0));
    expect(set).toMatchObject({ task: 'classification', items: 200 });
    expect(set.examples).toHaveLength(20);
    for (const { items, knownGood, input, reference } of set.examples) {
      const labels = (items ?? []).map(({ label }) => label);
      expect(labels.filter((label) => label === true)).toHaveLength(2);
      expect([knownGood, input, reference]).toEqual([[labels], null, null]);
    }
    expect(set.whole?.items).toHaveLength(200);
    expect(set.whole?.knownGood[0]).toEqual(Array.from({ length: 200 }, (_, i) => i % 5 === 0));
  });

  test('blocks are disjoint, whole, of about one size, and in the order of the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'a', 'a', 'a', 'b', 'b', 'c'), { minLength: 1, maxLength: 500 }),
        async (labels) => {
          const { examples } = await labelled(labels);
          const items = examples.map((one) => (one.items ?? []).map(({ input }) => Number(String(input).slice(1))));
          expect(items.flat().toSorted((a, b) => a - b)).toEqual(labels.map((_, i) => i));
          const sizes = items.map(({ length }) => length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          if (examples.length > 1) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(BLOCK_ITEMS);
          expect(examples.length).toBeLessThanOrEqual(MOST_BLOCKS);
          for (const block of items) expect(block).toEqual(block.toSorted((a, b) => a - b));
          for (const label of ['a', 'b', 'c']) {
            if (labels.filter((one) => one === label).length < 2 * examples.length) continue;
            for (const one of examples)
              expect(one.items?.filter((item) => item.label === label).length).toBeGreaterThanOrEqual(2);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each([
    [1_000, [500, 500], 40],
    [200, [190, 10], 5],
    [100, [95, 5], 4],
    [100, [98, 2], 2],
    [9, [5, 4], 1],
    [1_000, [490, 490, 20], 40],
    [1_000, [480, 480, 40], 20],
    [100, [100], 10],
  ])('%i items of classes %j give %i blocks', (items, classes, expected) => {
    expect(blockCount(items, classes)).toBe(expected);
  });

  test('many different numbers are a forecast, in consecutive blocks', async () => {
    const set = await load(Array.from({ length: 45 }, (_, i) => ({ day: `d${i}`, value: i * 1.5 })));
    expect(set.task).toBe('forecast');
    expect(set.examples.map(({ items }) => items?.length)).toEqual([11, 11, 11, 12]);
    expect(set.examples.flatMap(({ items }) => (items ?? []).map(({ label }) => label))).toEqual(
      Array.from({ length: 45 }, (_, i) => i * 1.5),
    );
    // Without a column that is the input, the input is what there is beside the label.
    expect(set.examples[0]?.items?.[0]).toEqual({ input: { day: 'd0' }, label: 0 });
  });

  test('few different numbers are classes', async () => {
    expect((await labelled(Array.from({ length: 40 }, (_, i) => i % 10))).task).toBe('classification');
    expect((await labelled(Array.from({ length: 40 }, (_, i) => i % 11))).task).toBe('forecast');
  });

  test('other columns come as lists, one value for each item', async () => {
    const set = await load(Array.from({ length: 20 }, (_, i) => ({ text: `t${i}`, label: i % 2, group: i % 3 })));
    expect(set.whole?.fields).toEqual({ group: Array.from({ length: 20 }, (_, i) => i % 3) });
  });
});
