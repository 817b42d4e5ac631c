import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { inputError, messageOf, type SubterfugeError } from '../base/errors.ts';
import { versioned } from '../record/version.ts';
import { errnoOf, readError } from './disk.ts';
import { decodeLine, encodeLine } from './line.ts';

/** A line of the file. */
export interface Place {
  readonly offset: number;
  /** Its newline counted. */
  readonly bytes: number;
}

export interface JournalRecord extends Place {
  readonly crc: number;
  /** JSON text. Valid until the next record is asked for. */
  readonly payload: Buffer;
}

/**
 * Reads a journal, also while a writer appends to it. What follows the last sound record is a write that was cut short,
 * and is left out; damage that a sound record follows is an error with its offset.
 */
export interface JournalReader extends AsyncDisposable {
  readonly path: string;
  /** Offset of the first record. */
  readonly start: number;
  size(): Promise<number>;
  /** Every record from `from` (the offset of one; default `start`), one chunk in memory at a time. */
  records(from?: number): AsyncGenerator<JournalRecord, void>;
  /** The values of these records in this order, checked again. Reads neighbours together; holds all of them. */
  values(places: readonly Place[]): Promise<unknown[]>;
  /** Whether a sound record with this checksum is there. */
  holds(record: Place & { readonly crc: number }): Promise<boolean>;
}

const CHUNK_BYTES = 1_048_576;
/** Reading over a gap this long is cheaper than a second read. */
const GAP_BYTES = 65_536;

const headRecord = versioned('journal', z.strictObject({ schema: z.literal('subterfuge/journal@1') }));

/** The first line of every journal: no file without it is taken for one, let alone cut. */
export const JOURNAL_HEAD: Buffer = encodeLine({ schema: 'subterfuge/journal@1' }).bytes;

export const corruptJournal = (path: string, offset: number, detail: string): SubterfugeError =>
  inputError({
    code: 'corrupt-journal',
    what: `${path} is damaged at byte ${offset}, and not merely cut short.`,
    given: detail,
    allowed: 'a damaged end only: that is a write that was cut short, and is repaired',
    todo: `Restore the file from a copy. Without one, \`truncate -s ${offset} ${path}\` keeps what comes before; resuming the run does the rest again.`,
  });

export const parsePayload = (path: string, record: JournalRecord): unknown => {
  try {
    return JSON.parse(record.payload.toString('utf8'));
  } catch (thrown) {
    throw corruptJournal(path, record.offset, `its checksum is right, but it is not JSON: ${messageOf(thrown)}`);
  }
};

interface Span extends Place {
  readonly places: Place[];
}

/** Places by offset, those with little between them together. */
const neighbours = (places: readonly Place[]): Span[] => {
  const spans: Span[] = [];
  for (const place of [...places].sort((a, b) => a.offset - b.offset)) {
    const last = spans.at(-1);
    const bytes = last === undefined ? 0 : place.offset + place.bytes - last.offset;
    if (last === undefined || place.offset - last.offset - last.bytes > GAP_BYTES || bytes > CHUNK_BYTES) {
      spans.push({ ...place, places: [place] });
    } else {
      last.places.push(place);
      spans[spans.length - 1] = { ...last, bytes };
    }
  }
  return spans;
};

/** A window onto a file; `end` is its size when the window was made. */
const windowOn = (file: FileHandle, end: number) => {
  let buffer = Buffer.alloc(0);
  let base = 0;
  const load = async (from: number, bytes: number): Promise<void> => {
    const wanted = Math.min(Math.max(bytes, CHUNK_BYTES), end - from);
    const fresh = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await file.read(fresh, filled, wanted - filled, from + filled);
      // The writer cut a failed write back meanwhile.
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    buffer = fresh.subarray(0, filled);
    base = from;
  };
  return {
    line: async (offset: number) => {
      for (let tries = 0; ; tries++) {
        const inside = offset >= base && offset < base + buffer.length;
        const found = inside ? decodeLine(buffer, offset - base) : ({ kind: 'short', bytes: 1 } as const);
        if (found.kind !== 'short') return found;
        if (tries === 2 || (inside && offset + found.bytes > end && base + buffer.length >= end)) return found;
        // A length that runs past the end is not worth reading for.
        await load(offset, offset + found.bytes > end ? 1 : found.bytes);
      }
    },
    /** Offset just behind the first newline at or after `offset`, or null. */
    afterNewline: async (offset: number): Promise<number | null> => {
      for (let at = offset; at < end; at = base + buffer.length) {
        if (at < base || at >= base + buffer.length) await load(at, 1);
        if (buffer.length === 0) return null;
        const found = buffer.indexOf(10, at - base);
        if (found !== -1) return base + found + 1;
      }
      return null;
    },
  };
};

export const openJournalReader = async (path: string): Promise<JournalReader> => {
  const file = await open(path, 'r').catch((thrown: unknown) => {
    if (errnoOf(thrown) !== 'ENOENT') throw readError(path, thrown);
    throw inputError({
      code: 'corrupt-journal',
      what: `${path} is missing.`,
      todo: 'Restore it from a copy: the journal holds all results of its run, and nothing else does.',
    });
  });
  const size = async (): Promise<number> => (await file.stat()).size;

  const read = async function* (from: number): AsyncGenerator<JournalRecord, void> {
    const end = await size();
    const window = windowOn(file, end);
    for (let offset = from; offset < end; ) {
      const found = await window.line(offset);
      if (found.kind === 'record') {
        yield { offset, bytes: found.bytes, crc: found.crc, payload: found.payload };
        offset += found.bytes;
        continue;
      }
      if (found.kind === 'unterminated' && offset + found.bytes < end) {
        throw corruptJournal(path, offset + found.bytes - 1, 'another byte stands where a newline should');
      }
      for (let at = await window.afterNewline(offset); at !== null; at = await window.afterNewline(at)) {
        const { kind } = await window.line(at);
        if (kind === 'record' || kind === 'unterminated') throw corruptJournal(path, offset, 'its checksum is wrong');
      }
      return;
    }
  };

  const startOf = async (): Promise<number> => {
    const head = Buffer.alloc(Math.min(JOURNAL_HEAD.length, await size()));
    await file.read(head, 0, head.length, 0);
    // Equal, or a first write that was cut short.
    if (JOURNAL_HEAD.subarray(0, head.length).equals(head)) return head.length;
    for await (const first of read(0)) {
      headRecord.read(parsePayload(path, first));
      return first.bytes;
    }
    throw corruptJournal(path, 0, 'it does not start as a journal of Subterfuge');
  };
  const start = await startOf().catch(async (thrown: unknown) => {
    await file.close();
    throw thrown;
  });

  const span = async ({ offset, bytes }: Place): Promise<Buffer> => {
    const buffer = Buffer.allocUnsafe(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  };
  const valueIn = (buffer: Buffer, base: number, { offset, bytes }: Place): unknown => {
    const found = decodeLine(buffer, offset - base);
    if (found.kind !== 'record' || found.bytes !== bytes) throw corruptJournal(path, offset, 'its checksum is wrong');
    return parsePayload(path, { offset, ...found });
  };

  return {
    path,
    start,
    size,
    records: (from = start) => read(from),
    values: async (places) => {
      const found = new Map<number, unknown>();
      await Promise.all(
        neighbours(places).map(async (group) => {
          const buffer = await span(group);
          for (const place of group.places) found.set(place.offset, valueIn(buffer, group.offset, place));
        }),
      );
      return places.map(({ offset }) => found.get(offset));
    },
    holds: async (record) => {
      const found = decodeLine(await span(record), 0);
      return found.kind === 'record' && found.crc === record.crc;
    },
    [Symbol.asyncDispose]: async () => await file.close(),
  };
};
