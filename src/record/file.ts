import { z } from 'zod';
import { sha256 } from '../base/json.ts';

/** The most bytes of one file's content that a record keeps; longer files keep their size and hash only. */
export const CONTENT_CAP_BYTES = 65_536;

/** A file as it stood at one moment. `content` is null where it is longer than `CONTENT_CAP_BYTES`. */
export const fileStateSchema = z.strictObject({
  kind: z.enum(['file', 'directory', 'symlink']),
  /** Permission bits, e.g. 0o644. */
  mode: z.int().min(0).max(0o7777),
  bytes: z.int().min(0),
  /** Of the content; of the target path for a symlink; of nothing for a directory. */
  sha256: z.string(),
  content: z.strictObject({ encoding: z.enum(['utf8', 'base64']), data: z.string() }).nullable(),
});
export type FileState = z.infer<typeof fileStateSchema>;

/** One path that differs between two moments. `before` null: created. `after` null: deleted. */
export const fileChangeSchema = z.strictObject({
  path: z.string(),
  before: fileStateSchema.nullable(),
  after: fileStateSchema.nullable(),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

const decoder = new TextDecoder('utf-8', { fatal: true });

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch {
    // Not text: the caller stores base64 instead.
    return null;
  }
};

/** Records bytes as a file state. Text that is valid UTF-8 stays readable; anything else is base64. */
export const fileState = (bytes: Uint8Array, mode: number, kind: FileState['kind'] = 'file'): FileState => {
  const text = bytes.length > CONTENT_CAP_BYTES ? null : utf8(bytes);
  const content =
    bytes.length > CONTENT_CAP_BYTES
      ? null
      : text === null
        ? ({ encoding: 'base64', data: Buffer.from(bytes).toString('base64') } as const)
        : ({ encoding: 'utf8', data: text } as const);
  return { kind, mode, bytes: bytes.length, sha256: sha256(bytes), content };
};

/** The text of a regular file, or null where it is missing, not a file, not UTF-8 text, or longer than the cap. */
export const textOf = (state: FileState | null | undefined): string | null =>
  state?.kind === 'file' && state.content?.encoding === 'utf8' ? state.content.data : null;
