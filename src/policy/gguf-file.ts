import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { inputError, messageOf } from '../base/errors.ts';

const MAGIC = 'GGUF';
/** Magic, version, and the counts of tensors and of metadata. */
const HEADER_BYTES = 24;

const bad = (path: string, code: string, what: string, todo: string, cause?: unknown): Error =>
  inputError({ code, what, given: path, allowed: 'a readable GGUF file (version 2 or 3)', todo, cause });

const firstBytes = async (path: string): Promise<Buffer> => {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (thrown) {
    throw bad(
      path,
      'unreadable-model',
      `the model file cannot be read: ${messageOf(thrown)}`,
      'check the path and its permissions',
      thrown,
    );
  }
};

/**
 * Checks that the file begins as a GGUF file does, so that the native library is never given anything else, and
 * returns the first 12 hex digits of the SHA-256 of all of it. Reads it as a stream.
 */
export const ggufVersion = async (path: string): Promise<string> => {
  const header = await firstBytes(path);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 4) !== MAGIC) {
    const seen =
      header.length === 0 ? 'it is empty' : `it begins with ${JSON.stringify(header.toString('latin1', 0, 4))}`;
    throw bad(
      path,
      'not-gguf',
      `this is no GGUF file: ${seen}`,
      'convert the model with convert_hf_to_gguf.py of llama.cpp, or download a .gguf',
    );
  }
  const version = header.readUInt32LE(4);
  if (version !== 2 && version !== 3) {
    throw bad(
      path,
      'not-gguf',
      `this GGUF file has version ${version}`,
      'convert the model again with a current llama.cpp',
    );
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex').slice(0, 12);
};
