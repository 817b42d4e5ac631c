import { unreachable } from '../../base/errors.ts';
import { withDigits } from '../number-words.ts';
import { dayOf, isoOf, MONTHS, twoDigits } from './calendar.ts';
import type { Expected } from './question.ts';

/** Compares what was answered with what is right. Generous about form, exact about value. */

/**
 * The number that an answer states: behind the last equals sign where there is one, else the first. Separators of thousands are
 * dropped; numbers may be words.
 */
const numberIn = (text: string): number | null => {
  const part = withDigits(text.slice(text.lastIndexOf('=') + 1).toLowerCase());
  const digits = /(?<![\d.])[-\u2212]?\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+(?![\d])|[-\u2212]?\d+(?:\.\d+)?/.exec(
    part,
  )?.[0];
  return digits === undefined ? null : Number(digits.replaceAll(/[,'\u00a0\u202f ]/g, '').replace('\u2212', '-'));
};

/** `HH:MM` of 24 hours. */
const timeIn = (text: string): string | null => {
  const found = /\b(\d{1,2}) ?(?:[:.h]|hours? and|h and) ?(\d{2})(?!\d)(?: ?min\w*)?(?::00)? ?([ap])?\.?m?\b/i.exec(
    text,
  );
  if (found === null) return null;
  const [, hourText = '', minute = '', half] = found;
  const hour = Number(hourText);
  if (hour > 23 || Number(minute) > 59) return null;
  if (half === undefined || hour > 12) return `${twoDigits(hour)}:${minute}`;
  return `${twoDigits((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0))}:${minute}`;
};

const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DATES = [
  new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${MONTH})(?:,? (?<year>\\d{4}))?`, 'i'),
  new RegExp(`\\b(?<month>${MONTH}) (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\\d{4}))?`, 'i'),
  /\b(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})\b/,
];

/** `YYYY-MM-DD`; a year that is not said is that of `year`. */
const dateIn = (text: string, year: number): string | null => {
  for (const form of DATES) {
    const found = form.exec(text)?.groups;
    if (found === undefined) continue;
    const { day, month = '', year: said } = found;
    const named = MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === month.slice(0, 3).toLowerCase()) + 1;
    const number = dayOf(Number(said ?? year), named === 0 ? Number(month) : named, Number(day));
    return number === null ? null : isoOf(number);
  }
  return null;
};

const namesWord = (text: string, word: string): boolean => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu').test(text);

/** Whether an answer says what is right. */
export const matches = (text: string, expected: Expected): boolean => {
  switch (expected.kind) {
    case 'number':
      return numberIn(text) === expected.value;
    case 'time':
      return timeIn(text) === expected.value;
    case 'date':
      return dateIn(text, Number(expected.value.slice(0, 4))) === expected.value;
    case 'word':
      return (
        namesWord(text, expected.value) &&
        !expected.among.some((other) => other !== expected.value && namesWord(text, other))
      );
    default:
      return unreachable(expected);
  }
};
