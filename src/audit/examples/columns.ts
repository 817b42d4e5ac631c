import { inputError } from '../../base/errors.ts';
import { COLUMN_NAMES, type FieldMap, type FieldName } from '../example.ts';

/** A score with its bar: `correct=score>=4`. */
export interface Bar {
  readonly column: string;
  readonly isAtLeast: boolean;
  readonly value: number;
}

/** Which column is which part of an example. */
export interface Columns {
  readonly all: readonly string[];
  /** Named by the user, or there under a usual name. Says nothing about whether one column alone fits. */
  has(part: FieldName): boolean;
  /** The column of a part, or null. Throws `ambiguous-column` where several fit and none has the name of the part itself. */
  of(part: FieldName): string | null;
  /** Of `correct`, where the user gave one. */
  readonly bar: Bar | null;
}

const PARTS = Object.keys(COLUMN_NAMES).filter((name): name is FieldName => Object.hasOwn(COLUMN_NAMES, name));
const BAR = /^(.+?)\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$/;

const plain = (name: string): string => name.replaceAll(/[\s_-]/g, '').toLowerCase();

const quoted = (names: readonly string[]): string =>
  names.length === 0 ? 'there are none' : names.map((name) => `"${name}"`).join(', ');

const unknownColumn = (part: string, column: string, all: readonly string[], nested: readonly string[]): Error =>
  inputError({
    code: 'unknown-column',
    what: `No row has the column that --fields names for "${part}".`,
    given: column,
    allowed:
      nested.length === 0 ? quoted(all) : `${quoted(all)}; inside of them ${quoted(nested.slice(0, MOST_NESTED))}`,
    todo: 'Name one of the columns that there are.',
  });

const unknownPart = (part: string): Error =>
  inputError({
    code: 'unknown-column',
    what: '--fields names a part that examples do not have.',
    given: part,
    allowed: PARTS.join(', '),
    todo: 'Write the part first and the column second, e.g. --fields input=question.',
  });

/** So many columns inside of others are listed in a message. */
const MOST_NESTED = 12;

/** Whether some column has a usual name of a part. */
export const usualColumns = (all: readonly string[]): ((part: FieldName) => boolean) => {
  const names = new Set(all.map(plain));
  return (part) => COLUMN_NAMES[part].some((usual) => names.has(plain(usual)));
};

/** `nested`: columns inside of others, for a message. */
export const mapColumns = (
  all: readonly string[],
  fields: FieldMap,
  nested: () => readonly string[] = () => [],
): Columns => {
  for (const part of Object.keys(fields)) if (!Object.hasOwn(COLUMN_NAMES, part)) throw unknownPart(part);
  const named = new Map<FieldName, string>();
  let bar: Bar | null = null;
  for (const part of PARTS) {
    const given = fields[part];
    if (given === undefined) continue;
    const [, column, sign, value] = (part === 'correct' && !all.includes(given) && BAR.exec(given)) || [];
    if (column !== undefined) bar = { column, isAtLeast: sign === '>=', value: Number(value) };
    const name = column ?? given;
    if (!all.includes(name)) throw unknownColumn(part, name, all, nested());
    named.set(part, name);
  }
  const taken = new Set(named.values());
  const free = all.filter((column) => !taken.has(column));
  const find = (part: FieldName): readonly string[] => {
    const given = named.get(part);
    if (given !== undefined) return [given];
    const usual = COLUMN_NAMES[part].map(plain);
    const exact = free.find((column) => plain(column) === part);
    return exact === undefined ? free.filter((column) => usual.includes(plain(column))) : [exact];
  };
  const found = new Map(PARTS.map((part) => [part, find(part)]));
  const fitting = (part: FieldName): readonly string[] => found.get(part) ?? [];
  return {
    all,
    bar,
    has: (part) => fitting(part).length > 0,
    of: (part) => {
      const columns = fitting(part);
      if (columns.length > 1)
        throw inputError({
          code: 'ambiguous-column',
          what: `Several columns could be the "${part}" of an example.`,
          given: quoted(columns),
          allowed: 'one column for each part',
          todo: `Say which: --fields ${part}=${columns[0]}`,
        });
      return columns[0] ?? null;
    },
  };
};

/** Nothing in these rows is anything that an audit knows. */
export const noKnownColumn = (all: readonly string[]): Error =>
  inputError({
    code: 'unknown-column',
    what: 'No column of the examples has a name that says what it is.',
    given: quoted(all),
    allowed: PARTS.map((part) => `${part} (${COLUMN_NAMES[part].join(', ')})`).join('; '),
    todo: 'Say which column is which, e.g. --fields input=...,reference=...',
  });
