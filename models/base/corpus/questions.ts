import type { Rng } from '../../../src/base/rng.ts';
import type { Errand } from './errand.ts';
import { ADJECTIVES, NAMES, PIECES } from './vocabulary.ts';

/** Small questions that need no file. */

const KINDS: readonly ((dice: Rng) => readonly [ask: string, answer: string])[] = [
  (dice) => {
    const [a, b] = [dice.int(20), dice.int(20)];
    return [`What is ${a} plus ${b}?`, `${a} plus ${b} is ${a + b}.`];
  },
  (dice) => {
    const b = dice.int(10);
    const a = b + dice.int(10);
    return [`What is ${a} minus ${b}?`, `${a} minus ${b} is ${a - b}.`];
  },
  (dice) => {
    const [a = '', b = '', c = ''] = dice.shuffle(PIECES);
    const [which, word] = dice.pick([
      ['first', a],
      ['second', b],
      ['third', c],
      ['last', c],
    ] as const);
    return [`Which word is the ${which} of ${a}, ${b}, ${c}?`, `The ${which} one is ${word}.`];
  },
  (dice) => {
    const name = dice.pick(NAMES);
    return [`Please say hello to ${name}.`, `Hello ${name}!`];
  },
  (dice) => {
    const [adjective, piece] = [dice.pick(ADJECTIVES), dice.pick(PIECES)];
    return [`The ${piece} is ${adjective}. How is the ${piece}?`, `The ${piece} is ${adjective}.`];
  },
];

export const question = (dice: Rng): Errand => {
  const [request, report] = dice.pick(KINDS)(dice);
  return {
    request,
    clause: null,
    files: [],
    folder: null,
    reads: [],
    fact: 'It is easy to say',
    will: 'I will say it.',
    acts: [],
    report,
  };
};
