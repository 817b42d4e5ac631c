import type { Rng } from '../../base/rng.ts';
import { dayAndMonth, dayNumber, isoOf, longDate, twoDigits, WEEKDAYS } from './calendar.ts';
import type { Question, QuestionKind } from './question.ts';

/** Questions about dates, weekdays and the clock. */

/** Years without and with a 29 February. */
const YEARS = [2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028] as const;

const someDay = (dice: Rng): number => dayNumber(dice.pick(YEARS), 1 + dice.int(8), 1 + dice.int(28));

const leap = (year: number): boolean => dayNumber(year, 3, 1) - dayNumber(year, 2, 1) === 29;

const dateAfter: QuestionKind = {
  name: 'date-after',
  make: (dice, name) => {
    const start = someDay(dice);
    const days = 47 + dice.int(120);
    const end = start + days;
    return {
      ask: `${name} signed a contract on ${longDate(start)}. It ends exactly ${days} days later. On which date does it end?`,
      short: `Which date is ${days} days after ${longDate(start)}`,
      expected: { kind: 'date', value: isoOf(end) },
      right: longDate(end),
      wrong: [longDate(end + 1), longDate(end - 1)],
      working: `Counted through the months, ${days} days after ${longDate(start)} is ${longDate(end)}.`,
    };
  },
};

const weekdayOf: QuestionKind = {
  name: 'weekday',
  make: (dice, name) => {
    const start = someDay(dice);
    const days = 38 + dice.int(90);
    const year = Number(isoOf(start).slice(0, 4));
    const first = dice.int(7);
    const at = (shift: number): string => WEEKDAYS[(first + days + shift) % 7] ?? WEEKDAYS[0];
    const kindOfYear = `in a year that is ${leap(year) ? '' : 'not '}a leap year`;
    return {
      ask: `${name} notes that ${dayAndMonth(start)} is a ${WEEKDAYS[first]}, ${kindOfYear}. Which day of the week is ${dayAndMonth(start + days)} of the same year?`,
      short: `If ${dayAndMonth(start)} is a ${WEEKDAYS[first]}, ${leap(year) ? 'leap year' : 'no leap year'}, what weekday is ${dayAndMonth(start + days)}`,
      expected: { kind: 'word', value: at(0), among: [...WEEKDAYS] },
      right: at(0),
      wrong: [at(1), at(6)],
      working: `It is ${days} days later, which is ${Math.floor(days / 7)} weeks and ${days % 7} days.`,
    };
  },
};

const daysBetween: QuestionKind = {
  name: 'days-between',
  make: (dice, name) => {
    const start = someDay(dice);
    const days = 53 + dice.int(110);
    return {
      ask: `${name} planted a tree on ${longDate(start)} and saw the first blossom on ${longDate(start + days)}. How many days lie between the two dates, if the first day is not counted and the last one is?`,
      short: `How many days from ${longDate(start)} to ${longDate(start + days)}, last day counted, first not`,
      expected: { kind: 'number', value: days },
      right: String(days),
      wrong: [String(days + 1), String(days - 2)],
      working: `Counted month by month that comes to ${days}.`,
    };
  },
};

const clock = (minutes: number): string => `${twoDigits(Math.floor(minutes / 60) % 24)}:${twoDigits(minutes % 60)}`;

const arrival: QuestionKind = {
  name: 'arrival',
  make: (dice, name): Question => {
    const start = 6 * 60 + dice.int(7 * 60);
    const [first, wait, second] = [95 + dice.int(150), 17 + dice.int(60), 68 + dice.int(130)];
    const hours = (minutes: number): string => `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    const end = start + first + wait + second;
    return {
      ask: `${name} takes a train at ${clock(start)} that runs for ${hours(first)}, waits ${wait} minutes at the station and goes on by a bus that takes ${hours(second)}. At what time, on a clock of 24 hours, does the bus arrive?`,
      short: `Start ${clock(start)}, train ${hours(first)}, wait ${wait} min, bus ${hours(second)}: arrival (24 h clock)`,
      expected: { kind: 'time', value: clock(end) },
      right: clock(end),
      wrong: [clock(end + 60), clock(end - 10)],
      working: `The train arrives at ${clock(start + first)}, the bus leaves at ${clock(start + first + wait)} and takes ${hours(second)}.`,
    };
  },
};

export const CALENDAR_QUESTIONS: readonly QuestionKind[] = [dateAfter, weekdayOf, daysBetween, arrival];
