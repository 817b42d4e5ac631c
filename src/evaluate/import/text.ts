import { createReadStream } from 'node:fs';
import { badLog, type Place } from './bad-log.ts';

/** The longest line, value or archived sample that is read: more would be a mistake, or meant to fill the memory. */
export const MOST_CHARS = 128 * 1024 * 1024;

/** The text of a file, a piece at a time; `name` is for messages. Throws `bad-log` where it is not UTF-8, or cannot be read. */
export async function* textOf(path: string, name: string = path): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  const decoded = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw badLog({ file: name, at: '' }, `this is not UTF-8 text (near byte ${bytes})`);
    }
  };
  for await (const chunk of createReadStream(path)) {
    // The stream has no encoding, so its chunks are buffers.
    const buffer: Buffer = chunk;
    const text = decoded(buffer);
    bytes += buffer.length;
    if (text !== '') yield text;
  }
  const rest = decoded();
  if (rest !== '') yield rest;
}

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** The lines that are not blank, one in memory at a time. Throws `bad-log` on one that is longer than `most` characters. */
export async function* linesOf(
  file: string,
  text: AsyncIterable<string>,
  most: number = MOST_CHARS,
): AsyncGenerator<Line> {
  let number = 1;
  let parts: string[] = [];
  let length = 0;
  const place = (): Place => ({ file, at: String(number) });
  const add = (part: string): void => {
    length += part.length;
    if (length > most) throw badLog(place(), `this line is longer than ${most} characters`, 'one conversation a line');
    parts.push(part);
  };
  const taken = (): Line => {
    const line = { number, text: parts.join('') };
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of text) {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', from)) {
      add(chunk.slice(from, at));
      const line = taken();
      if (line.text.trim() !== '') yield line;
      number += 1;
      from = at + 1;
    }
    add(chunk.slice(from));
  }
  const last = taken();
  if (last.text.trim() !== '') yield last;
}
