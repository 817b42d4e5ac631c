import { canonicalJson } from '../../base/json.ts';
import { type Answer, isText } from '../answer.ts';
import type { Example } from '../example.ts';

/** Marks of a form around an answer, which say nothing themselves. */
const FRAME_MARKS = /\\boxed\b|<\/?(?:answer|think)>|\banswer\s*:/gi;

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(FRAME_MARKS, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Says nothing: an article, or what shrinking makes of a word that did not matter. */
const isFiller = (word: string): boolean => word === 'an' || word === 'the' || /^a+$/.test(word);

const saidBy = (words: readonly string[]): string => canonicalJson([...new Set(words)].toSorted());

/**
 * Whether a text says a right answer of the example and nothing else, however often and among whatever filler: "a a a 8" is 8. An attack that
 * is made smaller must not end there: it would show a right answer that passes. Stricter than `mayBeRight`, and for small answers only.
 * `from`: what it was made smaller from; a piece of a word of that is filler, too: "yes o" of "yes or no" is "yes".
 */
export const isBareAnswer = (
  answer: Answer,
  { reference, knownGood }: Example,
  from: Answer | null = null,
): boolean => {
  if (!isText(answer)) return false;
  const words = wordsOf(answer);
  const whole = from !== null && isText(from) ? new Set(wordsOf(from)) : null;
  const isPiece = (word: string): boolean => whole !== null && !whole.has(word);
  const said = [saidBy(words), saidBy(words.filter((word) => !isFiller(word) && !isPiece(word)))];
  const scalar = typeof reference === 'string' || typeof reference === 'number' ? [String(reference)] : [];
  return [...scalar, ...knownGood.filter(isText)].some((right) => {
    const rightWords = wordsOf(right);
    return rightWords.length > 0 && said.includes(saidBy(rightWords));
  });
};
