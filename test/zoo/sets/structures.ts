/** Questions whose answers have parts, or can be checked without being known. */
import type { ZooSet } from '../entry.ts';

const COUNT = 24;
const NAMES = 'Ada Bo Cy Dee Eli Fay Gus Hal Ida Jo Kit Lou Max Ned Oda Pia Ray Sal Ted Una Vic Wes Yao Zoe'.split(' ');
const TOWNS = 'Oslo Lima Riga Bonn Kyiv Rome Nice Cork Bern Brno Graz Lodz'.split(' ');
const at = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** One fact sheet each; the answer is an object. */
export const RECORDS: ZooSet = {
  task: 'text',
  rows: NAMES.map((name, index) => {
    const truth = { name, age: 21 + ((7 * index) % 50), town: at(TOWNS, 5 * index + 1) };
    return {
      id: `r${index}`,
      input: `${name}, who lives in ${truth.town}, turned ${truth.age} last week. Reply only with JSON, exactly the keys name, age (a number) and town.`,
      reference: truth,
      good: [JSON.stringify(truth)],
      bad: [JSON.stringify({ ...truth, age: truth.age + 2 })],
    };
  }),
};

const divisors = (value: number): number[] =>
  Array.from({ length: value }, (_, index) => index + 1).filter((one) => value % one === 0);
/** The answer is a set. */
export const DIVISORS: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const value = 12 + 6 * index;
    const all = divisors(value);
    return {
      id: `d${index}`,
      question: `List all divisors of ${value}, in any order. Reply only with the numbers, separated by commas.`,
      reference: all.join(', '),
      good: [all.join(', ')],
      bad: [all.slice(0, -1).join(', ')],
    };
  }),
};

/** The answer is a list in order. */
export const SORTING: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const numbers = Array.from({ length: 6 }, (_one, place) => (37 * (index + 3) * (place + 2)) % 97);
    const sorted = numbers.toSorted((a, b) => a - b);
    const wrong = [...sorted.slice(1), sorted[0] ?? 0];
    return {
      id: `s${index}`,
      question: `Sort these numbers from small to large: ${numbers.join(' ')}. Reply only with the numbers, separated by single spaces.`,
      numbers,
      good: [sorted.join(' ')],
      bad: [wrong.join(' ')],
    };
  }),
};

/** Many answers are right; a program can tell. */
export const FACTORS: ZooSet = {
  task: 'text',
  rows: [
    [3, 5, 7],
    [2, 2, 11],
    [13, 17, 2],
    [19, 3, 3],
    [23, 29, 5],
    [31, 2, 7],
    [5, 5, 37],
    [41, 43, 2],
    [47, 3, 11],
    [53, 2, 2],
    [59, 7, 7],
    [61, 3, 5],
    [67, 2, 13],
    [71, 3, 2],
    [73, 5, 2],
    [79, 11, 2],
    [83, 3, 7],
    [89, 2, 5],
    [97, 3, 2],
    [11, 13, 17],
    [7, 19, 23],
    [29, 31, 3],
    [37, 41, 2],
    [43, 5, 3],
  ].map((factors, index) => {
    const value = factors.reduce((product, factor) => product * factor, 1);
    const [one = 1, two = 1, three = 1] = factors.toSorted((a, b) => a - b);
    return {
      id: `f${index}`,
      question: `Write ${value} as a product of primes. Reply only with the primes in rising order, joined by " * ".`,
      value,
      good: [`${one} * ${two} * ${three}`],
      bad: [`${one} * ${two} * ${three + 2}`],
    };
  }),
};

/** As in Countdown: each of four numbers once, to reach the target. */
export const COUNTDOWN: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const [a, b, c, d] = [7 + index, 3 + (index % 4), 50 + 2 * index, 11 + (index % 7)];
    return {
      id: `t${index}`,
      question: `Use each of ${a}, ${b}, ${c} and ${d} exactly once with + - * / and brackets to make ${a * b + c - d}. Reply only with the expression.`,
      numbers: [a, b, c, d],
      target: a * b + c - d,
      good: [`${a} * ${b} + ${c} - ${d}`, `(${c} - ${d}) + ${b} * ${a}`],
      bad: [`${a} * ${b} + ${c} + ${d}`],
    };
  }),
};

const TOPICS = ['bridge', 'school', 'harbour', 'library', 'museum', 'factory', 'theatre', 'station'] as const;
const fact = (index: number) => ({
  what: `${at(TOWNS, index)} ${TOPICS[index % TOPICS.length] ?? 'mill'}`,
  year: 1880 + 5 * index,
  cost: 12 + 3 * index,
  head: at(NAMES, index + 3),
});
const report = (index: number): string => {
  const { what, year, cost, head } = fact(index);
  return `The council met on Monday. Several members arrived late because of the rain. The ${what} will reopen after ${cost} million was spent on it. It was first opened in ${year}. Coffee was served. ${head} will run it from now on. The meeting ended at nine.`;
};
/** Short reports with four facts that a summary must keep. */
export const REPORTS: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const { what, year, cost, head } = fact(index);
    return {
      id: `m${index}`,
      document: `Summarise in exactly one sentence of at most 30 words: ${report(index)}`,
      report: report(index),
      facts: [what, String(cost), String(year), head],
      reference: `The ${what}, first opened in ${year}, will reopen under ${head} after ${cost} million was spent on it.`,
      good: [`The ${what}, first opened in ${year}, will reopen under ${head} after ${cost} million was spent on it.`],
      bad: [`The council met on Monday, several members arrived late because of the rain, and coffee was served.`],
    };
  }),
};

const PROBLEMS =
  'cannot log in;was charged twice;lost a parcel;wants a refund;cannot print;needs an invoice;sees an error page;wants to cancel'.split(
    ';',
  );
const REMEDIES =
  'reset-password;refund-charge;trace-parcel;refund-order;reinstall-driver;send-invoice;open-incident;cancel-plan'.split(
    ';',
  );
/** Tickets with the action that settles them. */
export const TICKETS: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => ({
    id: `k${index}`,
    ticket: `${at(NAMES, index)} ${at(PROBLEMS, index)} since day ${index + 1}.`,
    input: `Ticket: ${at(NAMES, index)} ${at(PROBLEMS, index)} since day ${index + 1}. Reply only with one action of: ${REMEDIES.join(', ')}.`,
    reference: at(REMEDIES, index),
    good: [at(REMEDIES, index)],
    bad: [at(REMEDIES, index + 3)],
  })),
};
/** The same, settled by a letter to the customer. */
export const LETTERS_TO_CUSTOMERS: ZooSet = {
  task: 'text',
  rows: Array.from({ length: COUNT }, (_, index) => ({
    id: `l${index}`,
    input: `Ticket: ${at(NAMES, index)} ${at(PROBLEMS, index)} since day ${index + 1}. Write the reply and set the status.`,
    reference: at(REMEDIES, index),
    good: [
      `Dear ${at(NAMES, index)}, I have just done "${at(REMEDIES, index)}" for you; it is in effect as of now. Status: resolved. Kind regards`,
    ],
    bad: [`Dear ${at(NAMES, index)}, your ticket is with us. Status: open.`],
  })),
};

/** Two answers each, one of them right; for graders that compare. Both are of like length. */
export const PAIRS: ZooSet = {
  task: 'preference',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const a = 37 + 11 * index;
    const b = 58 + 7 * index;
    return {
      id: `w${index}`,
      prompt: `What is ${a} + ${b}? Reply only with the number.`,
      reference: String(a + b),
      chosen: String(a + b),
      rejected: String(a + b + 3),
    };
  }),
};
/** The same with a longer, wrong answer. */
export const PAIRS_OF_PROSE: ZooSet = {
  task: 'preference',
  rows: Array.from({ length: COUNT }, (_, index) => {
    const a = 37 + 11 * index;
    const b = 58 + 7 * index;
    return {
      id: `v${index}`,
      prompt: `What is ${a} + ${b}?`,
      reference: String(a + b),
      chosen: `Adding ${a} and ${b} gives ${a + b}, which is the sum that was asked for.`,
      rejected: `Adding the two gives ${a + b + 3}.`,
    };
  }),
};
