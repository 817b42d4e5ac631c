import { inputError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';

/** One row of an example file, before its columns have a meaning. */
export interface Row {
  /** Where it stands, e.g. `line 12`. */
  readonly place: string;
  readonly values: Readonly<Record<string, Json>>;
  /** Cells as they were written, where the format knows only text (CSV); null elsewhere. Empty cells are null. */
  readonly written: Readonly<Record<string, string | null>> | null;
}

/** All columns, in the order in which they first occur. */ export const columnsOf = (
  rows: readonly Row[],
): readonly string[] => [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];

/** `place` as in `Row`; null where it is the whole file. */
export const unreadable = (path: string, place: string | null, what: string, todo: string, cause?: unknown): Error =>
  inputError({
    code: 'unreadable-examples',
    what: `The examples cannot be read: ${what}`,
    given: place === null ? path : `${path}, ${place}`,
    allowed: 'JSON lines (.jsonl), JSON (.json), CSV (.csv, .tsv) or Parquet (.parquet), one example a row',
    todo,
    cause,
  });

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
