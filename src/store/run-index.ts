import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import type { Place } from './journal-reader.ts';
import type { AboutKind, RecordKey } from './run-record.ts';
import type { Filter, RolloutEntry } from './run-store.ts';

/** A record's place in the journal, and its key. */
export interface Indexed extends Place {
  readonly crc: number;
  readonly key: RecordKey;
}
export type RolloutRow = RolloutEntry & Place;
export type AboutRow = Place & { readonly rollout: string; readonly name: string };

/** How far the journal has been indexed, and the last record before that, by which a changed journal is noticed. */
export interface Progress {
  readonly position: number;
  readonly tail: (Place & { readonly crc: number }) | null;
}

/** Derived from the journal, and rebuilt from it at any time. Synchronous: no transaction spans an await. */
export interface RunIndex {
  progress(): Progress;
  /**
   * Adds records that follow each other from `from` to `to`, or those of them that it lacks. False, and nothing added,
   * where it stands before `from`, or inside one of them: then it knows another journal than this.
   */
  add(records: readonly Indexed[], from: number, to: number): boolean;
  clear(): void;
  rollouts(filter: Filter, limit: number): RolloutRow[];
  rollout(id: string): Place | null;
  about(kind: AboutKind, after: { readonly rollout: string; readonly name: string }, limit: number): AboutRow[];
  aboutRollout(kind: AboutKind, rollout: string): AboutRow[];
  close(): void;
}

/** Raised with every change of the tables: an index of another version is thrown away. */
const VERSION = 2;

const TABLES = `
  CREATE TABLE IF NOT EXISTS progress (
    one INTEGER PRIMARY KEY CHECK (one = 1), run TEXT, position INTEGER, tail_offset INTEGER, tail_bytes INTEGER, tail_crc INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS rollout (
    id TEXT PRIMARY KEY, environment TEXT NOT NULL, stop TEXT NOT NULL, offset INTEGER NOT NULL, bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS rollout_by_environment ON rollout (environment, id);
  CREATE TABLE IF NOT EXISTS about (
    kind TEXT, rollout TEXT, name TEXT, offset INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (kind, rollout, name)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

type Row = Record<string, SQLOutputValue>;
const text = (row: Row, column: string): string => String(row[column]);
const int = (row: Row, column: string): number => Number(row[column]);
const place = (row: Row): Place => ({ offset: int(row, 'offset'), bytes: int(row, 'bytes') });
const aboutRow = (row: Row): AboutRow => ({ ...place(row), rollout: text(row, 'rollout'), name: text(row, 'name') });

/**
 * Opens or makes it; empties one of another run or version. Throws where SQLite does. `:memory:` keeps it off the disk.
 * `start`: where the first record of the journal begins.
 */
export const openIndex = (path: string, run: string, start: number): RunIndex => {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  const atomically = <T>(work: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (thrown) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw thrown;
    }
  };
  const empty = (): void => {
    database.exec('DELETE FROM rollout; DELETE FROM about; DELETE FROM progress;');
    database.prepare('INSERT INTO progress VALUES (1, ?, ?, NULL, NULL, NULL)').run(run, start);
  };
  const setUp = (): void => {
    const version = database.prepare('PRAGMA user_version').get()?.user_version;
    if (version !== VERSION)
      database.exec('DROP TABLE IF EXISTS progress; DROP TABLE IF EXISTS rollout; DROP TABLE IF EXISTS about;');
    database.exec(TABLES);
    if (database.prepare('SELECT run FROM progress').get()?.run !== run) empty();
  };
  try {
    // Without room in memory SQLite syncs in the midst of a transaction. NORMAL: a loss of power may not tear it.
    database.exec('PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL;');
    const current =
      database.prepare('PRAGMA user_version').get()?.user_version === VERSION &&
      database.prepare('SELECT run FROM progress').get()?.run === run;
    if (!current) atomically(setUp);
  } catch (thrown) {
    database.close();
    throw thrown;
  }

  const sql = {
    progress: database.prepare('SELECT * FROM progress'),
    move: database.prepare('UPDATE progress SET position = ?, tail_offset = ?, tail_bytes = ?, tail_crc = ?'),
    rollout: database.prepare('INSERT OR REPLACE INTO rollout VALUES (?, ?, ?, ?, ?)'),
    void: database.prepare("DELETE FROM about WHERE kind IN ('verdict', 'labels') AND rollout = ?"),
    about: database.prepare('INSERT OR REPLACE INTO about VALUES (?, ?, ?, ?, ?)'),
    find: database.prepare('SELECT offset, bytes FROM rollout WHERE id = ?'),
    page: database.prepare(
      'SELECT * FROM about WHERE kind = ? AND (rollout, name) > (?, ?) ORDER BY rollout, name LIMIT ?',
    ),
    of: database.prepare('SELECT * FROM about WHERE kind = ? AND rollout = ? ORDER BY name'),
  };
  const list = (where: string): string => `
    SELECT r.*,
      (SELECT count(*) FROM about a WHERE a.kind = 'verdict' AND a.rollout = r.id) AS verdicts,
      EXISTS (SELECT 1 FROM about a WHERE a.kind = 'labels' AND a.rollout = r.id) AS labelled
    FROM rollout r WHERE ${where} ORDER BY r.id LIMIT ?`;
  const all = database.prepare(list('r.id > ?'));
  const some = database.prepare(list('r.environment = ? AND r.id > ?'));

  const progress = (): Progress => {
    const row = sql.progress.get() ?? {};
    const tail =
      row.tail_offset === null
        ? null
        : { offset: int(row, 'tail_offset'), bytes: int(row, 'tail_bytes'), crc: int(row, 'tail_crc') };
    return { position: int(row, 'position'), tail };
  };
  const insert = ({ key, offset, bytes }: Indexed): void => {
    if (key.kind === 'rollout') {
      sql.void.run(key.id);
      sql.rollout.run(key.id, key.environment, key.stop, offset, bytes);
      return;
    }
    // Calls are all kept, so their place is their key: padded, so that they sort by it.
    const name = key.kind === 'call' ? String(offset).padStart(16, '0') : key.name;
    sql.about.run(key.kind, key.rollout, name, offset, bytes);
  };
  const rolloutRow = (row: Row): RolloutRow => ({
    ...place(row),
    id: text(row, 'id'),
    environment: text(row, 'environment'),
    // Written from a checked record.
    stop: text(row, 'stop') as RolloutEntry['stop'],
    verdicts: int(row, 'verdicts'),
    labelled: int(row, 'labelled') === 1,
  });

  return {
    progress,
    add: (records, from, to) =>
      atomically(() => {
        const { position } = progress();
        const ahead = position >= to;
        if (!ahead && position !== from && !records.some((record) => record.offset === position)) return false;
        for (const record of records) if (record.offset >= position) insert(record);
        const last = records.at(-1);
        if (!ahead && last !== undefined) sql.move.run(to, last.offset, last.bytes, last.crc);
        return true;
      }),
    clear: () => atomically(empty),
    rollouts: ({ environment, after = '' }, limit) => {
      const values: SQLInputValue[] = environment === undefined ? [after, limit] : [environment, after, limit];
      return (environment === undefined ? all : some).all(...values).map(rolloutRow);
    },
    rollout: (id) => {
      const row = sql.find.get(id);
      return row === undefined ? null : place(row);
    },
    about: (kind, after, limit) => sql.page.all(kind, after.rollout, after.name, limit).map(aboutRow),
    aboutRollout: (kind, rollout) => sql.of.all(kind, rollout).map(aboutRow),
    close: () => database.close(),
  };
};
