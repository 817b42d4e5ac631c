import { displayWidth, padEnd, padStart, truncate, wrap } from '../base/terminal.ts';

/** A cell of one or more lines of safe text. `paint` colours a line after it has been padded. */
export interface Cell {
  readonly lines: readonly string[];
  readonly paint?: (line: string, index: number) => string;
}

export type Row = readonly Cell[];

export const cell = (text: string, paint?: Cell['paint']): Cell =>
  paint === undefined ? { lines: [text] } : { lines: [text], paint };

const widthOf = (c: Cell | undefined): number => Math.max(0, ...(c?.lines ?? []).map(displayWidth));

/** Columns between two columns. */
const GAP = 2;

/** Width of the widest cell of each column. */
const widthsOf = (rows: readonly Row[]): number[] =>
  Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column]))),
  );

/** Columns that the rows need when nothing is cut, the first column being at most `firstAtMost`. */
export const naturalWidth = (rows: readonly Row[], firstAtMost: number): number =>
  widthsOf(rows).reduce((sum, width, column) => sum + (column === 0 ? Math.min(width, firstAtMost) : width + GAP), 0);

const lineOf = (row: Row, widths: readonly number[], index: number): string =>
  row
    .map((c, column) => {
      const width = widths[column] ?? 0;
      const text = truncate(c.lines[index] ?? '', width);
      const padded = column === 0 ? padEnd(text, width) : padStart(text, width + GAP);
      return c.paint === undefined || text === '' ? padded : c.paint(padded, index);
    })
    .join('')
    .trimEnd();

/**
 * Lines of a table without borders: the first column flush left and cut to what is left of `width`, the others flush
 * right. A rule stands under the first row; `airy` puts an empty line between rows.
 */
export const tableLines = (
  rows: readonly Row[],
  width: number,
  airy: boolean,
  dim: (line: string) => string,
): string[] => {
  const natural = widthsOf(rows);
  const others = natural.slice(1).reduce((sum, w) => sum + w + GAP, 0);
  const widths = [Math.max(1, Math.min(natural[0] ?? 0, width - others)), ...natural.slice(1)];
  const total = widths.reduce((sum, w, column) => sum + w + (column === 0 ? 0 : GAP), 0);
  return rows.flatMap((row, r) => {
    const height = Math.max(...row.map((c) => c.lines.length));
    const lines = Array.from({ length: height }, (_, index) => lineOf(row, widths, index));
    if (r === 0) return [...lines, dim('─'.repeat(total))];
    return airy && r < rows.length - 1 ? [...lines, ''] : lines;
  });
};

/** A paragraph whose later lines are indented. */
export const paragraph = (
  text: string,
  width: number,
  first = '',
  later: string = ' '.repeat(displayWidth(first)),
): string[] =>
  wrap(text, Math.max(8, width - Math.max(displayWidth(first), displayWidth(later)))).map((line, index) =>
    ((index === 0 ? first : later) + line).trimEnd(),
  );
