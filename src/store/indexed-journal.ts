import { rm } from 'node:fs/promises';
import { type JournalReader, type Place, parsePayload } from './journal-reader.ts';
import { type Indexed, openIndex, type RunIndex } from './run-index.ts';
import { located, rawKeyOf } from './run-record.ts';

/** Records that can be asked for by key. */
export interface RecordSource {
  /** Puts a question to the index once that knows everything that is durable. */
  ask<T>(question: (index: RunIndex) => T): Promise<T>;
  values(places: readonly Place[]): Promise<unknown[]>;
  /** For messages. */
  readonly name: string;
}

/** A journal with its index. The index is derived: where it is missing, stale, damaged or cannot be written, it is made anew. */
export interface IndexedJournal extends RecordSource, AsyncDisposable {
  /** The writer says what it has appended, in order, so that nothing is read back. */
  offer(record: Indexed): void;
}

/** Records per transaction of the index. */
const BATCH = 4_096;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

const sqliteCode = (thrown: unknown): number | null =>
  thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number' ? thrown.errcode & 255 : null;

const endOf = ({ offset, bytes }: Place): number => offset + bytes;

/** `durableBytes`: of the writer in this process, which is then the only one; null for a reader. */
export const indexedJournal = async (
  path: string,
  run: string,
  reader: JournalReader,
  durableBytes: (() => number) | null,
): Promise<IndexedJournal> => {
  const openAnew = async (thrown: unknown): Promise<RunIndex> => {
    const code = sqliteCode(thrown);
    if (code === null) throw thrown;
    if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) {
      try {
        await rm(path, { force: true });
        return openIndex(path, run, reader.start);
      } catch {
        // Not ours to delete or to write: as below.
      }
    }
    // A read-only directory, a full disk, a busy peer: nothing is lost by keeping the index in memory.
    return openIndex(':memory:', run, reader.start);
  };
  let index: RunIndex = await (async () => openIndex(path, run, reader.start))().catch(openAnew);
  let pending: Indexed[] = [];
  let broken: unknown = null;

  /** Adds what the writer offered and is durable. True: the index knows all that is durable. */
  const settle = (): boolean => {
    if (durableBytes === null || broken !== null) return false;
    const durable = durableBytes();
    const cut = pending.findIndex((record) => endOf(record) > durable);
    const ready = cut === -1 ? pending : pending.slice(0, cut);
    pending = cut === -1 ? [] : pending.slice(cut);
    const [first] = ready;
    const last = ready.at(-1);
    if (first !== undefined && last !== undefined) return index.add(ready, first.offset, endOf(last));
    return index.progress().position === durable;
  };

  /** Empties the index where it knows more than the journal: a write that failed was cut off, or another one followed. */
  const verify = async (size: number): Promise<void> => {
    const { position, tail } = index.progress();
    if (position > size || (tail !== null && !(await reader.holds(tail)))) index.clear();
  };
  /** False: another process changed the index meanwhile. */
  const scanOnce = async (): Promise<boolean> => {
    const size = durableBytes?.() ?? (await reader.size());
    if (index.progress().position === size) return true;
    await verify(size);
    let { position } = index.progress();
    let batch: Indexed[] = [];
    const flush = (): boolean => {
      const last = batch.at(-1);
      if (last === undefined) return true;
      const added = index.add(batch, position, endOf(last));
      position = endOf(last);
      batch = [];
      return added;
    };
    for await (const record of reader.records(position)) {
      const { offset, bytes, crc } = record;
      const key = located(`${reader.path} at byte ${offset}`, () => rawKeyOf(parsePayload(reader.path, record)));
      batch.push({ offset, bytes, crc, key });
      if (batch.length >= BATCH && !flush()) return false;
    }
    return flush();
  };
  const scan = async (): Promise<void> => {
    while (!(await scanOnce()));
  };

  const renew = async (thrown: unknown): Promise<void> => {
    const failed = index;
    index = await openAnew(thrown);
    broken = null;
    failed.close();
  };

  let verified = false;
  const catchUp = async (): Promise<void> => {
    if (broken !== null) await renew(broken);
    if (!verified) await verify(durableBytes?.() ?? (await reader.size()));
    verified = true;
    if (!settle()) await scan();
  };

  // One at a time: two questions that come at once read the journal once.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return await mine;
  };

  const ask = async <T>(question: (index: RunIndex) => T): Promise<T> =>
    await inTurn(async () => {
      try {
        await catchUp();
        return question(index);
      } catch (thrown) {
        await renew(thrown);
        await catchUp();
        return question(index);
      }
    });
  // What a writer offers must follow what the index knows.
  if (durableBytes !== null) {
    await ask(() => undefined).catch((thrown: unknown) => {
      index.close();
      throw thrown;
    });
  }

  return {
    name: reader.path,
    ask,
    values: async (places) => await reader.values(places),
    offer: (record) => {
      pending.push(record);
      if (pending.length < BATCH || pending.length % BATCH !== 0) return;
      try {
        settle();
      } catch (thrown) {
        // The record itself is safe in the journal; the next question makes the index anew.
        broken = thrown;
      }
    },
    [Symbol.asyncDispose]: async () => {
      await inTurn(async () => {
        try {
          settle();
        } catch (thrown) {
          // Whoever opens the run next brings the index up to date.
          if (sqliteCode(thrown) === null) throw thrown;
        } finally {
          index.close();
        }
      });
    },
  };
};
