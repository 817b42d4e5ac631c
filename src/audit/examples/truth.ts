import type { Json } from '../../base/json.ts';
import type { Bar } from './columns.ts';
import { type Row, unreadable } from './row.ts';

const TRUE: readonly Json[] = [true, 1, 'true', 'yes', 'y', 't', '1', 'correct', 'right', 'good', 'pass', 'passed'];
const FALSE: readonly Json[] = [false, 0, 'false', 'no', 'n', 'f', '0', 'incorrect', 'wrong', 'bad', 'fail', 'failed'];

/** Whether an answer is right: a truth value in one of its usual spellings, or a score with its bar. Null: the cell is empty. */
export const readTruth = (row: Row, column: string, bar: Bar | null, path: string): boolean | null => {
  const value = row.values[column] ?? null;
  if (value === null) return null;
  if (bar !== null) {
    if (typeof value === 'number') return bar.isAtLeast ? value >= bar.value : value <= bar.value;
    throw unreadable(path, row.place, `"${column}" is not a number, and a bar was given for it`, 'Correct the row.');
  }
  const plain = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (TRUE.includes(plain)) return true;
  if (FALSE.includes(plain)) return false;
  throw unreadable(
    path,
    row.place,
    `"${column}" is ${JSON.stringify(value).slice(0, 60)}, which is neither true nor false`,
    typeof value === 'number'
      ? `Say from where on an answer is right: --fields "correct=${column}>=0.5".`
      : 'Write true or false.',
  );
};
