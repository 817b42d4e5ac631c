/** Log files, whatever they are, as a stream of conversations. One conversation is in memory at a time. */
import { open, stat } from 'node:fs/promises';
import { inputError, messageOf, SubterfugeError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import { badLog, type Place } from './bad-log.ts';
import { readChat } from './chat.ts';
import type { Conversation } from './conversation.ts';
import { fieldsIn } from './fields.ts';
import { readHead, readSample } from './inspect.ts';
import { BadDocument, type JsonItem, jsonScanner } from './json-items.ts';
import { parseJson } from './parse.ts';
import { linesOf, MOST_CHARS, textOf } from './text.ts';
import { LIMITS, openZip, type ZipArchive, type ZipEntry } from './zip.ts';

export interface LogFile {
  readonly path: string;
  /** What it is called in messages and records: as the user wrote it. */
  readonly name: string;
}

/** A conversation, or why there is none. What follows can still be read. */
export type Read =
  | { readonly conversation: Conversation; readonly problem: null }
  | { readonly conversation: null; readonly problem: SubterfugeError };

/** What is wrong with one conversation is its result; what is wrong with its file is thrown. */
const attempt = (read: () => Conversation): Read => {
  try {
    return { conversation: read(), problem: null };
  } catch (thrown) {
    if (thrown instanceof SubterfugeError) return { conversation: null, problem: thrown };
    throw thrown;
  }
};

async function* readLines({ path, name }: LogFile): AsyncGenerator<Read> {
  for await (const { number, text } of linesOf(name, textOf(path, name))) {
    const place: Place = { file: name, at: String(number) };
    yield attempt(() => readChat(parseJson(text, place), place));
  }
}

async function* itemsOf({ path, name }: LogFile): AsyncGenerator<JsonItem> {
  const scanner = jsonScanner(new Set(['samples']), MOST_CHARS);
  try {
    for await (const text of textOf(path, name)) yield* scanner.push(text);
    scanner.end();
  } catch (thrown) {
    if (thrown instanceof BadDocument) {
      throw badLog(
        { file: name, at: String(thrown.line) },
        thrown.message,
        "a log of Inspect's, or conversations as JSON",
      );
    }
    throw thrown;
  }
}

const isMessage = (value: unknown): boolean => {
  const { role, from } = fieldsIn(value);
  return typeof role === 'string' || typeof from === 'string';
};

async function* readDocument(file: LogFile): AsyncGenerator<Read> {
  const members: [string, unknown][] = [];
  const messages: unknown[] = [];
  let samples = 0;
  for await (const { key, element, text, line } of itemsOf(file)) {
    const place: Place = { file: file.name, at: String(line) };
    if (key !== null && element) {
      samples += 1;
      const head = readHead(Object.fromEntries(members), place);
      yield attempt(() => readSample(parseJson(text, place), head, place));
    } else if (key !== null) members.push([key, parseJson(text, place)]);
    else {
      const value = parseJson(text, place);
      if (isMessage(value)) messages.push(value);
      else yield attempt(() => readChat(value, place));
    }
  }
  const whole: Place = { file: file.name, at: '1' };
  if (messages.length > 0) yield attempt(() => readChat(messages, whole));
  const record = Object.fromEntries(members);
  if (members.length === 0 || samples > 0) return;
  if (record.eval === undefined) yield attempt(() => readChat(record, whole));
  else throw badLog(whole, "this log of Inspect's has no samples", 'a log with samples, not only its header');
}

const SAMPLE = /^samples\/.+\.json$/;
/** The head of a finished log, and of one that is still being written; of old logs. */
const HEADS = ['header.json', '_journal/start.json', 'start.json'];

const entryJson = async (zip: ZipArchive, entry: ZipEntry, place: Place): Promise<unknown> =>
  parseJson((await zip.read(entry)).toString('utf8'), place);

async function* readArchive({ path, name }: LogFile): AsyncGenerator<Read> {
  await using zip = await openZip(path, LIMITS, name);
  const placeOf = (entry: ZipEntry): Place => ({ file: name, at: entry.name });
  const header = HEADS.flatMap((wanted) => zip.entries.find((entry) => entry.name === wanted) ?? [])[0];
  const samples = zip.entries.filter((entry) => SAMPLE.test(entry.name));
  if (samples.length === 0)
    throw badLog({ file: name, at: '' }, 'no samples are in this archive', "a log of Inspect's (.eval)");
  const head =
    header === undefined ? { model: null } : readHead(await entryJson(zip, header, placeOf(header)), placeOf(header));
  for (const entry of samples) {
    const raw = await entryJson(zip, entry, placeOf(entry));
    yield attempt(() => readSample(raw, head, placeOf(entry)));
  }
}

const SNIFFED_BYTES = 65_536;

const startOf = async (path: string): Promise<string> => {
  await using file = await open(path, 'r');
  const buffer = Buffer.alloc(SNIFFED_BYTES);
  const { bytesRead } = await file.read(buffer, 0, SNIFFED_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
};

const isWholeJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const readerFor = async (path: string): Promise<(file: LogFile) => AsyncGenerator<Read>> => {
  const start = await startOf(path);
  if (start.startsWith('PK\x03\x04') || path.endsWith('.eval')) return readArchive;
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return readLines;
  if (/\.json$/i.test(path)) return readDocument;
  const [first = ''] = start.trimStart().split('\n');
  return isWholeJson(first) ? readLines : readDocument;
};

/** All conversations of the files, in order. Throws `bad-log` (exit code 2) where a file as a whole cannot be read. */
export async function* readLogs(files: readonly LogFile[]): AsyncGenerator<Read> {
  for (const file of files) {
    try {
      const found = await stat(file.path);
      if (!found.isFile()) throw new Error('it is not a file');
      const read = await readerFor(file.path);
      yield* read(file);
    } catch (thrown) {
      if (thrown instanceof SubterfugeError) throw thrown;
      throw inputError({
        code: 'unreadable-log',
        what: `The log cannot be read: ${visible(messageOf(thrown))}`,
        given: visible(file.name),
        allowed: 'chat JSONL (.jsonl), JSON (.json), or a log of Inspect (.eval, .json)',
        cause: thrown,
      });
    }
  }
}
