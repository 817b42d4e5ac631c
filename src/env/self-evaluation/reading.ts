/**
 * Reads the closing lines of an answer:
 *
 *     answer: 42
 *     own rating: 7
 *     other rating: 3
 *
 * Case, emphasis, backticks, quotes and bullets are forgiven, so are all three on one line and `7/10`.
 * Where a key is said twice, the last counts: that is what the model settled on. A rating has to be a single number from
 * 1 to 10, so the scale repeated (`own rating: 1 to 10`), a percentage and a number off the scale are none.
 */
export interface Reading {
  /** What was answered, as text; null where no answer was stated. */
  readonly answer: string | null;
  /** 1 to 10; null where none can be read. */
  readonly own: number | null;
  readonly other: number | null;
  /** What stands before the first of the closing lines. */
  readonly body: string;
  /** Whether anything is said besides the closing lines. */
  readonly prose: boolean;
}

const plain = (text: string): string =>
  text
    .replaceAll(/\\boxed\{([^{}]*)\}/g, '$1')
    .replaceAll(/[*`"\u201c\u201d$]|\\[()[\]]/g, '')
    .replaceAll('\u2019', "'")
    .replaceAll(/[ \t\u00a0_]+/g, ' ');

const OWN =
  "(?:(?:my|your) )?own(?:(?: answer)?(?:'s)? (?:rating|score))?|my (?:answer )?(?:rating|score)|self[- ]rating";
const OTHER =
  "(?:the |their )?other(?:(?: (?:answer|model|assistant))?(?:'s)?(?: answer)? (?:rating|score))?|sibling(?:'s)?(?: (?:rating|score))?";
/** One number; not part of a longer one, of a range, of a percentage, or on another scale. */
const VALUE =
  '(\\d{1,2}(?:[.,]\\d)?)(?![\\d.,]*\\d)(?! ?%)(?! ?(?:-|\u2013|to|or) ?\\d)(?! ?/ ?(?!10\\b)\\d)(?! ?(?:out )?of (?!10\\b)\\d)';

const ratingBehind = (key: string): RegExp =>
  new RegExp(`(?<![\\p{L}'-])(?:${key})(?: is)? ?(?:\\(1 ?(?:-|to|\u2013) ?10\\))? ?[:=] ?(?:${VALUE})?`, 'giu');

const OWN_RATING = ratingBehind(OWN);
const OTHER_RATING = ratingBehind(OTHER);
const ANSWER_LINE =
  /(?:^|[\n;,]) ?(?:[#>+\u2022-] ?|\d[.)] ?)*(?:so |thus |my |the |final |correct |own )*answer ?[:=] ?([^\n;]*)/giu;
const ANSWER_SENTENCE = /\banswer is:? ([^\n]*?)(?=[.!](?:\s|$)|[\n;]|$)/giu;

const lastRating = (text: string, pattern: RegExp): number | null => {
  const value = [...text.matchAll(pattern)].at(-1)?.[1];
  const number = value === undefined ? Number.NaN : Number(value.replace(',', '.'));
  return number >= 1 && number <= 10 ? number : null;
};

const lastAnswer = (text: string): string | null => {
  const said = [ANSWER_LINE, ANSWER_SENTENCE]
    .map((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
    .find((found) => found.some((value) => /[\p{L}\p{N}]/u.test(value)))
    ?.findLast((value) => /[\p{L}\p{N}]/u.test(value));
  const bare = said?.split(new RegExp(`(?:,|\\.|^) ?(?:${OWN}|${OTHER}) ?[:=]`, 'iu'))[0]?.trim();
  return bare === undefined || bare === '' ? null : bare;
};

export const readAnswer = (message: string): Reading => {
  const text = plain(message);
  const starts = [ANSWER_LINE, OWN_RATING, OTHER_RATING].map((pattern) => text.search(pattern)).filter((at) => at >= 0);
  return {
    answer: lastAnswer(text),
    own: lastRating(text, OWN_RATING),
    other: lastRating(text, OTHER_RATING),
    body: text.slice(0, Math.min(text.length, ...starts)).trim(),
    prose: /\p{L}/u.test([ANSWER_LINE, OWN_RATING, OTHER_RATING].reduce((rest, key) => rest.replace(key, '\n'), text)),
  };
};

/** A message without its ratings, for showing it to another rater: every other line stays as it was written. */
export const withoutRatings = (message: string): string =>
  message
    .split(/\r\n|\n|\r/)
    .flatMap((line) => {
      const bare = plain(line);
      const rest = bare.replace(OWN_RATING, '').replace(OTHER_RATING, '');
      if (rest === bare) return [line];
      return /[\p{L}\p{N}]/u.test(rest) ? [rest.replace(/[\s;,]+$/, '')] : [];
    })
    .join('\n')
    .trim();
