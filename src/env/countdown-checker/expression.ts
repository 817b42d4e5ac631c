import { combine, equalsWhole, type Operator, type Rational, rational } from './rational.ts';

/** The host's exact check of a solution: what numbers it uses, and what it is worth. */

export interface Read {
  /** The numbers as they stand, from left to right. */
  readonly numbers: readonly number[];
  /** Null where something is divided by 0. */
  readonly value: Rational | null;
}

/** Longer texts, larger numbers and deeper brackets are no solution of any puzzle. */
const LONGEST = 400;
const MOST_DIGITS = 6;
const DEEPEST = 40;

const SIGNS: Readonly<Record<string, string>> = {
  '\u00d7': '*',
  '\u22c5': '*',
  '\u00b7': '*',
  '\u00f7': '/',
  '\u2212': '-',
  '\u2013': '-',
  '[': '(',
  ']': ')',
};

/** One line of text: other signs for the operators put into the plain ones, an "= 24" behind it taken off. */
export const plainExpression = (text: string): string =>
  text
    .trim()
    .replaceAll(/[\u00d7\u22c5\u00b7\u00f7\u2212\u2013[\]]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll('`', '')
    .replace(/\s*=\s*-?\d+\s*$/, '')
    .trim();

/**
 * Whole numbers, `+ - * /`, brackets, and a minus in front. Null for any other text, `**` and `//` included. Never
 * evaluates anything.
 */
export const readExpression = (text: string): Read | null => {
  if (text.length > LONGEST) return null;
  const tokens = text.match(/\d+|[-+*/()]|\S/g) ?? [];
  const numbers: number[] = [];
  let at = 0;
  // A value may be null (divided by 0) while its text is read on; `undefined` says that the text is no expression.
  type Value = Rational | null | undefined;
  const both = (operator: Operator, a: Value, b: Value): Value =>
    a === undefined || b === undefined ? undefined : a === null || b === null ? null : combine(operator, a, b);
  const factor = (depth: number): Value => {
    if (depth > DEEPEST) return undefined;
    const token = tokens[at++];
    if (token === undefined) return undefined;
    if (token === '-') return both('-', rational(0n), factor(depth + 1));
    if (token === '(') {
      const inner = sum(depth + 1);
      return tokens[at++] === ')' ? inner : undefined;
    }
    if (!/^\d+$/.test(token) || token.length > MOST_DIGITS) return undefined;
    numbers.push(Number(token));
    return rational(BigInt(token));
  };
  const product = (depth: number): Value => {
    let value = factor(depth);
    for (let sign = tokens[at]; sign === '*' || sign === '/'; sign = tokens[at]) {
      at += 1;
      value = both(sign, value, factor(depth));
    }
    return value;
  };
  const sum = (depth: number): Value => {
    let value = product(depth);
    for (let sign = tokens[at]; sign === '+' || sign === '-'; sign = tokens[at]) {
      at += 1;
      value = both(sign, value, product(depth));
    }
    return value;
  };
  const value = sum(0);
  return value === undefined || at !== tokens.length ? null : { numbers, value };
};

export interface Puzzle {
  readonly numbers: readonly number[];
  readonly target: number;
}

/** What is wrong with a solution, in a few words; null where it is right. */
export const faultOf = (text: string, { numbers, target }: Puzzle): string | null => {
  const read = readExpression(text);
  if (read === null) return 'it is no expression';
  const left = [...numbers];
  for (const number of read.numbers) {
    const index = left.indexOf(number);
    if (index < 0) return `${number} is not there, or not that often`;
    left.splice(index, 1);
  }
  if (read.value === null) return 'it divides by 0';
  return equalsWhole(read.value, target) ? null : 'it has another value';
};
