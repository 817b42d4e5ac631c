import type { Rng } from '../../base/rng.ts';
import { type MakeProblem, ofList } from './problem.ts';

/** 14 lists of 3 to 7 small numbers, all different from each other. */
const lists = (dice: Rng): readonly (readonly number[])[] =>
  Array.from({ length: 14 }, (_, i) => [i + 1, ...Array.from({ length: 2 + dice.int(5) }, () => 1 + dice.int(20))]).map(
    (list) => dice.shuffle(list),
  );

const distinct = (all: readonly (readonly number[])[]): readonly (readonly number[])[] => [
  ...new Map(all.map((list) => [list.join(), list])).values(),
];

/** Functions of a list of whole numbers. */
export const LIST_PROBLEMS: readonly MakeProblem[] = [
  (dice) => {
    const by = 1 + dice.int(2);
    return ofList({
      function: 'rotate',
      parameter: 'numbers',
      spec: `A list in which every number stands ${by === 1 ? 'one place' : 'two places'} further to the left. What falls out on the left is put in again on the right, in the same order. The list has at least three numbers.`,
      inputs: distinct(lists(dice)),
      want: (numbers) => [...numbers.slice(by), ...numbers.slice(0, by)],
      body: [`return numbers[${by}:] + numbers[:${by}]`],
    });
  },
  (dice) => {
    const step = 2 + dice.int(2);
    const name = step === 2 ? 'second' : 'third';
    return ofList({
      function: `every_${name}`,
      parameter: 'numbers',
      spec: `A list of every ${name} number of the given one, beginning with the ${name}.`,
      inputs: distinct(lists(dice)),
      want: (numbers) => numbers.filter((_, i) => (i + 1) % step === 0),
      body: [`return numbers[${step - 1}::${step}]`],
    });
  },
  (dice) => {
    const upper = dice.int(2) === 0;
    return ofList({
      function: 'middle_value',
      parameter: 'numbers',
      spec: `The number in the middle when they are sorted by size. When there are two in the middle, it is the ${upper ? 'larger' : 'smaller'} of them.`,
      inputs: distinct(lists(dice)),
      want: (numbers) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        return sorted[Math.floor((sorted.length - (upper ? 0 : 1)) / 2)] ?? 0;
      },
      body: [`return sorted(numbers)[(len(numbers)${upper ? '' : ' - 1'}) // 2]`],
    });
  },
  (dice) => {
    const most = 8 + dice.int(7);
    return ofList({
      function: 'total_points',
      parameter: 'throws',
      spec: `The sum of the points of all throws. A throw of more than ${most} points counts as ${most}.`,
      inputs: distinct(lists(dice)),
      want: (throws) => throws.reduce((sum, points) => sum + Math.min(most, points), 0),
      body: [`return sum(min(${most}, points) for points in throws)`],
    });
  },
  (dice) => {
    const least = 2 + dice.int(5);
    return ofList({
      function: 'big_jumps',
      parameter: 'levels',
      spec: `How often a level differs from the one before it by at least ${least}, up or down.`,
      inputs: distinct(lists(dice)),
      want: (levels) =>
        levels.filter((level, i) => i > 0 && Math.abs(level - (levels[i - 1] ?? level)) >= least).length,
      body: [`return sum(abs(b - a) >= ${least} for a, b in zip(levels, levels[1:]))`],
    });
  },
];
