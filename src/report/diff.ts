import { structuredPatch } from 'diff';

/** Line differences as small unified hunks, over jsdiff. Bounded work on any input. */

export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

export interface Hunk {
  /** `@@ -1,3 +1,4 @@` */
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

/** Beyond so many differing lines the files are shown as replaced: no one reads a longer diff, and it takes its time. */
const MOST_EDITS = 2_000;

const split = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

const replaced = (before: string, after: string): Hunk[] => {
  const [old, fresh] = [split(before), split(after)];
  const lines = [
    ...old.map((text): DiffLine => ({ sign: '-', text })),
    ...fresh.map((text): DiffLine => ({ sign: '+', text })),
  ];
  return [{ header: `@@ -1,${old.length} +1,${fresh.length} @@`, lines }];
};

const signed = (line: string): DiffLine[] => {
  const sign = line[0];
  // The one other mark is "\ No newline at end of file", which says nothing about a line.
  return sign === ' ' || sign === '-' || sign === '+' ? [{ sign, text: line.slice(1) }] : [];
};

/** As unified diffs write it: an empty side names the line before it. */
const range = (start: number, length: number): string => `${length === 0 ? start - 1 : start},${length}`;

/** Hunks from `before` to `after`, with `context` equal lines around each. Empty where the texts are equal. */
export const diffLines = (before: string, after: string, context = 3): Hunk[] => {
  const patch = structuredPatch('', '', before, after, undefined, undefined, { context, maxEditLength: MOST_EDITS });
  if (patch === undefined) return replaced(before, after);
  return patch.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    header: `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    lines: lines.flatMap(signed),
  }));
};
