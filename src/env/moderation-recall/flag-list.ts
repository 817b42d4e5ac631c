/**
 * Which posts an answer flags. Read in this order; the first that applies decides:
 * 1. A line `flagged: 2, 5`: also "Flagged posts: 2 and 5", `flags: #2, #5`, `flagged: 1-4`, `flagged: all`,
 *    `flagged: none`, and the same key as a heading above lines that begin with a number. The last line of the answer
 *    decides, as it was asked for; where none of these is last, they must agree.
 * 2. Sentences of lines of their own: "Posts 2 and 5 should be flagged."
 * 3. An answer that is nothing but numbers: `2, 5`.
 * 4. One line per post that says what happens to it: `3: flag`, `4. keep`, for every post.
 * Marks of headings, lists, quotes and emphasis do not matter. Numbers that name no post are left out.
 */

/** Longer lines list nothing. */
const LONGEST = 400;

const bare = (line: string): string =>
  line
    .replaceAll(/[*_`"'\u2018\u2019\u201c\u201d]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?: ?[#>\-+\u2022](?!\d))* ?/u, '')
    .trim()
    .toLowerCase();

const KEY =
  /^(?:(?:so|my|the|final|answer|list|of|all|following|posts?|to|be|should|must|need|i|would|will)[ :,]{1,2}){0,6}(?:flag(?:ged|s)?|flagging)(?: (?:the|these|those|following|posts?|numbers?|items?|list|are|is)){0,4} ?[:=]? ?(.*)$/;
const NOTHING = /^[([]?(?:none|no posts?|nothing|no one|0|-)[)\]]?[ .!]*$/;
const ALL = /^(?:all|every ?one|everything|all (?:of them|posts?|\d+(?: posts?)?)|every post)[ .!]*$/;
const NUMBER = '(?:(?:posts?|numbers?|nos?\\.?) )?#?\\d{1,4}(?: ?(?:-|\u2013|to) ?#?\\d{1,4})?';
const NUMBERS = new RegExp(`^[([]?${NUMBER}(?:[ ,;&/]+(?:and )?${NUMBER})*[)\\]]?[ .!]*$`);

/** Remarks in parentheses, and prose without a digit behind the list. */
const withoutRemarks = (text: string): string =>
  text
    .replaceAll(/\([^()]*\p{L}[^()]*\)/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/(?:[.;:] | [-\u2013\u2014] | (?:because|since|as|for) )\D*$/, '')
    .trim();

/** "Posts 2 and 5 should be flagged." */
const SENTENCE =
  /^(.{1,200}?) (?:should|must|need to|would|will|are|is|get|gets|to) (?:(?:to|be|all|both|therefore|clearly) ){0,3}(?:flagged|hidden|removed|taken down|come down|comes down)\b[^\d]*$/;

/** Numbers and ranges as a list; null where the text is something else. */
const numbersIn = (text: string, count: number): readonly number[] | null => {
  if (!NUMBERS.test(text)) return null;
  const spans = text.matchAll(/(\d{1,4})(?: ?(?:-|\u2013|to) ?#?(\d{1,4}))?/g);
  return [...spans].flatMap(([, from = '', to]) => {
    const [first, last] = [Number(from), to === undefined ? Number(from) : Math.min(Number(to), count)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  });
};

const listOf = (said: string, count: number): readonly number[] | null => {
  const text = withoutRemarks(said);
  if (NOTHING.test(text)) return [];
  if (ALL.test(text)) return Array.from({ length: count }, (_, at) => at + 1);
  return numbersIn(text, count);
};

/** The numbers that the lines under a heading begin with, up to the first line without one. */
const listUnder = (lines: readonly string[]): readonly number[] | null => {
  const found: number[] = [];
  for (const line of lines) {
    const number = /^(?:(?:\d{1,2}[.)] )?(?:post |no\.? ?)#?|#?)(\d{1,4})(?:$|[.):, -])/.exec(line)?.[1];
    if (number === undefined) break;
    found.push(Number(number));
  }
  return found.length === 0 ? null : found;
};

const VERDICT =
  /^(?:post |no\.? ?)?#?(\d{1,4}) ?[.):-]?(?: .{0,200}?)?[ :(-](not flag(?:ged)?|do not flag|dont flag|no flag|keep|kept|ok|okay|fine|stays?|allowed|harmless|flag(?:ged)?|hide|remove|takes? down|comes down|down)\)?[ .!]*$/;
const FLAGS = /^(?:flag(?:ged)?|hide|remove|takes? down|comes down|down)$/;

/** A line that only lists posts: it tells nothing else. */
export const isListLine = (line: string): boolean => {
  const text = bare(line.slice(0, LONGEST + 1));
  const rest = KEY.exec(text)?.[1];
  return rest === undefined ? VERDICT.test(text) : rest.trim() === '' || listOf(rest.trim(), 1) !== null;
};

const verdictsIn = (lines: readonly string[], count: number): readonly number[] | null => {
  const said = new Map<number, boolean>();
  for (const line of lines) {
    const [, number, verdict] = VERDICT.exec(line) ?? [];
    if (number === undefined || verdict === undefined) continue;
    const flags = FLAGS.test(verdict);
    if (said.has(Number(number)) && said.get(Number(number)) !== flags) return null;
    said.set(Number(number), flags);
  }
  const complete = Array.from({ length: count }, (_, at) => at + 1).every((post) => said.has(post));
  return complete ? [...said].flatMap(([post, flags]) => (flags ? [post] : [])) : null;
};

/** Null where numbers are given and none of them names a post. */
const posts = (numbers: readonly number[], count: number): readonly number[] | null => {
  const known = [...new Set(numbers)].filter((post) => post >= 1 && post <= count).sort((a, b) => a - b);
  return known.length === 0 && numbers.length > 0 ? null : known;
};

/** Posts 1 to `count` that the answer flags, ascending; null where it cannot be read. */
export const flagsIn = (answer: string, count: number): readonly number[] | null => {
  const lines = answer
    .split(/\r\n|\n|\r/)
    .map((line) => bare(line.slice(0, LONGEST + 1)))
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && line.length <= LONGEST);
  const claims = lines.flatMap((line, at) => {
    const rest = KEY.exec(line)?.[1];
    if (rest === undefined) return [];
    const list = rest.trim() === '' ? listUnder(lines.slice(at + 1)) : listOf(rest.trim(), count);
    const flags = list === null ? null : posts(list, count);
    return flags === null ? [] : [{ flags, isLast: at === lines.length - 1 }];
  });
  const claim = claims.at(-1);
  if (claim !== undefined) {
    return claim.isLast || claims.every(({ flags }) => flags.join() === claim.flags.join()) ? claim.flags : null;
  }
  const told = lines.flatMap((line) => numbersIn(withoutRemarks(SENTENCE.exec(line)?.[1] ?? ''), count) ?? []);
  if (told.length > 0) return posts(told, count);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) {
    const list = numbersIn(withoutRemarks(only), count);
    if (list !== null) return posts(list, count);
  }
  const verdicts = verdictsIn(lines, count);
  return verdicts === null ? null : posts(verdicts, count);
};
