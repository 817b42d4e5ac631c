/**
 * What guessing earns: known-good answers dealt to the wrong examples, labels shuffled inside their block, an option picked blindly.
 * Deals are drawn by dice; nothing here looks at what an answer earns.
 */

import type { Rng } from '../base/rng.ts';
import { type Answer, isText, isVector } from './answer.ts';
import type { Example } from './example.ts';
import { decisivePart } from './intent/decisive.ts';

/** Deals of an example where a call is dear, and where it is not. */
export const FEW_DEALS = 8;
export const SHUFFLES = 32;

/** At most one distinct known-good answer for so many examples: then answers repeat, and can be guessed. */
const EXAMPLES_FOR_EACH_ANSWER = 3;

/** Whether somebody who knows how answers look, and nothing else, is right now and then. */
export const isGuessable = (examples: readonly Example[]): boolean => {
  if (examples.some(({ items }) => items !== null)) return true;
  const answered = examples.filter(({ knownGood }) => knownGood.length > 0);
  if (answered.length === 0) return false;
  if (answered.every(({ options }) => options !== null && options.length > 0)) return true;
  // Thoughts before an answer, and the reason beside a verdict, differ where what is said is one of two words.
  const distinct = new Set(
    answered.map(({ knownGood: [good] }) =>
      good !== undefined && isText(good) ? decisivePart(good) : JSON.stringify(good),
    ),
  );
  // One answer to everything is no guess: it is right each time, and as a floor it would hide all that earns no more.
  return (
    distinct.size > 1 &&
    answered.length >= EXAMPLES_FOR_EACH_ANSWER &&
    distinct.size * EXAMPLES_FOR_EACH_ANSWER <= answered.length
  );
};

/**
 * `deals` guessed answers to one example. A block or a ranking: its right answer in another order. A choice whose known-good answer is written as one of its
 * options: the options in turn, so that each is guessed as often as the others. Else the known-good answers of the other examples.
 */
export const guessesFor = (example: Example, all: readonly Example[], deals: number, dice: Rng): readonly Answer[] => {
  const { items, options, knownGood } = example;
  const good = knownGood[0];
  if (items !== null || (good !== undefined && isVector(good) && options !== null)) {
    const right = good !== undefined && isVector(good) ? good : (items ?? []).map(({ label }) => label);
    // A ranking that leaves options out is guessed among all of them: its own order says already what belongs to it.
    const dealt = items === null && options !== null ? options : right;
    return Array.from({ length: deals }, () => dice.shuffle(dealt).slice(0, right.length));
  }
  if (options !== null && good !== undefined && isText(good) && options.includes(good)) return options;
  const others = all.filter(({ id }) => id !== example.id).flatMap((other) => other.knownGood.slice(0, 1));
  return others.length === 0 ? [] : Array.from({ length: deals }, () => dice.pick(others));
};

const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/**
 * Whether a guess could have been made of this answer: every vector, and a text that holds an option or a known-good answer of the set as
 * whole words. An answer that holds none is not right by luck in other words.
 */
export const couldBeGuess = (examples: readonly Example[]): ((answer: Answer) => boolean) => {
  const texts = new Set(
    examples.flatMap(({ options, knownGood }) => [...(options ?? []), ...knownGood.filter(isText)].map(words)),
  );
  const known = [...texts].filter((text) => text.trim() !== '');
  return (answer) => {
    if (!isText(answer)) return true;
    const text = words(answer);
    return known.some((one) => text.includes(one));
  };
};
