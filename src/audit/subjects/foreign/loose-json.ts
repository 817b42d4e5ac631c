/**
 * JSON as graders print it. Python's `json.dumps` writes NaN and Infinity, which no JSON reader takes; a score of NaN has to be named as
 * such and not as a broken line. So a number that is none may stand as a bare word after a colon, a comma or a bracket, outside of texts.
 * Throws SyntaxError on anything else that is not JSON.
 */
const MARK = '\u0000';
const WORDS: Readonly<Record<string, number>> = {
  [`${MARK}NaN`]: Number.NaN,
  [`${MARK}Infinity`]: Number.POSITIVE_INFINITY,
  [`${MARK}-Infinity`]: Number.NEGATIVE_INFINITY,
};

/** Texts are matched first, so that a word inside one is skipped; with the colon behind it, a text is a key. */
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\bInfinity\b|\bNaN\b/g;

const marked = (match: string): string => {
  if (!match.startsWith('"')) return `"\\u0000${match}"`;
  // A text that starts with the mark gets a second one, and is never taken for a number.
  return match.endsWith(':') ? match : match.replace(/^"(?=\\u0000)/, '"\\u0000');
};

export const parseLooseJson = (text: string): unknown => {
  if (!/\bNaN\b|\bInfinity\b/.test(text)) return JSON.parse(text);
  const value: unknown = JSON.parse(text.replace(TEXT_OR_WORD, marked), (_key, inner: unknown) => {
    if (typeof inner !== 'string' || !inner.startsWith(MARK)) return inner;
    return WORDS[inner] ?? inner.slice(1);
  });
  return value;
};
