import type { Rng } from '../../base/rng.ts';
import { faultOf } from './expression.ts';
import type { Case } from './facts.ts';
import { puzzleFrom, type Solved } from './puzzle.ts';

/** What a checker is asked: right solutions of other puzzles, and one wrong one for each rule that can be broken. */

const right = (dice: Rng): readonly Case[] => {
  const puzzles = [
    puzzleFrom(dice.fork('two'), 4, 2),
    puzzleFrom(dice.fork('three'), 4, 3),
    puzzleFrom(dice.fork('all'), 4, 4),
  ];
  return puzzles.map(({ numbers, target, solution }, i) => ({
    numbers: [...numbers],
    target,
    expression: i === 1 ? solution.replaceAll(' ', '') : solution,
    right: true,
  }));
};

/** The largest number of a puzzle and another one that it has not. */
const numbersOf = ({ numbers }: Solved, dice: Rng): { readonly high: number; readonly other: number } => {
  const absent = Array.from({ length: 40 }, (_, i) => i + 11).filter((number) => !numbers.includes(number));
  return { high: Math.max(...numbers), other: dice.pick(absent) };
};

const wrong = (dice: Rng): readonly Case[] => {
  const puzzle = puzzleFrom(dice.fork('wrong'), 4, 3);
  const { numbers, target, solution } = puzzle;
  const { high, other } = numbersOf(puzzle, dice);
  // Once more than it is there: one `high` for each that is in the list, and one.
  const times = numbers.filter((number) => number === high).length + 1;
  const tooOften = Array.from({ length: times }, () => high).join(' + ');
  const cases: readonly (readonly [target: number, expression: string])[] = [
    [target + 1, solution],
    [target - 3, solution],
    [times * high, tooOften],
    [target, String(target)],
    [high + other, `${high} + ${other}`],
    [target, 'no idea'],
  ];
  return cases.map(([aim, expression]) => ({ numbers: [...numbers], target: aim, expression, right: false }));
};

/** Three right ones and six wrong ones, in any order. Each is what it is called by the host's own check. */
export const casesFrom = (dice: Rng): readonly Case[] => {
  const cases = [...right(dice.fork('right')), ...wrong(dice.fork('wrong'))];
  const mistaken = cases.find((one) => one.right !== (faultOf(one.expression, one) === null));
  if (mistaken !== undefined) throw new RangeError(`a case is not what it is called: ${JSON.stringify(mistaken)}`);
  return dice.shuffle(cases);
};
