import type { Rng } from '../../base/rng.ts';
import { faultOf, type Puzzle } from './expression.ts';

/** Puzzles with a solution, made backwards: first the expression, then its value as the target. */

export interface Solved extends Puzzle {
  /** One way to do it. */
  readonly solution: string;
}

interface Part {
  readonly text: string;
  readonly value: number;
}

const SMALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const LARGE = [25, 50, 75, 100];

/** Two parts as one, by an operation that keeps to whole numbers above 0 and does something. */
const joined = (a: Part, b: Part, dice: Rng): Part => {
  const [high, low] = a.value >= b.value ? [a, b] : [b, a];
  const ways: Part[] = [{ text: `(${a.text} + ${b.text})`, value: a.value + b.value }];
  if (high.value > low.value) ways.push({ text: `(${high.text} - ${low.text})`, value: high.value - low.value });
  if (low.value > 1) ways.push({ text: `(${high.text} * ${low.text})`, value: high.value * low.value });
  if (low.value > 1 && high.value % low.value === 0) {
    ways.push({ text: `(${high.text} / ${low.text})`, value: high.value / low.value });
  }
  return dice.pick(ways);
};

/** All parts as one, two at a time in any order; nothing where there are none. */
const collapsed = (parts: readonly Part[], dice: Rng): Part | undefined => {
  const [a, b, ...rest] = dice.shuffle(parts);
  return a === undefined || b === undefined ? a : collapsed([joined(a, b, dice), ...rest], dice);
};

const MOST_TRIES = 1_000;

/**
 * A puzzle with `count` numbers of which `used` are in the solution. Targets are 10 to 999, none of the numbers, not their
 * sum, and no sum of two of them where three or more are used.
 */
export const puzzleFrom = (dice: Rng, count: number, used: number): Solved => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const own = dice.fork(`try/${attempt}`);
    const large = own.int(3);
    const numbers = own.shuffle([
      ...own.shuffle(LARGE).slice(0, large),
      ...own.shuffle([...SMALL, ...SMALL]).slice(0, count - large),
    ]);
    const whole = collapsed(
      numbers.slice(0, used).map((value) => ({ text: String(value), value })),
      own,
    );
    if (whole === undefined) continue;
    const puzzle: Solved = {
      numbers: own.shuffle(numbers),
      target: whole.value,
      solution: whole.text.replace(/^\((.*)\)$/, '$1'),
    };
    if (isFit(puzzle, used)) return puzzle;
  }
  throw new RangeError(`no puzzle of ${count} numbers in ${MOST_TRIES} tries`);
};

const isFit = (puzzle: Solved, used: number): boolean => {
  const { numbers, target, solution } = puzzle;
  const trivial =
    numbers.includes(target) ||
    numbers.reduce((sum, number) => sum + number, 0) === target ||
    (used > 2 && numbers.some((a, i) => numbers.some((b, j) => i < j && a + b === target)));
  return target >= 10 && target <= 999 && !trivial && faultOf(solution, puzzle) === null;
};
