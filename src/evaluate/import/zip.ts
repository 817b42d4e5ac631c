/**
 * Reads zip archives as Inspect and Python write them: stored, deflate and Zstandard (which the usual packages for Node do not
 * know), with the 64-bit extensions. Archives are hostile: every offset and length is checked, names are only looked at, and
 * what is unpacked is bounded, by entry and in total.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw, zstdDecompress } from 'node:zlib';
import { messageOf } from '../../base/errors.ts';
import { badLog } from './bad-log.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
  readonly encrypted: boolean;
}

export interface ZipArchive extends AsyncDisposable {
  /** In the order of the archive; of several with one name the last, as Inspect means it. */
  readonly entries: readonly ZipEntry[];
  /** Throws `bad-log` where the entry is damaged, or too large. */
  read(entry: ZipEntry): Promise<Buffer>;
}

export interface ZipLimits {
  readonly entryBytes: number;
  /** Of everything that is read, at most so many times the size of the file, or `freeBytes` where that is more. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export const LIMITS: ZipLimits = { entryBytes: 256 * 1024 ** 2, ratio: 200, freeBytes: 1024 ** 3 };

const END = 0x06054b50;
const END_BYTES = 22;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_BYTES = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const MOST_DIRECTORY_BYTES = 256 * 1024 ** 2;
const U32 = 0xffffffff;

const STORED = 0;
const DEFLATE = 8;
const ZSTD = 93;

const inflate = promisify(inflateRaw);
const unzstd = promisify(zstdDecompress);

class Damaged extends Error {}

const at = async (file: FileHandle, size: number, offset: number, bytes: number): Promise<Buffer> => {
  if (offset < 0 || bytes < 0 || offset + bytes > size) throw new Damaged('it points outside of the file');
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, offset);
  if (bytesRead !== bytes) throw new Damaged('it was cut while it was read');
  return buffer;
};

const u64 = (buffer: Buffer, offset: number): number => {
  const value = Number(buffer.readBigUInt64LE(offset));
  if (!Number.isSafeInteger(value)) throw new Damaged('a length in it is absurd');
  return value;
};

interface Directory {
  readonly offset: number;
  readonly bytes: number;
}

const directoryOf = async (file: FileHandle, size: number): Promise<Directory> => {
  const tailBytes = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = await at(file, size, size - tailBytes, tailBytes);
  for (let end = tail.length - END_BYTES; end >= 0; end--) {
    if (tail.readUInt32LE(end) !== END) continue;
    const bytes = tail.readUInt32LE(end + 12);
    const offset = tail.readUInt32LE(end + 16);
    const locator = end - LOCATOR_BYTES;
    if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64) {
      const large = await at(file, size, u64(tail, locator + 8), 56);
      if (large.readUInt32LE(0) !== END_64) throw new Damaged('its 64-bit directory is missing');
      return { bytes: u64(large, 40), offset: u64(large, 48) };
    }
    return { bytes, offset };
  }
  throw new Damaged('it has no directory at its end: a log that was cut short, or no archive');
};

/** The real sizes and offset, where the 32-bit fields only say that they do not fit. */
const wide = (extra: Buffer, fields: { bytes: number; packedBytes: number; offset: number }): typeof fields => {
  for (let from = 0; from + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(from + 2);
    if (extra.readUInt16LE(from) === 1) {
      let next = from + 4;
      const take = (value: number): number => {
        if (value !== U32) return value;
        next += 8;
        return u64(extra, next - 8);
      };
      return { bytes: take(fields.bytes), packedBytes: take(fields.packedBytes), offset: take(fields.offset) };
    }
    from += 4 + length;
  }
  return fields;
};

const entriesIn = (directory: Buffer): ZipEntry[] => {
  const entries = new Map<string, ZipEntry>();
  for (let from = 0; from + CENTRAL_BYTES <= directory.length; ) {
    if (directory.readUInt32LE(from) !== CENTRAL) break;
    const nameBytes = directory.readUInt16LE(from + 28);
    const extraBytes = directory.readUInt16LE(from + 30);
    const commentBytes = directory.readUInt16LE(from + 32);
    const nameEnd = from + CENTRAL_BYTES + nameBytes;
    if (nameEnd + extraBytes > directory.length) throw new Damaged('its directory is cut short');
    const name = directory.toString('utf8', from + CENTRAL_BYTES, nameEnd);
    const sizes = wide(directory.subarray(nameEnd, nameEnd + extraBytes), {
      packedBytes: directory.readUInt32LE(from + 20),
      bytes: directory.readUInt32LE(from + 24),
      offset: directory.readUInt32LE(from + 42),
    });
    const encrypted = (directory.readUInt16LE(from + 8) & 1) === 1;
    entries.set(name, {
      name,
      encrypted,
      method: directory.readUInt16LE(from + 10),
      crc: directory.readUInt32LE(from + 16),
      ...sizes,
    });
    from = nameEnd + extraBytes + commentBytes;
  }
  return [...entries.values()];
};

const unpacked = async (packed: Buffer, { method, bytes }: ZipEntry): Promise<Buffer> => {
  // One more than it says, so that a lie is noticed and not obeyed.
  const options = { maxOutputLength: bytes + 1 };
  switch (method) {
    case STORED:
      return packed;
    case DEFLATE:
      return await inflate(packed, options);
    case ZSTD:
      return await unzstd(packed, options);
    default:
      throw new Damaged(`its method of compression (${method}) is not known: deflate, Zstandard and none are`);
  }
};

const whyOf = (thrown: unknown): string => {
  if (!(thrown instanceof RangeError)) return messageOf(thrown);
  return 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    ? 'it unpacks to more than it says'
    : 'a field of it is cut short';
};

/** `name` is for messages. Throws `bad-log` on what is no sound archive. */
export const openZip = async (path: string, limits: ZipLimits = LIMITS, name: string = path): Promise<ZipArchive> => {
  const file = await open(path, 'r');
  const refused = (thrown: unknown, entry: string): Error =>
    badLog(
      { file: name, at: entry },
      `this archive cannot be read: ${whyOf(thrown)}`,
      'a zip archive as Inspect writes it',
      'A log of a run that crashed: repair it with "inspect log recover" first.',
    );
  try {
    const { size } = await file.stat();
    const most = Math.max(limits.freeBytes, size * limits.ratio);
    const { offset, bytes } = await directoryOf(file, size);
    if (bytes > MOST_DIRECTORY_BYTES) throw new Damaged('its directory is absurdly long');
    const entries = entriesIn(await at(file, size, offset, bytes));
    let total = 0;
    const read = async (entry: ZipEntry): Promise<Buffer> => {
      if (entry.encrypted) throw new Damaged('it is encrypted');
      if (entry.bytes > limits.entryBytes) throw new Damaged(`it unpacks to ${entry.bytes} bytes, more than is read`);
      total += entry.bytes;
      if (total > most) throw new Damaged('it unpacks to far more than a log of its size would');
      const head = await at(file, size, entry.offset, LOCAL_BYTES);
      if (head.readUInt32LE(0) !== LOCAL) throw new Damaged('an entry is not where the directory says');
      const from = entry.offset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
      const content = await unpacked(await at(file, size, from, entry.packedBytes), entry);
      if (content.length !== entry.bytes || crc32(content) !== entry.crc) throw new Damaged('its checksum is wrong');
      return content;
    };
    return {
      entries,
      read: async (entry) => {
        try {
          return await read(entry);
        } catch (thrown) {
          throw refused(thrown, entry.name);
        }
      },
      [Symbol.asyncDispose]: async () => await file.close(),
    };
  } catch (thrown) {
    await file.close();
    throw refused(thrown, '');
  }
};
