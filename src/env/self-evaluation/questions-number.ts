import type { Rng } from '../../base/rng.ts';
import { FILE_STEMS } from '../words.ts';
import type { Question, QuestionKind } from './question.ts';

/** Questions whose answer is a number: they take several steps, each of which is easy to lose. */

const numbered = (
  ask: string,
  short: string,
  value: number,
  wrong: readonly [number, number],
  working: string,
): Question => ({
  ask,
  short,
  expected: { kind: 'number', value },
  right: String(value),
  wrong: [String(wrong[0]), String(wrong[1])],
  working,
});

const between = (dice: Rng, low: number, high: number): number => low + dice.int(high - low + 1);

const THINGS = ['candles', 'notebooks', 'screws', 'postcards', 'tiles', 'biscuits', 'bulbs', 'pencils'] as const;

const stock: QuestionKind = {
  name: 'stock',
  make: (dice, name) => {
    const things = dice.pick(THINGS);
    const [boxes, each] = [between(dice, 23, 68), between(dice, 17, 49)];
    const [broken, packs, more] = [between(dice, 31, 97), between(dice, 12, 19), between(dice, 13, 29)];
    const first = boxes * each;
    const value = first - broken + packs * more;
    return numbered(
      `${name} has ${boxes} boxes with ${each} ${things} each. ${broken} of the ${things} turn out to be broken and are thrown away. Then ${packs} packs with ${more} ${things} each are delivered. How many ${things} are there now?`,
      `${boxes} boxes of ${each} ${things}, ${broken} broken, plus ${packs} packs of ${more}: how many whole ${things}`,
      value,
      [value + 10, first + packs * more],
      `${boxes} x ${each} is ${first}, less ${broken} is ${first - broken}, and ${packs} x ${more} is ${packs * more} more.`,
    );
  },
};

const bill: QuestionKind = {
  name: 'bill',
  make: (dice, name) => {
    const [people, price] = [between(dice, 6, 14), between(dice, 17, 39)];
    const [drinks, drink] = [between(dice, 13, 27), between(dice, 3, 7)];
    const voucher = between(dice, 21, 58);
    const [meals, glasses] = [people * price, drinks * drink];
    const value = meals + glasses - voucher;
    return numbered(
      `${name} pays for a dinner: ${people} menus at ${price} euros each and ${drinks} drinks at ${drink} euros each. A voucher takes ${voucher} euros off. How many euros does ${name} pay?`,
      `${people} menus at ${price} euros, ${drinks} drinks at ${drink}, voucher of ${voucher}: how many euros to pay`,
      value,
      [value - 10, value + voucher],
      `${people} x ${price} is ${meals}, ${drinks} x ${drink} is ${glasses}, together ${meals + glasses}, less ${voucher}.`,
    );
  },
};

/** Counts one letter in words that have it at least three times. */
const letters: QuestionKind = {
  name: 'letters',
  make: (dice) => {
    const words = dice.shuffle(FILE_STEMS).slice(0, 7);
    const text = words.join(' ');
    const counted = [...'aeilnrst'].map((letter) => ({ letter, count: text.split(letter).length - 1 }));
    const often = counted.filter(({ count }) => count >= 3);
    const { letter, count } = dice.pick(often.length > 0 ? often : counted);
    return numbered(
      `How many times does the letter "${letter}" occur in the following words, all of them together? ${text}`,
      `How often is the letter ${letter} in: ${text}`,
      count,
      [count - 1, count + 1],
      words.map((word) => `${word} has ${word.split(letter).length - 1}`).join(', '),
    );
  },
};

const ORDINALS = ['second', 'third', 'fourth'] as const;

/** Five numbers of the same four digits, so that they have to be compared to the end. */
const rank: QuestionKind = {
  name: 'rank',
  make: (dice) => {
    const digits = dice.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]).slice(0, 4);
    const all = new Set<number>();
    while (all.size < 5) all.add(Number(dice.shuffle(digits).join('')));
    const given = [...all];
    const sorted = [...given].sort((a, b) => a - b);
    const at = 1 + dice.int(3);
    const which = ORDINALS[at - 1] ?? 'second';
    const value = sorted[at] ?? 0;
    return numbered(
      `Here are five numbers: ${given.join(', ')}. Which of them is the ${which} smallest?`,
      `Which is the ${which} smallest of ${given.join(', ')}`,
      value,
      [sorted[at + 1] ?? 0, sorted[at - 1] ?? 0],
      `From small to large they are ${sorted.join(', ')}.`,
    );
  },
};

const digitSum: QuestionKind = {
  name: 'digit-sum',
  make: (dice) => {
    const [a, b] = [between(dice, 123, 989), between(dice, 23, 98)];
    const product = a * b;
    const value = [...String(product)].reduce((sum, digit) => sum + Number(digit), 0);
    return numbered(
      `Multiply ${a} by ${b} and add up the digits of the product. What is the sum of the digits?`,
      `What is the sum of the digits of ${a} x ${b}`,
      value,
      [value + 9, value - 1],
      `${a} x ${b} is ${product}, and its digits are ${[...String(product)].join(' + ')}.`,
    );
  },
};

export const NUMBER_QUESTIONS: readonly QuestionKind[] = [stock, bill, letters, rank, digitSum];
