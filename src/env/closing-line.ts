/**
 * The closing line of an answer, such as `done: 2 of 3`: the one reader of all families.
 *
 * It must be the last line that holds a letter or a digit, and no other line may claim something else under the same
 * key: `answer: A` above `answer: B` is no claim. Case does not matter, nor do marks of headings, lists and quotes in
 * front, emphasis, backticks and quotation marks anywhere, a full stop, or one remark in parentheses behind.
 * Before `done:` and `answer:` a short lead-in may stand on the same line ("All in all, done: 2 of 3"), unless it
 * negates or repeats the key; a count stands alone, since a sentence that mentions `episodes: unknown` need not say so.
 */

interface Form {
  /** What stands behind the key, in lower case with single blanks. */
  readonly value: string;
  /** Most characters of the lead-in. */
  readonly leadIn: number;
}

/** Any other key counts something. */
const FORMS: Readonly<Record<string, Form>> = {
  done: { value: '(\\d{1,4} of \\d{1,4})(?: items?)?', leadIn: 60 },
  answer: { value: '(a|b|neither|\\( ?(?:a|b|neither) ?\\))', leadIn: 60 },
};
const COUNT: Form = { value: '(unknown|-?\\d[\\d.,]{0,19})', leadIn: 0 };

const NEGATED =
  /\b(?:not|never|no|nor|neither|without|cannot|if|(?:is|was|are|do|does|did|ca|wo|would|could|should)nt)\b/;

/** Longer lines claim nothing. */
const LONGEST = 400;

/** Without dress, in lower case, with single blanks. */
const bare = (line: string): string =>
  line
    .replaceAll(/[*_`"'\u2018\u2019\u201c\u201d]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^(?: ?(?:[#>\-+\u2022]|\d{1,2}[.)] ))* ?/u, '')
    .trimEnd()
    .toLowerCase();

const readerOf = (key: string): ((line: string) => string | null) => {
  const { value, leadIn } = FORMS[key] ?? COUNT;
  const whole = new RegExp(
    `^(.{0,${leadIn}}?)(?<![\\p{L}\\p{N}-])${key} ?: ?${value} ?[.!]?(?: ?\\([^()]*\\))? ?[.!]?$`,
    'u',
  );
  const repeated = new RegExp(`\\b${key} ?:`);
  return (line) => {
    const [, lead = '', said] = line.length > LONGEST ? [] : (whole.exec(line) ?? []);
    if (said === undefined || NEGATED.test(lead) || repeated.test(lead)) return null;
    return said
      .replaceAll(/[() ]+/g, ' ')
      .replace(/[.,]$/, '')
      .trim();
  };
};

/** What the closing line says behind `key`, in lower case without parentheses: `2 of 3`, `neither`, `unknown`; or null. */
export const closingLine = (answer: string, key: string): string | null => {
  const read = readerOf(key);
  const claims = answer
    .split(/\r\n|\n|\r/)
    .map(bare)
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map(read);
  const last = claims.at(-1) ?? null;
  return claims.every((other) => other === null || other === last) ? last : null;
};
