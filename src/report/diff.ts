/** Line differences as small unified hunks. Pure; bounded work and memory on any input. */

export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

export interface Hunk {
  /** `@@ -1,3 +1,4 @@` */
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

/** Above this many cells the common part is not searched: everything between the equal ends counts as replaced. */
const MAX_CELLS = 1_000_000;

const split = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

const at = (lines: readonly string[], index: number): string => lines[index] ?? '';

/** Longest common subsequence of the middle, as signed lines. */
const middle = (a: readonly string[], b: readonly string[]): DiffLine[] => {
  const gone = (text: string): DiffLine => ({ sign: '-', text });
  const come = (text: string): DiffLine => ({ sign: '+', text });
  if (a.length * b.length > MAX_CELLS) return [...a.map(gone), ...b.map(come)];
  const width = b.length + 1;
  // best[i * width + j]: length of the longest common subsequence of a from i and b from j.
  const best = new Uint32Array((a.length + 1) * width);
  const cell = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] = at(a, i) === at(b, j) ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const out: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (at(a, i) === at(b, j)) {
      out.push({ sign: ' ', text: at(a, i) });
      i++;
      j++;
    } else if (cell(i + 1, j) >= cell(i, j + 1)) out.push(gone(at(a, i++)));
    else out.push(come(at(b, j++)));
  }
  return [...out, ...a.slice(i).map(gone), ...b.slice(j).map(come)];
};

const signed = (a: readonly string[], b: readonly string[]): DiffLine[] => {
  const least = Math.min(a.length, b.length);
  let head = 0;
  while (head < least && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (text: string): DiffLine => ({ sign: ' ', text });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
};

/** Position of a hunk as unified diffs write it: an empty side names the line before it. */
const range = (before: number, length: number): string => `${length === 0 ? before : before + 1},${length}`;

/** Hunks from `before` to `after`, with `context` equal lines around each. Empty where the lines are equal. */
export const diffLines = (before: string, after: string, context = 3): Hunk[] => {
  const lines = signed(split(before), split(after));
  const changed = lines.flatMap((line, index) => (line.sign === ' ' ? [] : [index]));
  const spans: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = spans.at(-1);
    const to = Math.min(lines.length, index + context + 1);
    if (last !== undefined && index - context <= last.to) last.to = to;
    else spans.push({ from: Math.max(0, index - context), to });
  }
  let line = 0;
  let old = 0;
  let fresh = 0;
  return spans.map(({ from, to }) => {
    // Everything between two hunks is equal, so both sides move alike.
    old += from - line;
    fresh += from - line;
    const body = lines.slice(from, to);
    const removed = body.filter(({ sign }) => sign !== '+').length;
    const added = body.filter(({ sign }) => sign !== '-').length;
    const header = `@@ -${range(old, removed)} +${range(fresh, added)} @@`;
    line = to;
    old += removed;
    fresh += added;
    return { header, lines: body };
  });
};
