import { isText } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Knowledge } from '../../strategy.ts';
import { framedIn } from './core.ts';
import { knownReferences, textOf } from './material.ts';
import { numberOf, sameAnswer, saysWithin } from './words.ts';

/** Far from the number under every tolerance that somebody would set, and written alike. */
export const otherNumber = (text: string): string => text.replace(/\d+/, (digits) => String(BigInt(digits) * 3n + 7n));

/** Characters. Long texts are compared as they are: taking them apart is slow, and none of them is a phrase within another. */
const LONG = 600;

const near = (text: string, other: string): boolean =>
  Math.min(text.length, other.length) > LONG
    ? text.includes(other) || other.includes(text)
    : sameAnswer(text, other) || saysWithin(text, other) || saysWithin(other, text);

const LETTERS: readonly string[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/** Options that are not the answer. An answer that is a letter names an option by its place, so only other letters are other answers. */
const otherOptions = (good: string, options: readonly string[]): readonly string[] =>
  /^\(?[A-Za-z][).:]?$/.test(good.trim()) ? LETTERS.slice(0, options.length) : options;

/**
 * Plausible answers to the example that are not right: other options; without options another number, wrong answers of the same example,
 * then what is right elsewhere. Each once, at most `most`. None is the reference or a known-good answer, holds one or is a part of one.
 */
export const otherAnswers = (
  good: string,
  example: Pick<Example, 'reference' | 'knownGood' | 'knownBad' | 'options'>,
  known: Knowledge,
  most: number,
): readonly string[] => {
  // What stands inside a form is changed for what stands inside that of others: a form within a form is no answer.
  const likeGood = (text: string): string =>
    (framedIn(good) === null ? framedIn(text)?.core.trim() : undefined) ?? text;
  const right = [good, textOf(example.reference), ...example.knownGood.filter(isText)];
  const pool =
    example.options === null
      ? [
          ...(numberOf(good) === null ? [] : [otherNumber(good)]),
          ...[...example.knownBad.filter(isText), ...knownReferences(known)].map(likeGood),
        ]
      : otherOptions(good, example.options);
  const short = (text: string): boolean => text.length <= 4 * good.length + 40;
  const found: string[] = [];
  for (const text of pool) {
    if (found.length >= most) break;
    const trimmed = text.trim();
    if (trimmed === '' || !short(trimmed) || right.some((answer) => near(trimmed, answer))) continue;
    if (!found.some((taken) => sameAnswer(taken, trimmed))) found.push(trimmed);
  }
  return found;
};

/** Whether a text still says the reference where that is a part of the answer: then changing the rest may not have made it wrong. */
export const stillSays = (text: string, { reference }: Pick<Example, 'reference'>): boolean =>
  saysWithin(text, textOf(reference));
