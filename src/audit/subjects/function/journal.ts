import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallFault } from '../../../record/audit.ts';
import { decodeReturned } from './returned.ts';

/** What one call came to, before anybody asks whether it is a score. */
export type Raw =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'fault'; readonly fault: CallFault };

export const rawFault = (kind: CallFault['kind'], message: string): Raw => ({
  kind: 'fault',
  fault: { kind, message },
});

/** The host's side of a journal (protocol.ts). Holds the lines of one piece; `restart` before the next. */
export interface Journal {
  readonly fd: number;
  readonly bytes: number;
  /** Calls of this piece that were answered, in order, and whether it was begun. */
  readonly answered: readonly Raw[];
  readonly begun: boolean;
  /** Reads what came since. Throws where a line is not of our making. */
  read(): void;
  restart(): void;
  close(): void;
}

const CHUNK = 65_536;

/** A file without a name in the system's temporary folder: it is gone with the last process that holds it. */
const namelessFile = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'subterfuge-journal-'));
  const path = join(folder, 'journal');
  const fd = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  rmdirSync(folder);
  return fd;
};

const ACCESS = ' (the sandbox of the grader does not permit it; --trust runs it without)';
const explained = (message: string): string => (message.includes('ERR_ACCESS_DENIED') ? message + ACCESS : message);

export const openJournal = (): Journal => {
  const fd = namelessFile();
  const buffer = Buffer.alloc(CHUNK);
  let at = 0;
  let rest: Buffer = Buffer.alloc(0);
  let answered: Raw[] = [];
  let begun = false;
  let isOpen = true;

  const take = (line: string): void => {
    const parsed: unknown = JSON.parse(line);
    if (!Array.isArray(parsed)) throw new TypeError('not a line of the journal');
    const [index, value, note, message]: unknown[] = parsed;
    if (index === 'begin' && !begun) {
      begun = true;
      return;
    }
    const said = typeof message === 'string' ? explained(message) : '';
    if (note === 'late' && typeof index === 'number' && index < answered.length) {
      answered[index] = rawFault('threw', `after it had answered: ${said}`);
      return;
    }
    // Once a call was answered, what it leaves behind is told as late; so the next line is that of the next call.
    if (!begun || index !== answered.length) throw new TypeError('a line out of turn');
    answered.push(note === 'threw' ? rawFault('threw', said) : { kind: 'value', value: decodeReturned(value) });
  };

  return {
    fd,
    get bytes() {
      return fstatSync(fd).size;
    },
    get answered() {
      return answered;
    },
    get begun() {
      return begun;
    },
    read: () => {
      for (;;) {
        const got = readSync(fd, buffer, 0, CHUNK, at);
        if (got === 0) return;
        at += got;
        const text = Buffer.concat([rest, buffer.subarray(0, got)]);
        const end = text.lastIndexOf(10);
        rest = Buffer.from(text.subarray(end + 1));
        if (end < 0) continue;
        for (const line of text.toString('utf8', 0, end).split('\n')) take(line);
      }
    },
    restart: () => {
      ftruncateSync(fd, 0);
      at = 0;
      rest = Buffer.alloc(0);
      answered = [];
      begun = false;
    },
    close: () => {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
};
