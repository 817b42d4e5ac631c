import { contentHash } from '../../base/json.ts';
import type { Example, ExampleSet, ExampleSource, ExampleTask, FieldName } from '../example.ts';
import { type Columns, mapColumns, usualColumns } from './columns.ts';
import { blocksOf, isForecast, itemsOf, wholeOf } from './data-set.ts';
import { nestedColumns, withNested } from './nested.ts';
import { holdPrograms } from './programs.ts';
import { readRows } from './read-rows.ts';
import { columnsOf, type Row } from './row.ts';
import { examplesOfRows } from './text-rows.ts';

/** Columns beside which a label is no label of a data set. */
const OF_TEXTS: readonly FieldName[] = ['reference', 'good', 'bad', 'chosen', 'rejected', 'answer', 'options'];

const isDataSet = (columns: Columns): boolean => columns.has('label') && !OF_TEXTS.some((part) => columns.has(part));

const taskOf = (
  rows: readonly Row[],
  columns: Columns,
): Exclude<ExampleTask, 'classification' | 'forecast'> | 'data-set' => {
  if (columns.has('workspace') || holdPrograms(rows, columns)) return 'program';
  if (columns.has('chosen') && columns.has('rejected')) return 'preference';
  return isDataSet(columns) ? 'data-set' : 'text';
};

const setOf = (
  task: ExampleTask,
  examples: readonly Example[],
  items: number,
  source: string,
  whole: Example | null,
): ExampleSet => ({ task, examples, items, hash: contentHash(examples), source, whole });

const dataSet = (
  rows: readonly Row[],
  columns: Columns,
  given: 'classification' | 'forecast' | null,
  source: string,
): ExampleSet => {
  const items = itemsOf(rows, columns, source);
  const task = given ?? (isForecast(items) ? 'forecast' : 'classification');
  return setOf(task, blocksOf(items, task === 'forecast'), items.length, source, wholeOf(items));
};

/** As `LoadExamples` says. */
export const load = async (from: ExampleSource, cwd: string): Promise<ExampleSet> => {
  const read = await readRows(from, cwd);
  const source = from.path ?? 'inline';
  if (read.length === 0) return setOf(from.task ?? 'text', [], 0, source, null);
  const { rows, fields } = withNested(read, from.fields, usualColumns(columnsOf(read)));
  const columns = mapColumns(columnsOf(rows), fields, () => nestedColumns(read));
  const task = from.task ?? taskOf(rows, columns);
  if (task === 'data-set') return dataSet(rows, columns, null, source);
  if (task === 'classification' || task === 'forecast') return dataSet(rows, columns, task, source);
  const examples = examplesOfRows(rows, columns, task, source);
  return setOf(task, examples, examples.length, source, null);
};
