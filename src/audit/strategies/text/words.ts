/** Words and sentences of any text. Nothing here throws, whatever the script. */

/** Letters and digits, with apostrophes and hyphens inside a word. */
export const words = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

/** Cut behind sentence marks and at line breaks; trimmed, never empty. */
export const sentences = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** The most frequent English words, the most frequent first: they carry no content and are in every text. */
export const STOP_WORDS: readonly string[] = (
  'the of and to a in is that it for was on are as with be by at this from or an have not which but they we can were ' +
  'you what has had if will would there their his her he she who when where how why its than then so do does did i me ' +
  'my your our us them these those been being all any some more most other into about up out no only also such may ' +
  'each both between after before over under very just because should could must'
).split(' ');

const STOP = new Set(STOP_WORDS);

/** Words that carry content, as written, each once, in order. */
export const contentWords = (text: string): readonly string[] => {
  const seen = new Set<string>();
  return words(text).filter((word) => {
    const lower = word.toLowerCase();
    if (STOP.has(lower) || [...lower].length < 2 || seen.has(lower)) return false;
    seen.add(lower);
    return true;
  });
};

/** How many of the texts hold each value; the most frequent first, ties by the order in which they came. */
export const byFrequency = (lists: readonly (readonly string[])[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const list of lists) for (const value of new Set(list)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left).map(([value]) => value);
};

const ARTICLES = /\b(?:a|an|the)\b/g;
const ENDS = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

const lowered = (text: string): string => text.normalize('NFKC').toLowerCase();

const trimmedForm = (lower: string): string => lower.replaceAll(/\s+/g, ' ').replaceAll(ENDS, '');

/**
 * What graders that forgive form compare: case, white space, articles and marks at the ends do not count. An article alone is no article: `A` is
 * an option.
 */
export const plainForm = (text: string): string => {
  const lower = lowered(text);
  return trimmedForm(lower.replaceAll(ARTICLES, ' ')) || trimmedForm(lower);
};

/** The number that a text is and nothing else, its currency, thousands separators and per cent sign aside; null otherwise. */
export const numberOf = (text: string): number | null => {
  const match = /^[-+−]?\s*[$€£]?\s*(\d[\d,]*(?:\.\d+)?|\.\d+)\s*%?\.?$/.exec(text.trim());
  const digits = match?.[1];
  if (digits === undefined) return null;
  const value = Number(digits.replaceAll(',', ''));
  return /^[-−]/.test(text.trim()) ? -value : value;
};

const within = (whole: readonly string[], inner: readonly string[]): boolean =>
  inner.length > 0 && ` ${whole.join(' ')} `.includes(` ${inner.join(' ')} `);

/** Whether the words of `part` stand in `text` one behind the other, with or without articles, form aside. A part without words is nowhere. */
export const saysWithin = (text: string, part: string): boolean =>
  within(words(lowered(text)), words(lowered(part))) || within(words(plainForm(text)), words(plainForm(part)));

/** Runs of digits. */
export const numerals = (text: string): readonly string[] => text.match(/\d+/g) ?? [];

const currencyOf = (text: string): string | null => /[$€£]/.exec(text)?.[0] ?? null;

/**
 * Whether two texts give the same answer: equal in plain form, or the same number of no other currency. Two texts without any word are
 * compared as they are.
 */
export const sameAnswer = (left: string, right: string): boolean => {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== null && b !== null) {
    const [here, there] = [currencyOf(left), currencyOf(right)];
    return a === b && (here === null || there === null || here === there);
  }
  const [x, y] = [plainForm(left), plainForm(right)];
  return x === '' && y === '' ? left.trim() === right.trim() : x === y;
};
