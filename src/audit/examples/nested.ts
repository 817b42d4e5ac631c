/**
 * Columns inside columns, as data for post-training often have them: `reward_model: {"ground_truth": "42"}`. Their name is the path,
 * `reward_model.ground_truth`; a column that is really called so goes first.
 */
import type { Json } from '../../base/json.ts';
import type { FieldMap, FieldName } from '../example.ts';
import { isRecord, type Row } from './row.ts';

/** Objects deeper than this are looked into only by paths that the user writes. */
const LISTED_DEPTH = 3;
/** Names that mean a reference wherever they stand; `target` or `value` inside of some object need not. */
const SURE = new Set(['groundtruth', 'reference', 'expected', 'expectedoutput', 'referenceanswer', 'correctanswer']);
/** Parts beside which a nested reference is not looked for: something already says what is right. */
const RIGHT: readonly FieldName[] = ['reference', 'good', 'chosen', 'correct', 'label'];

const entriesOf = (value: Json): readonly (readonly [string, Json])[] =>
  isRecord(value) && !Array.isArray(value) ? Object.entries(value) : [];

/** Paths to what stands inside the objects of a row. */
const pathsIn = (value: Json, path: string, depth: number): readonly string[] =>
  entriesOf(value).flatMap(([name, inner]) => {
    const here = `${path}.${name}`;
    return [here, ...(depth > 1 ? pathsIn(inner, here, depth - 1) : [])];
  });

/** All such paths, in the order in which they first occur. */
export const nestedColumns = (rows: readonly Row[]): readonly string[] => [
  ...new Set(
    rows.flatMap(({ values }) =>
      Object.entries(values).flatMap(([name, value]) => pathsIn(value, name, LISTED_DEPTH - 1)),
    ),
  ),
];

/** What a path leads to; undefined: nothing. Names may hold dots themselves. */
const at = (value: Json, path: string): Json | undefined => {
  for (const [name, inner] of entriesOf(value)) {
    if (name === path) return inner;
    if (!path.startsWith(`${name}.`)) continue;
    const found = at(inner, path.slice(name.length + 1));
    if (found !== undefined) return found;
  }
  return undefined;
};

const withColumn = (rows: readonly Row[], path: string): readonly Row[] => {
  const found = rows.map(({ values }) => at(values, path));
  if (found.every((value) => value === undefined)) return rows;
  return rows.map((row, index) => ({ ...row, values: { ...row.values, [path]: found[index] ?? null } }));
};

const plain = (name: string): string => name.replaceAll(/[\s_-]/g, '').toLowerCase();
const isScalar = (value: Json | undefined): boolean => typeof value === 'string' || typeof value === 'number';

/** The one nested text or number that is surely the reference; null where there is none, or more than one. */
const sureReference = (rows: readonly Row[]): string | null => {
  const paths = nestedColumns(rows).filter(
    (path) =>
      SURE.has(plain(path.slice(path.lastIndexOf('.') + 1))) && rows.every(({ values }) => isScalar(at(values, path))),
  );
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? only : null;
};

/**
 * Rows with the nested columns that `fields` names as columns of their own. Where no column says what is right (`has`) and one nested value
 * surely does, it is the reference.
 */
export const withNested = (
  rows: readonly Row[],
  fields: FieldMap,
  has: (part: FieldName) => boolean,
): { readonly rows: readonly Row[]; readonly fields: FieldMap } => {
  const columns = new Set(rows.flatMap(({ values }) => Object.keys(values)));
  const sure = RIGHT.some((part) => fields[part] !== undefined || has(part)) ? null : sureReference(rows);
  const all = sure === null ? fields : { ...fields, reference: sure };
  // Of `correct=meta.score>=4` the path alone.
  const wanted = Object.values(all).map((column) => column.replace(/\s*[<>]=.*$/s, ''));
  const missing = wanted.filter((column) => column.includes('.') && !columns.has(column));
  return { rows: missing.reduce(withColumn, rows), fields: all };
};
