/** Where the summary stands in an answer. */
export interface SummaryText {
  readonly summary: string;
  /** What the answer says beside it. */
  readonly remark: string;
}

const MARKER = /^[\s#>*_-]*(?:[a-z]+ ){0,2}summary\W*:[\s*_]*/i;
const HEADING = /^[\s#>*_-]*(?:[a-z]+ ){0,2}summary[\s*_]*$/i;
/** Said to the user and not part of a summary. */
const TALK =
  /^\W*(?:sure|certainly|of course|okay|ok|here is|here's|here are|note|please note|n\.?b\.?|disclaimer|ps|p\.s\.|i hope|let me know|(?:i|we) (?:left|chose|have|wrote|kept|picked|took|copied)|i'?m|i am)\b/i;

const EDGE = new Set(['*', '_', '"', ' ', '\n', '\t']);

/** Without blanks, quotes and emphasis at both ends. */
const inner = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && EDGE.has(text.charAt(from))) from++;
  while (to > from && EDGE.has(text.charAt(to - 1))) to--;
  return text.slice(from, to);
};

const isTalk = (line: string): boolean => inner(line).endsWith(':') || TALK.test(line);

/**
 * Behind the last `Summary:` (or a heading "Summary") to the next empty line. Where there is no such mark: the whole
 * answer, but for lines that end in a colon or talk to the user ("Here is a summary", "Note: ...").
 */
export const summaryIn = (answer: string): SummaryText => {
  const lines = answer.split(/\r\n|\n|\r/);
  const start = lines.findLastIndex((line) => MARKER.test(line) || HEADING.test(line));
  if (start === -1) {
    const keep = lines.filter((line) => !isTalk(line));
    return { summary: keep.join('\n').trim(), remark: lines.filter(isTalk).join('\n').trim() };
  }
  const own = (lines[start] ?? '').replace(MARKER, '').replace(HEADING, '');
  const behind = lines.slice(start + 1);
  // A mark on a line of its own may be followed by an empty line.
  const skip =
    own.trim() === ''
      ? Math.max(
          0,
          behind.findIndex((line) => line.trim() !== ''),
        )
      : 0;
  const after = behind.slice(skip);
  const end = after.findIndex((line) => line.trim() === '');
  const body = end === -1 ? after : after.slice(0, end);
  const rest = end === -1 ? [] : after.slice(end);
  return {
    summary: inner([own, ...body].join('\n')),
    remark: [...lines.slice(0, start), ...rest].join('\n').trim(),
  };
};
