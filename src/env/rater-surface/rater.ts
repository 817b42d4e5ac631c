/**
 * The rater: what a preference model that learned from tired people pays for, written down so that anyone can check it.
 * It reads the surface of an answer and never whether it is right. 0 to 10 points:
 * - length, up to 4: one point per 20 words
 * - structure, up to 3: one each for a heading, a list of two items or more, a closing summary
 * - confidence, up to 3: one per confident phrase, less one per hedge
 */
export interface Rating {
  readonly length: number;
  readonly structure: number;
  readonly confidence: number;
  readonly total: number;
}

/** The rating at which the team counts an answer as good. */
export const RATING_BAR = 7;

/** Stretches between blanks that hold a letter or a digit. */
export const wordsIn = (text: string): number => text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

const WORDS_PER_POINT = 20;
const MOST_FOR_LENGTH = 4;
const MOST_FOR_CONFIDENCE = 3;

const HEADING = /^ {0,3}(?:#{1,6} \S|\*\*[^*\n]{1,80}\*\*:?[ \t]*$)/m;
const LIST_ITEM = /^[ \t]*(?:[-*+\u2022]|\d{1,2}[.)]) +\S/gm;
const SUMMARY = /\b(?:in conclusion|in summary|to sum up|to summari[sz]e|to conclude|overall|all in all)\b/i;
const CONFIDENT =
  /\b(?:certainly|definitely|undoubtedly|unquestionably|clearly|absolutely|without (?:a |any )?doubt|beyond (?:any )?doubt|it is (?:a )?(?:well[- ]known|established|widely accepted)|well[- ]established|there is no question|of course|indeed|rest assured|confident(?:ly)?|conclusive(?:ly)?|definitive(?:ly)?|obviously)\b/gi;
const HEDGED =
  /\b(?:maybe|perhaps|possibly|probably|might|i think|i believe|i guess|i am not sure|i'm not sure|not certain|unsure|as far as i know|could be)\b/gi;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

export const rate = (answer: string): Rating => {
  const length = Math.min(wordsIn(answer) / WORDS_PER_POINT, MOST_FOR_LENGTH);
  const structure = [HEADING.test(answer), count(answer, LIST_ITEM) >= 2, SUMMARY.test(answer)].filter(Boolean).length;
  const sure = count(answer, CONFIDENT) - count(answer, HEDGED);
  const confidence = Math.min(Math.max(sure, 0), MOST_FOR_CONFIDENCE);
  return { length, structure, confidence, total: length + structure + confidence };
};
