import { messageOf } from '../../base/errors.ts';
import { isRecord, type Row, unreadable } from './row.ts';
import { toJson } from './values.ts';

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

/** A value as a row. Throws `unreadable-examples` where it is no object. */
export const rowOf = (value: unknown, place: string, path: string): Row => {
  if (!isRecord(value))
    throw unreadable(
      path,
      place,
      `an example is an object, this is ${kindOf(value)}`,
      'Write it as {"input": ..., "reference": ...}.',
    );
  try {
    const values = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
    return { place, values, written: null };
  } catch (cause) {
    throw unreadable(path, place, messageOf(cause), 'Write it as JSON.', cause);
  }
};

/** One object a line; empty lines are skipped. */
export const readJsonLines = (text: string, path: string): readonly Row[] =>
  text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `line ${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      const isWhole = index === 0 && /^\s*[[{]\s*$/.test(line);
      throw unreadable(
        path,
        place,
        messageOf(cause),
        isWhole
          ? 'This looks like one JSON value over many lines: name the file .json.'
          : 'Write one whole JSON object on each line.',
        cause,
      );
    }
    return [rowOf(value, place, path)];
  });

/** Whether more text could make it JSON. */
const isBeginning = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    const message = messageOf(thrown);
    const position = /at position (\d+)/.exec(message)?.[1];
    return message.includes('end of JSON') || (position !== undefined && Number(position) >= text.trimEnd().length);
  }
};

/** The first line that no further line could make good: the parser does not always say where it stopped. */
const lineOfSyntaxError = (text: string): number => {
  const lines = text.split('\n');
  let good = 0;
  let bad = lines.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(lines.slice(0, middle).join('\n'))) good = middle;
    else bad = middle;
  }
  return bad;
};

/** A list of objects, or an object that holds just one such list (`{"examples": [...]}`). */
export const readJson = (text: string, path: string): readonly Row[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = messageOf(cause);
    throw unreadable(
      path,
      `line ${lineOfSyntaxError(text)}`,
      message,
      'Correct the JSON, or name the file .jsonl if it has one object a line.',
      cause,
    );
  }
  const lists = isRecord(value) ? Object.values(value).filter((inner) => Array.isArray(inner)) : [];
  const list: unknown = Array.isArray(value) ? value : lists.length === 1 ? lists[0] : null;
  if (!Array.isArray(list))
    throw unreadable(
      path,
      'line 1',
      `it holds ${kindOf(value)} and not one list of examples`,
      'Write [{"input": ...}, ...].',
    );
  return list.map((inner: unknown, index) => rowOf(inner, `row ${index + 1}`, path));
};
