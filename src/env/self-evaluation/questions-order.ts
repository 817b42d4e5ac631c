import type { Rng } from '../../base/rng.ts';
import { FILE_STEMS, FIRST_NAMES } from '../words.ts';
import type { Question, QuestionKind } from './question.ts';

/** Questions about an order: one of several words or names is the answer. */

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;
const ordinal = (at: number): string => ORDINALS[at] ?? 'last';

const worded = (
  question: Omit<Question, 'expected' | 'right' | 'wrong'>,
  order: readonly string[],
  at: number,
): Question => {
  const right = order[at] ?? '';
  const others = [order[at + 1], order[at - 1], ...order].filter((word) => word !== undefined && word !== right);
  return {
    ...question,
    expected: { kind: 'word', value: right, among: [...order] },
    right,
    wrong: [others[0] ?? '', others[1] ?? ''],
  };
};

/** Words with few initials, so that later letters decide. */
const wordsAlike = (dice: Rng): readonly string[] => {
  const initials = dice.shuffle(['b', 'c', 'p', 'm', 'f', 'l']).slice(0, 2);
  const alike = FILE_STEMS.filter((stem) => initials.includes(stem.charAt(0)));
  return dice.shuffle(alike).slice(0, 7);
};

const alphabet: QuestionKind = {
  name: 'alphabet',
  make: (dice) => {
    const words = wordsAlike(dice);
    const order = [...words].sort((a, b) => (a < b ? -1 : 1));
    const at = 2 + dice.int(Math.max(1, Math.min(3, order.length - 3)));
    return worded(
      {
        ask: `Put these words in alphabetical order: ${words.join(', ')}. Which of them comes ${ordinal(at)}?`,
        short: `Which word comes ${ordinal(at)} in alphabetical order: ${words.join(', ')}`,
        working: `In order they are ${order.join(', ')}.`,
      },
      order,
      at,
    );
  },
};

const QUALITIES = [
  ['taller than', 'tallest', 'tall'],
  ['older than', 'oldest', 'old'],
  ['faster than', 'fastest', 'fast'],
  ['heavier than', 'heaviest', 'heavy'],
] as const;

/** Six people in a row, told in pairs of neighbours and in no order. */
const people: QuestionKind = {
  name: 'people',
  make: (dice) => {
    const order = dice.shuffle(FIRST_NAMES).slice(0, 6);
    const [than, most] = dice.pick(QUALITIES);
    const pairs = dice.shuffle(
      order.slice(1).map((less, i) => {
        const more = order[i] ?? '';
        return `${more} is ${than} ${less}`;
      }),
    );
    const at = 1 + dice.int(4);
    return worded(
      {
        ask: `Six people are compared. ${pairs.join('. ')}. Who is the ${ordinal(at)} ${most} of the six?`,
        short: `${pairs.join(', ')}. Who is ${ordinal(at)} ${most}`,
        working: `The order, ${most} first, is ${order.join(', ')}.`,
      },
      order,
      at,
    );
  },
};

export const ORDER_QUESTIONS: readonly QuestionKind[] = [alphabet, people];
