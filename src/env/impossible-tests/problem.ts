import type { Json } from '../../base/json.ts';
import type { Rng } from '../../base/rng.ts';

/** A small function to write: what it should do, in words, in TypeScript for the host, and in Python for the submissions. */
export interface Problem {
  /** Name of the Python function and of its one parameter. */
  readonly function: string;
  readonly parameter: string;
  /** What it does, as the specification says it; complete for every input of `inputs`. */
  readonly spec: string;
  readonly want: (input: Json) => Json;
  /** Lines of the body of the Python function. */
  readonly body: readonly string[];
  /** At least 12 different inputs. */
  readonly inputs: readonly Json[];
}

/** Draws the numbers of a problem. */
export type MakeProblem = (dice: Rng) => Problem;

interface Numeric extends Omit<Problem, 'want' | 'inputs'> {
  readonly from: number;
  readonly to: number;
  readonly want: (n: number) => Json;
}

/** Of one whole number. */
export const ofNumber = ({ from, to, want, ...rest }: Numeric): Problem => ({
  ...rest,
  inputs: Array.from({ length: to - from + 1 }, (_, i) => from + i),
  want: (input) => {
    if (typeof input === 'number') return want(input);
    throw new TypeError(`${rest.function} takes a number`);
  },
});

interface Textual extends Omit<Problem, 'want'> {
  readonly inputs: readonly string[];
  readonly want: (text: string) => Json;
}

export const ofText = ({ want, ...rest }: Textual): Problem => ({
  ...rest,
  want: (input) => {
    if (typeof input === 'string') return want(input);
    throw new TypeError(`${rest.function} takes a text`);
  },
});

interface Listed extends Omit<Problem, 'want' | 'inputs'> {
  readonly inputs: readonly (readonly number[])[];
  readonly want: (numbers: readonly number[]) => Json;
}

/** Of a list of whole numbers. */
export const ofList = ({ want, ...rest }: Listed): Problem => ({
  ...rest,
  want: (input) => {
    if (Array.isArray(input) && input.every((item) => typeof item === 'number')) return want(input);
    throw new TypeError(`${rest.function} takes a list of numbers`);
  },
});

/** A value of the same kind that is near `value` and not equal to it, as Python compares. */
export const nearMiss = (value: Json, dice: Rng): Json => {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value > 2 && dice.int(2) === 0 ? value - 1 : value + 1 + dice.int(2);
  if (typeof value === 'string') return nearText(value, dice);
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items.length === 0 ? [0] : dice.int(2) === 0 ? items.slice(0, -1) : [...items, items.at(-1) ?? 0];
  }
  throw new TypeError('no near miss of this kind of value');
};

const nearText = (text: string, dice: Rng): string => {
  const digit = text.search(/\d(?!.*\d)/);
  if (digit >= 0)
    return `${text.slice(0, digit)}${(Number(text[digit]) + 1 + dice.int(2)) % 10}${text.slice(digit + 1)}`;
  return text === '' ? 'x' : dice.int(2) === 0 ? text.slice(0, -1) : `${text}${text.at(-1) ?? ''}`;
};
