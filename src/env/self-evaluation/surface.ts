/**
 * What of an answer can be seen without knowing whether it is right: the features that the essay says ratings follow.
 * Counts over English words and Markdown; a heuristic description, never part of a verdict.
 */
export interface Surface {
  /** Words before the closing lines. */
  readonly words: number;
  /** Headings, list items, bold spans and fenced blocks. */
  readonly marks: number;
  /** Words and phrases that claim certainty ("clearly", "without doubt", "double-checked"). */
  readonly certain: number;
  /** Words and phrases that admit doubt ("perhaps", "I think", "not sure"). */
  readonly doubtful: number;
  /** Numbers in the text, a sign of shown work. */
  readonly numbers: number;
}

const MARKS = /^ {0,3}(?:#{1,6} |[-*+\u2022] |\d{1,2}[.)] )|\*\*[^*\n]+\*\*|^```/gm;
const CERTAIN =
  /\b(?:clearly|certain(?:ly)?|definite(?:ly)?|obvious(?:ly)?|undoubtedly|without (?:any |a )?doubt|surely|absolutely|exactly|precisely|double-?checked|verified|confident(?:ly)?|guaranteed?|straightforward|indeed)\b/gi;
const DOUBTFUL =
  /\b(?:perhaps|maybe|might|may be|could be|i think|i believe|i guess|probably|possibly|likely|roughly|about right|not (?:entirely |quite |completely )?(?:sure|certain)|unsure|uncertain|seems?|appears?)\b/gi;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** `message` as written, `body` what of it stands before the closing lines. */
export const surfaceOf = (message: string, body: string): Surface => ({
  words: count(body, /[\p{L}\p{N}]+/gu),
  marks: count(message, MARKS),
  certain: count(body, CERTAIN),
  doubtful: count(body, DOUBTFUL),
  numbers: count(body, /\d+(?:[.,:]\d+)*/g),
});
