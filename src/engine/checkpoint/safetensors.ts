import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { diskError, readError } from '../../store/disk.ts';
import { isAbsent, missingFile } from './files.ts';
import {
  badCheckpoint,
  DTYPE_BYTES,
  type Header,
  headerLength,
  PREFIX_BYTES,
  parseHeader,
  type StoredTensor,
} from './header.ts';
import { decodeNumbers } from './numbers.ts';

/** Files written here carry the SHA-256 of their data, so that a flipped bit is an error and not another model. */
const DATA_HASH = 'data_sha256';
const CHUNK_BYTES = 4 << 20;

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  readonly header: Header;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
}

const fill = async (path: string, file: FileHandle, target: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await file
      .read(target, done, target.length - done, position + done)
      .catch((thrown: unknown) => {
        throw readError(path, thrown);
      });
    if (bytesRead === 0) {
      throw badCheckpoint(
        path,
        'the file became shorter while it was read.',
        `${position + done} bytes`,
        'a file at rest',
      );
    }
    done += bytesRead;
  }
};

const opened = async (path: string): Promise<FileHandle> =>
  await open(path, 'r').catch((thrown: unknown) => {
    throw isAbsent(thrown) ? missingFile(path, thrown) : readError(path, thrown);
  });

interface Opening {
  readonly header: Header;
  /** The bytes before the data. */
  readonly bytes: Uint8Array;
}

const openingOf = async (path: string, file: FileHandle): Promise<Opening> => {
  const { size } = await file.stat();
  const prefix = new Uint8Array(Math.min(PREFIX_BYTES, size));
  await fill(path, file, prefix, 0);
  const bytes = new Uint8Array(PREFIX_BYTES + headerLength(path, prefix, size));
  await fill(path, file, bytes, 0);
  return { header: parseHeader(path, bytes.subarray(PREFIX_BYTES), size), bytes };
};

/** The header alone, checked against the size of the file. Throws what `readSafetensors` throws. */
export const readHeader = async (path: string): Promise<Header> => {
  await using file = await opened(path);
  return (await openingOf(path, file)).header;
};

/**
 * Reads every tensor in the order of the file. `place` is asked once per tensor, before any data are read, and gives
 * the numbers' target, of exactly the tensor's size, or null to skip it. Holds one chunk of the file at a time. Throws
 * `unreadable`, `bad-checkpoint` or `unknown-dtype`.
 */
export const readSafetensors = async (
  path: string,
  place: (tensor: StoredTensor) => Float32Array | null,
): Promise<SafetensorsFile> => {
  await using file = await opened(path);
  const { header, bytes: opening } = await openingOf(path, file);
  const targets = header.tensors.map((tensor) => {
    const target = place(tensor);
    const numbers = (tensor.end - tensor.begin) / DTYPE_BYTES[tensor.dtype];
    if (target !== null && target.length !== numbers) {
      const what = `tensor "${tensor.name}" has another size than the place that it is read into.`;
      throw badCheckpoint(path, what, `${numbers} numbers`, `${target.length} numbers`);
    }
    return { tensor, target };
  });
  const whole = createHash('sha256').update(opening);
  const stated = header.metadata.get(DATA_HASH);
  const data = stated === undefined ? null : createHash('sha256');
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (const { tensor, target } of targets) {
    const width = DTYPE_BYTES[tensor.dtype];
    const stride = chunk.length - (chunk.length % width);
    for (let at = tensor.begin; at < tensor.end; at += stride) {
      const bytes = chunk.subarray(0, Math.min(stride, tensor.end - at));
      await fill(path, file, bytes, at);
      whole.update(bytes);
      data?.update(bytes);
      const first = (at - tensor.begin) / width;
      if (target !== null) decodeNumbers(tensor.dtype, bytes, target.subarray(first, first + bytes.length / width));
    }
  }
  const found = data?.digest('hex');
  if (found !== stated) {
    throw badCheckpoint(path, 'its numbers are not those that were saved.', `SHA-256 ${found}`, `SHA-256 ${stated}`);
  }
  return { header, sha256: whole.digest('hex') };
};

const bytesOf = (data: Float32Array): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Prefix and JSON. Padded with spaces to a multiple of 8, so that the data can be mapped as they are. */
const encodeHeader = (tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): Uint8Array => {
  let end = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }] as const;
  });
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const out = new Uint8Array(PREFIX_BYTES + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(out.buffer).setBigUint64(0, BigInt(out.length - PREFIX_BYTES), true);
  out.set(json, PREFIX_BYTES);
  return out;
};

/** The header of these tensors, with the hash of their data. */
const headerOf = (tensors: readonly NamedTensor[]): Uint8Array => {
  const data = createHash('sha256');
  for (const tensor of tensors) data.update(bytesOf(tensor.data));
  return encodeHeader(tensors, { format: 'pt', [DATA_HASH]: data.digest('hex') });
};

/** The SHA-256 that `writeSafetensors` would give. */
export const safetensorsVersion = (tensors: readonly NamedTensor[]): string => {
  const whole = createHash('sha256').update(headerOf(tensors));
  for (const tensor of tensors) whole.update(bytesOf(tensor.data));
  return whole.digest('hex');
};

/** Writes float32 tensors, durable once it resolves; gives the SHA-256 of the file. Equal tensors make equal bytes. */
export const writeSafetensors = async (path: string, tensors: readonly NamedTensor[]): Promise<string> => {
  const header = headerOf(tensors);
  const whole = createHash('sha256').update(header);
  try {
    const file = await open(path, 'w');
    try {
      await file.writeFile(header);
      for (const tensor of tensors) {
        const bytes = bytesOf(tensor.data);
        whole.update(bytes);
        await file.writeFile(bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw diskError(path, thrown, null, 'save again');
  }
  return whole.digest('hex');
};
