import { z } from 'zod';
import { inputError, messageOf, type SubterfugeError } from '../../base/errors.ts';
import { sizeOf } from '../onnx/model.ts';

/**
 * The header of a safetensors file: 8 bytes little-endian length, then JSON that maps names to dtype, shape and place in
 * the data behind it (huggingface/safetensors, README "Format"). Read as strictly as the reference implementation does:
 * the tensors fill the data without gap or overlap.
 */

/** Those that are read. Everything is held and written as F32. */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
export type Dtype = keyof typeof DTYPE_BYTES;

export interface StoredTensor {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Byte offsets from the start of the file. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of the data. */
  readonly tensors: readonly StoredTensor[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the data begin, in bytes from the start of the file. */
  readonly dataBegin: number;
}

export const PREFIX_BYTES = 8;
/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

const offset = z.int().min(0);
const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(offset),
  data_offsets: z.tuple([offset, offset]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

export const badCheckpoint = (
  path: string,
  what: string,
  given: string,
  allowed: string,
  cause?: unknown,
): SubterfugeError =>
  inputError({
    code: 'bad-checkpoint',
    what: `${path}: ${what}`,
    given,
    allowed,
    todo: 'Download or save the checkpoint again.',
    cause,
  });

/** Bytes that the header takes. `prefix`: the first 8 bytes of a file of `fileBytes` bytes. */
export const headerLength = (path: string, prefix: Uint8Array, fileBytes: number): number => {
  if (prefix.length < PREFIX_BYTES) {
    throw badCheckpoint(
      path,
      'the file is too short for a safetensors file.',
      `${fileBytes} bytes`,
      'at least 10 bytes',
    );
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES);
  const bytes = view.getBigUint64(0, true);
  if (bytes > MAX_HEADER_BYTES || bytes < 2) {
    const allowed = `2 to ${MAX_HEADER_BYTES} bytes`;
    throw badCheckpoint(path, 'the header has an impossible length: no safetensors file.', `${bytes} bytes`, allowed);
  }
  const length = Number(bytes);
  if (PREFIX_BYTES + length > fileBytes) {
    const allowed = `at least ${PREFIX_BYTES + length} bytes`;
    throw badCheckpoint(path, 'the file ends inside its header: it is cut short.', `${fileBytes} bytes`, allowed);
  }
  return length;
};

const isDtype = (text: string): text is Dtype => Object.hasOwn(DTYPE_BYTES, text);

const parsed = (path: string, bytes: Uint8Array): Record<string, unknown> => {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (thrown) {
    throw badCheckpoint(path, 'the header is not a JSON object.', messageOf(thrown), 'JSON in UTF-8', thrown);
  }
};

const tensorOf = (path: string, name: string, value: unknown, dataBegin: number): StoredTensor => {
  const entry = entrySchema.safeParse(value);
  if (!entry.success) {
    const allowed = '{"dtype", "shape", "data_offsets": [begin, end]}';
    throw badCheckpoint(
      path,
      `tensor "${name}" is not described as it must be.`,
      z.prettifyError(entry.error),
      allowed,
    );
  }
  const { dtype, shape, data_offsets: place } = entry.data;
  if (!isDtype(dtype)) {
    throw inputError({
      code: 'unknown-dtype',
      what: `${path}: tensor "${name}" has a type of number that is not read.`,
      given: dtype,
      allowed: Object.keys(DTYPE_BYTES).join(', '),
      todo: 'Convert the checkpoint to one of these (model.float().save_pretrained(...) in transformers).',
    });
  }
  const bytes = sizeOf(shape) * DTYPE_BYTES[dtype];
  if (place[1] - place[0] !== bytes) {
    const given = `${place[1] - place[0]} bytes from ${place[0]} to ${place[1]}`;
    throw badCheckpoint(
      path,
      `tensor "${name}" is not as long as its shape.`,
      given,
      `${bytes} for [${shape.join(', ')}]`,
    );
  }
  return { name, dtype, shape, begin: dataBegin + place[0], end: dataBegin + place[1] };
};

/** `bytes`: the JSON alone. Throws `bad-checkpoint` or `unknown-dtype`. */
export const parseHeader = (path: string, bytes: Uint8Array, fileBytes: number): Header => {
  const dataBegin = PREFIX_BYTES + bytes.length;
  const { __metadata__: rawMetadata, ...entries } = parsed(path, bytes);
  const metadata = metadataSchema.safeParse(rawMetadata ?? {});
  if (!metadata.success) {
    throw badCheckpoint(path, '"__metadata__" is wrong.', z.prettifyError(metadata.error), 'an object of strings');
  }
  const tensors = Object.entries(entries)
    .map(([name, value]) => tensorOf(path, name, value, dataBegin))
    // The end decides between an empty tensor and the one that begins where it stands.
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = dataBegin;
  for (const tensor of tensors) {
    if (tensor.begin !== end) {
      const what = `tensor "${tensor.name}" ${tensor.begin < end ? 'overlaps another' : 'leaves a gap before it'}.`;
      throw badCheckpoint(path, what, `begins at byte ${tensor.begin}`, `byte ${end}`);
    }
    end = tensor.end;
  }
  if (end !== fileBytes) {
    const what = end > fileBytes ? 'the file is cut short.' : 'the file goes on after its last tensor.';
    throw badCheckpoint(path, what, `${fileBytes} bytes`, `${end} bytes`);
  }
  return { tensors, metadata: new Map(Object.entries(metadata.data)), dataBegin };
};
