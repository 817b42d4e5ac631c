import { crc32 } from 'node:zlib';

/**
 * One record of a journal: `<crc32 of the payload, 8 hex digits> <payload bytes, decimal> <payload>\n`.
 * The payload is JSON without newlines. The length lets a reader tell a cut line from two lines that lost their newline.
 */
const HEAD = /^([0-9a-f]{8}) (0|[1-9]\d{0,9}) /;
const HEAD_MAX_BYTES = 20;
const NEWLINE = 10;

export interface Line {
  readonly bytes: Buffer;
  readonly crc: number;
}

export const encodeLine = (value: unknown): Line => {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`not a JSON value: ${typeof value}`);
  // Written once, behind room for the head, which can only be known afterwards.
  const payloadBytes = Buffer.byteLength(text, 'utf8');
  const room = Buffer.allocUnsafe(HEAD_MAX_BYTES + payloadBytes + 1);
  room.write(text, HEAD_MAX_BYTES, 'utf8');
  const crc = crc32(room.subarray(HEAD_MAX_BYTES, HEAD_MAX_BYTES + payloadBytes));
  room[HEAD_MAX_BYTES + payloadBytes] = NEWLINE;
  const head = `${crc.toString(16).padStart(8, '0')} ${payloadBytes} `;
  const start = HEAD_MAX_BYTES - head.length;
  room.write(head, start, 'latin1');
  return { bytes: room.subarray(start), crc };
};

export type Decoded =
  | { readonly kind: 'record'; readonly crc: number; readonly payload: Buffer; readonly bytes: number }
  /** `bytes` from the start of the line are needed to tell. */
  | { readonly kind: 'short'; readonly bytes: number }
  | { readonly kind: 'damaged' }
  /** A sound record of `bytes` (its newline counted) with something else in place of the newline. */
  | { readonly kind: 'unterminated'; readonly bytes: number };

/** Reads the line that starts at `at`; `buffer` may end anywhere. */
export const decodeLine = (buffer: Buffer, at: number): Decoded => {
  const head = HEAD.exec(buffer.toString('latin1', at, Math.min(at + HEAD_MAX_BYTES, buffer.length)));
  if (head === null) {
    return buffer.length - at < HEAD_MAX_BYTES ? { kind: 'short', bytes: HEAD_MAX_BYTES } : { kind: 'damaged' };
  }
  const start = at + head[0].length;
  const stop = start + Number(head[2]);
  const bytes = stop + 1 - at;
  if (stop >= buffer.length) return { kind: 'short', bytes };
  const payload = buffer.subarray(start, stop);
  const crc = Number.parseInt(head[1] ?? '', 16);
  if (crc32(payload) !== crc) return { kind: 'damaged' };
  return buffer[stop] === NEWLINE ? { kind: 'record', crc, payload, bytes } : { kind: 'unterminated', bytes };
};
