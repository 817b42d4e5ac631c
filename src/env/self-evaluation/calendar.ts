/** Days of the common calendar, without a clock or a time zone. */

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const DAY_MS = 86_400_000;

/** Day number since 1970-01-01. `month` counts from 1. */
export const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS;

/** `YYYY-MM-DD` of a day number. */
export const isoOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** `3 June 2023`. */
export const longDate = (number: number): string => {
  const [year = '', month = '', day = ''] = isoOf(number).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
};

/** `3 June`. */
export const dayAndMonth = (number: number): string => longDate(number).split(' ').slice(0, 2).join(' ');

/** The day number that day and month name, or null where there is no such day (31 February). */
export const dayOf = (year: number, month: number, day: number): number | null => {
  const number = dayNumber(year, month, day);
  return isoOf(number) === [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-') ? number : null;
};

export const twoDigits = (n: number): string => String(n).padStart(2, '0');
