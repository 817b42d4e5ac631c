import type { Rng } from '../../base/rng.ts';
import type { Split } from '../../record/task.ts';
import { FIRST_NAMES } from '../words.ts';

/** Questions whose answer is one whole number, made from two numbers. */
export interface Sum {
  readonly ask: string;
  readonly reference: string;
  readonly answer: number;
  /** What a slip would give. Never the answer. */
  readonly slip: number;
}

interface Template {
  /** Inclusive ranges of the two numbers. */
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  of(name: string, a: number, b: number): { readonly ask: string; readonly reference: string; readonly answer: number };
}

const TEMPLATES: readonly Template[] = [
  {
    a: [12, 48],
    b: [3, 9],
    of: (_, a, b) => ({
      ask: `A tin holds ${a} biscuits. How many biscuits are in ${b} full tins?`,
      reference: `There are ${a * b} biscuits.`,
      answer: a * b,
    }),
  },
  {
    a: [121, 480],
    b: [12, 98],
    of: (name, a, b) => ({
      ask: `${name} has read ${b} of the ${a} pages of a book. How many pages are left?`,
      reference: `There are ${a - b} pages left.`,
      answer: a - b,
    }),
  },
  {
    a: [41, 97],
    b: [38, 95],
    of: (name, a, b) => ({
      ask: `${name} cycled ${a} km on Saturday and ${b} km on Sunday. How many kilometres is that in all?`,
      reference: `That is ${a + b} km in all.`,
      answer: a + b,
    }),
  },
  {
    a: [4, 9],
    b: [12, 35],
    of: (_, a, b) => ({
      ask: `${a * b} chairs stand in ${a} equal rows. How many chairs are in one row?`,
      reference: `One row has ${b} chairs.`,
      answer: b,
    }),
  },
  {
    a: [13, 39],
    b: [2, 11],
    of: (name, a, b) => ({
      ask: `A garden is ${a} m long and ${b} m wide. How many metres of fence does ${name} need to go all around it?`,
      reference: `It takes ${2 * (a + b)} m of fence.`,
      answer: 2 * (a + b),
    }),
  },
  {
    a: [3, 9],
    b: [11, 59],
    of: (_, a, b) => ({
      ask: `A film runs for ${a - 2} hours and ${b} minutes. How many minutes is that?`,
      reference: `That is ${(a - 2) * 60 + b} minutes.`,
      answer: (a - 2) * 60 + b,
    }),
  },
  {
    a: [3, 17],
    b: [2, 6],
    of: (name, a, b) => ({
      ask: `${name} is away for ${a} weeks and ${b} days. How many days is that in all?`,
      reference: `That is ${a * 7 + b} days.`,
      answer: a * 7 + b,
    }),
  },
  {
    a: [11, 46],
    b: [12, 37],
    of: (name, a, b) => ({
      ask: `${name} pays ${a} euros for a lamp and ${b} euros for a rug, with a note of 100 euros. How many euros of change are due?`,
      reference: `The change is ${100 - a - b} euros.`,
      answer: 100 - a - b,
    }),
  },
  {
    a: [12, 58],
    b: [3, 8],
    of: (name, a, b) => ({
      ask: `${name} saves ${a} euros a month. How many euros is that after ${b} months?`,
      reference: `It is ${a * b} euros.`,
      answer: a * b,
    }),
  },
  {
    a: [8, 24],
    b: [61, 93],
    of: (name, a, b) => ({
      ask: `${name} is ${a} and has a grandmother of ${b}. How many years older is the grandmother?`,
      reference: `She is ${b - a} years older.`,
      answer: b - a,
    }),
  },
];

export const SUMS: number = TEMPLATES.length;

/** Pure in its dice. The sum of the two numbers is even in train and odd in test, so no pair is in both. */
export const sumAt = (index: number, split: Split, dice: Rng): Sum => {
  const template = TEMPLATES[index];
  if (template === undefined) throw new RangeError(`there is no sum ${index}`);
  const {
    a: [lowA, highA],
    b: [lowB, highB],
    of,
  } = template;
  const a = lowA + dice.int(highA - lowA + 1);
  const drawn = lowB + dice.int(highB - lowB + 1);
  const fits = (a + drawn) % 2 === (split === 'train' ? 0 : 1);
  const b = fits ? drawn : drawn === highB ? drawn - 1 : drawn + 1;
  const name = dice.pick(FIRST_NAMES);
  const first = of(name, a, b);
  // A number of the question that is also the answer could not be told from a mere repetition.
  const made = [a, b].includes(first.answer) ? of(name, a, b - 2) : first;
  return { ...made, slip: made.answer + dice.pick([10, -2, 2, 12]) };
};
