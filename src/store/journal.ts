import { inputError, type SubterfugeError } from '../base/errors.ts';
import { type Disk, diskError, nodeDisk, writeAll } from './disk.ts';
import { JOURNAL_HEAD, openJournalReader } from './journal-reader.ts';
import { encodeLine } from './line.ts';

/**
 * The writing end of an append-only file of records. Appends that wait at the same time share one sync (group commit).
 * Boundary: it takes no lock; whoever opens it holds the run's.
 */
export interface Journal extends AsyncDisposable {
  readonly path: string;
  /** Bytes of the file that are known to be on the disk. */
  readonly durableBytes: number;
  /** Bytes of a write cut short that were removed when it was opened. */
  readonly droppedBytes: number;
  /** Takes its place in the file at once; throws where an earlier write failed, or after closing. */
  append(value: unknown): Appended;
  /** Resolves when every append so far has been resolved or rejected. */
  settled(): Promise<void>;
  /** Waits for what was appended. Idempotent. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Appended {
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
  /** Resolves once the record is on the disk. Rejects with `disk-full` or `disk-failed`, and then it is not in the file. */
  readonly durable: Promise<void>;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: SubterfugeError) => void;
}

/** Bounds the copy that one write makes. */
const BATCH_BYTES = 8_388_608;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Opens a journal for appending: makes it where it is missing, and cuts off a last write that was cut short. */
export const openJournal = async (path: string, disk: Disk = nodeDisk): Promise<Journal> => {
  const file = await disk.open(path).catch((thrown: unknown) => {
    throw diskError(path, thrown);
  });
  let durable = 0;
  let dropped = 0;
  try {
    await using reader = await openJournalReader(path);
    const size = await reader.size();
    for await (const { offset, bytes } of reader.records()) durable = offset + bytes;
    durable = Math.max(durable, Math.min(size, JOURNAL_HEAD.length));
    dropped = size - durable;
    try {
      if (dropped > 0) await file.truncate(durable);
      if (durable < JOURNAL_HEAD.length) await writeAll(file, JOURNAL_HEAD, 0);
      await file.sync();
    } catch (thrown) {
      throw diskError(path, thrown);
    }
    durable = Math.max(durable, JOURNAL_HEAD.length);
  } catch (thrown) {
    await file.close();
    throw thrown;
  }

  let queue: Waiting[] = [];
  let end = durable;
  let flushing: Promise<void> | null = null;
  let failure: SubterfugeError | null = null;
  let closed: Promise<void> | null = null;

  const take = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    for (const item of queue) {
      if (count > 0 && bytes + item.bytes.length > BATCH_BYTES) break;
      bytes += item.bytes.length;
      count++;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };

  const poison = async (thrown: unknown, batch: readonly Waiting[]): Promise<void> => {
    const detail = await file
      .truncate(durable)
      .then(async () => await file.sync())
      .then(
        () => null,
        () => 'the part of it that was written could not be removed; the next writer does that',
      );
    failure = diskError(path, thrown, detail);
    const lost = [...batch, ...queue];
    queue = [];
    for (const item of lost) item.reject(failure);
  };

  const flush = async (): Promise<void> => {
    while (queue.length > 0) {
      // Whoever is ready to append does so first: a sync costs the same for one record as for a hundred.
      await turn();
      const batch = take();
      const bytes = batch.length === 1 && batch[0] ? batch[0].bytes : Buffer.concat(batch.map((item) => item.bytes));
      try {
        await writeAll(file, bytes, durable);
        await file.sync();
      } catch (thrown) {
        await poison(thrown, batch);
        break;
      }
      durable += bytes.length;
      for (const item of batch) item.resolve();
    }
    flushing = null;
  };

  return {
    path,
    get durableBytes() {
      return durable;
    },
    droppedBytes: dropped,
    append: (value) => {
      if (failure !== null) throw failure;
      if (closed !== null)
        throw inputError({ code: 'run-is-closed', what: `${path} was closed: nothing can be appended.` });
      const { bytes, crc } = encodeLine(value);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const offset = end;
      end += bytes.length;
      queue.push({ bytes, resolve, reject });
      flushing ??= flush();
      return { offset, bytes: bytes.length, crc, durable: promise };
    },
    settled: async () => {
      await flushing;
    },
    [Symbol.asyncDispose]: async () => {
      closed ??= (async () => {
        await flushing;
        await file.close();
      })();
      await closed;
    },
  };
};
