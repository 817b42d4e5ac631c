import { unreadable } from './row.ts';

const LINE_FEED = 10;

/** The bytes of a text file: UTF-8, or UTF-16 where its first bytes say so. Throws with the line where it is neither. */
export const decodeText = (bytes: Uint8Array, path: string): string => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw unreadable(path, `line ${lineOfFault(bytes)}`, 'it is not UTF-8 text', 'Save it as UTF-8.', cause);
  }
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    // The answer to the question.
    return false;
  }
};

const lineOfFault = (bytes: Uint8Array): number => {
  let line = 1;
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(LINE_FEED, from);
    const to = at < 0 ? bytes.length : at;
    if (!isUtf8(bytes.subarray(from, to)) || at < 0) return line;
    line += 1;
    from = at + 1;
  }
};
