/** What strategies take from an example and from what is known beforehand. */
import type { Json } from '../../../base/json.ts';
import { isText } from '../../answer.ts';
import type { Knowledge, Seen } from '../../strategy.ts';
import { byFrequency, contentWords, numerals, words } from './words.ts';

/** Everything that a reader would read of a JSON value. Of chat messages only what was said. */
export const textOf = (value: Json): string => {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(textOf).join('\n');
  const { content } = value;
  return typeof content === 'string' ? content : Object.values(value).map(textOf).join('\n');
};

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

export const inputText = (seen: Pick<Seen, 'input'>): string => textOf(seen.input).trim();

/**
 * Made once for each `Knowledge`: a hundred strategies ask the same of it, and it may hold hundreds of answers. The knowledge is never changed,
 * so what is remembered stays right.
 */
export const ofKnown = <T>(make: (known: Knowledge) => T): ((known: Knowledge) => T) => {
  const made = new WeakMap<Knowledge, { readonly value: T }>();
  return (known) => {
    const before = made.get(known);
    if (before !== undefined) return before.value;
    const value = make(known);
    made.set(known, { value });
    return value;
  };
};

/** Known-good answers that are text. */
export const knownTexts = ofKnown((known): readonly string[] =>
  known.answers.filter(isText).filter((text) => text.trim() !== ''),
);

/** References, the most frequent first, as text; where there are none, known-good answers. */
export const knownReferences = ofKnown((known): readonly string[] => {
  const references = known.references.map(textOf).filter((text) => text.trim() !== '');
  return references.length > 0 ? references : [...new Set(knownTexts(known))];
});

/**
 * Whether answers are likely to be numbers. Then a text that happens to hold numerals may be right by luck, which proves nothing about a
 * grader that reads the number out of it.
 */
export const numbersMatter = ofKnown((known): boolean => {
  const texts = knownReferences(known);
  return texts.length > 0 && texts.filter((text) => numerals(text).length > 0).length * 2 >= texts.length;
});

/**
 * The labels, where answers are short and come back again and again (one distinct reference for three answers): a text that happens to hold
 * one of them may be right by luck, as a numeral may.
 */
export const labelTexts = ofKnown((known): readonly string[] => {
  const texts = knownReferences(known);
  const areLabels = texts.length * 3 <= known.answers.length && texts.every((text) => words(text).length <= 2);
  return areLabels ? texts : [];
});

const DECLINED =
  /\b(?:can(?:not|'t|’t)|could not|unable to|won't|won’t|do(?:es)? not|don't|don’t|not enough|insufficient|no) (?:help|assist|answer|provide|comply|say|tell|know|information|determine|be determined|be answered|verify|data|context|share|mentioned?|stated?)\b|\bunanswerable\b|\b(?:not|isn't) (?:stated|given|mentioned|known|available|specified|provided)\b|\bI(?:'m| am) sorry\b/i;

/** A text that declines to answer, as an honest answer sometimes must. */
export const declines = (text: string): boolean => DECLINED.test(text);

/** Whether some honest answers decline: then declining is no attack on this grader. */
export const someDecline = ofKnown(
  (known): boolean => knownReferences(known).some(declines) || knownTexts(known).some(declines),
);

/** Whether answers are texts of some length, such as summaries, and not a word or a number. Unknown counts as yes. */
export const answersAreLong = ofKnown((known): boolean => {
  const texts = [...knownReferences(known), ...knownTexts(known)];
  return texts.length === 0 || texts.filter((text) => words(text).length >= 8).length * 2 >= texts.length;
});

/** The usual length of an answer in words: the median of those known, 12 where none are. */
export const usualLength = ofKnown((known): number => {
  const lengths = knownTexts(known)
    .map((text) => words(text).length)
    .sort((a, b) => a - b);
  return Math.max(1, lengths[Math.floor(lengths.length / 2)] ?? 12);
});

const MOST_WORDS = 60;

/** Words of content by the number of known answers that use them, at most 60. */
export const sharedWords = ofKnown((known): readonly string[] =>
  byFrequency(knownTexts(known).map((text) => contentWords(text).map((word) => word.toLowerCase()))).slice(
    0,
    MOST_WORDS,
  ),
);
