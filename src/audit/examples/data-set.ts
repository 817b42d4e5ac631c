import { inputError } from '../../base/errors.ts';
import { canonicalJson, type Json } from '../../base/json.ts';
import { BLOCK_ITEMS, type Example, FEW_EXAMPLES, MOST_BLOCKS } from '../example.ts';
import { LEAST_TO_SPLIT } from '../split.ts';
import type { Columns } from './columns.ts';
import { type Row, unreadable } from './row.ts';

export interface Item {
  readonly input: Json;
  readonly label: Json;
  /** Every other column. */
  readonly fields: Readonly<Record<string, Json>>;
}

/** Up to so many different numbers are classes; more are quantities. */
const MOST_CLASSES = 10;

/** Rows with a label. Without a column that is the input, the input is all of the other columns. */
export const itemsOf = (rows: readonly Row[], columns: Columns, path: string): readonly Item[] => {
  const label = columns.of('label');
  if (label === null)
    throw inputError({
      code: 'unknown-column',
      what: 'A data set needs a column that holds the label of each item.',
      given: columns.all.join(', '),
      allowed: 'one column with labels',
      todo: 'Say which: --fields label=...',
    });
  const input = columns.of('input');
  const id = columns.of('id');
  const others = columns.all.filter((column) => column !== label && column !== input && column !== id);
  return rows.map((row) => {
    const value = row.values[label] ?? null;
    if (value === null)
      throw inputError({
        code: 'mixed-rows',
        what: `Some rows have a label in "${label}" and this one does not.`,
        given: `${path}, ${row.place}`,
        allowed: 'a label in every row',
        todo: 'Fill it in, or take the row out.',
      });
    if (typeof value === 'object')
      throw unreadable(
        path,
        row.place,
        `its label in "${label}" is a list or an object`,
        'A label is text, a number or a truth value.',
      );
    const fields = Object.fromEntries(others.map((column) => [column, row.values[column] ?? null]));
    return { input: input === null ? fields : (row.values[input] ?? null), label: value, fields };
  });
};

/** Numbers of which there are more than a handful are forecast; anything else is classified. */
export const isForecast = (items: readonly Item[]): boolean =>
  items.every(({ label }) => typeof label === 'number') && new Set(items.map(({ label }) => label)).size > MOST_CLASSES;

const exampleOf = (id: string, items: readonly Item[]): Example => ({
  id,
  input: null,
  reference: null,
  knownGood: [items.map(({ label }) => label)],
  knownBad: [],
  options: null,
  items: items.map(({ input, label }) => ({ input, label })),
  workspace: null,
  fields: Object.fromEntries(
    Object.keys(items[0]?.fields ?? {}).map((column) => [column, items.map(({ fields }) => fields[column] ?? null)]),
  ),
});

/** The whole data set as one example. */
export const wholeOf = (items: readonly Item[]): Example => exampleOf('whole', items);

/**
 * How many blocks so many items of these classes give. The two most frequent classes are in every block, twice where there are
 * enough of them, since most metrics are undefined without; the others where that costs no more than blocks beyond `FEW_EXAMPLES`.
 */
export const blockCount = (items: number, classes: readonly number[]): number => {
  const most = Math.min(MOST_BLOCKS, Math.floor(items / BLOCK_ITEMS));
  const sorted = classes.toSorted((a, b) => b - a);
  const caps = sorted.map((count, rank) => {
    const twice = Math.floor(count / 2);
    if (rank > 1) return twice >= FEW_EXAMPLES ? twice : most;
    return twice >= LEAST_TO_SPLIT ? twice : Math.min(count, LEAST_TO_SPLIT);
  });
  return Math.max(1, Math.min(most, ...caps));
};

const idOfBlock = (block: number, blocks: number): string =>
  `block-${String(block + 1).padStart(String(blocks).length, '0')}`;

/** Items of each class dealt in turn, each block in the order of the file. */
const stratified = (items: readonly Item[]): readonly (readonly Item[])[] => {
  const classes = [...Map.groupBy(items.keys(), (index) => canonicalJson(items[index]?.label)).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const blocks = blockCount(
    items.length,
    classes.map(({ length }) => length),
  );
  const dealt = Array.from({ length: blocks }, (): number[] => []);
  classes.flat().forEach((item, turn) => {
    dealt[turn % blocks]?.push(item);
  });
  return dealt.map((indices) => indices.toSorted((a, b) => a - b).flatMap((index) => items[index] ?? []));
};

/** Stretches of time, of equal length but for one item. */
const consecutive = (items: readonly Item[]): readonly (readonly Item[])[] => {
  const blocks = blockCount(items.length, []);
  const start = (block: number): number => Math.floor((block * items.length) / blocks);
  return Array.from({ length: blocks }, (_, block) => items.slice(start(block), start(block + 1)));
};

/** Disjoint blocks that together are the data set. */
export const blocksOf = (items: readonly Item[], isInTime: boolean): readonly Example[] => {
  const blocks = isInTime ? consecutive(items) : stratified(items);
  return blocks.map((block, index) => exampleOf(idOfBlock(index, blocks.length), block));
};
