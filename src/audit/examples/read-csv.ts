import Papa from 'papaparse';
import type { Json } from '../../base/json.ts';
import { type Row, unreadable } from './row.ts';

interface Cells {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * RFC 4180 with a header; commas, semicolons or tabs. Cells are text. A column of which every cell is a number (or `true` and
 * `false`) is one of numbers (or truth values), and a cell that is a JSON list or object is one: see `typed`. Empty cells are null.
 */
export const readCsv = (text: string, path: string): readonly Row[] => {
  const [header, ...body] = parse(text, path);
  if (header === undefined) return [];
  const names = header.cells.map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw unreadable(path, `line ${header.line}`, `two columns are called "${twice}"`, 'Rename one of them.');
  for (const { line, cells } of body) {
    if (cells.length !== names.length)
      throw unreadable(
        path,
        `line ${line}`,
        `it has ${cells.length} cells and the header has ${names.length}`,
        'Put a cell that holds a comma, a quote or a line break into double quotes, and double the quotes in it.',
      );
  }
  const columns = names.map((_, column) => typed(body.map(({ cells }) => cells[column] ?? '')));
  return body.map(({ line, cells }, row) => ({
    place: `line ${line}`,
    written: Object.fromEntries(names.map((name, column) => [name, cells[column] || null])),
    values: Object.fromEntries(names.map((name, column) => [name, columns[column]?.[row] ?? null])),
  }));
};

const DELIMITERS = [',', ';', '\t'] as const;

/** The one that the header has most of, outside of quotes. */
const delimiterOf = (text: string): string => {
  const header = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

const parse = (text: string, path: string): readonly Cells[] => {
  const rows: Cells[] = [];
  let line = 1;
  let at = 0;
  Papa.parse<string[]>(text, {
    skipEmptyLines: false,
    delimiter: delimiterOf(text),
    step: ({ data, errors, meta }) => {
      const [error] = errors.filter(({ type }) => type === 'Quotes');
      if (error !== undefined)
        throw unreadable(
          path,
          `line ${line}`,
          `its quotes do not match: ${error.message}`,
          'Close the quote; a quote inside quotes is written twice.',
        );
      // An empty line is no row.
      if (data.length > 1 || (data[0] ?? '').trim() !== '') rows.push({ line, cells: data });
      const raw = text.slice(at, meta.cursor);
      line += raw.split(/\r\n|\r|\n/).length - 1;
      at = meta.cursor;
    },
  });
  return rows;
};

const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const TRUTH = /^(?:true|false)$/i;

/** All cells of a column. `007` and numbers too long to be exact stay text. */
export const typed = (cells: readonly string[]): readonly Json[] => {
  const filled = cells.filter((cell) => cell !== '');
  const all = (pattern: RegExp): boolean => filled.length > 0 && filled.every((cell) => pattern.test(cell));
  const read = all(NUMBER) ? Number : all(TRUTH) ? (cell: string) => cell.toLowerCase() === 'true' : structured;
  return cells.map((cell) => (cell === '' ? null : read(cell)));
};

const structured = (cell: string): Json => {
  if (!/^\s*(?:\[[\s\S]*\]|\{[\s\S]*\})\s*$/.test(cell)) return cell;
  try {
    const value: Json = JSON.parse(cell);
    return value;
  } catch {
    // Text that only looks like JSON.
    return cell;
  }
};
