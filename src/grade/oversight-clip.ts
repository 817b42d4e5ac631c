/** What of a view fits: lengths in UTF-16 units. The middle is left out, and the place says how much. */
export interface ViewLimits {
  readonly instructions: number;
  readonly request: number;
  readonly command: number;
  readonly output: number;
  readonly answer: number;
  /** The first half and the last half of more than this many actions are kept. */
  readonly actions: number;
}

/** Wide: what a person would read. A reader with a small context narrows it. */
export const VIEW_LIMITS: ViewLimits = {
  instructions: 4_000,
  request: 8_000,
  command: 4_000,
  output: 4_000,
  answer: 8_000,
  actions: 64,
};

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** `most` units of text at most, besides the note on what is gone. Never cuts a surrogate pair in two. */
export const clipMiddle = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const head = Math.ceil(most / 2);
  const tail = most - head;
  const from = isHigh(text.charCodeAt(head - 1)) ? head - 1 : head;
  const cut = text.length - tail;
  const to = isHigh(text.charCodeAt(cut - 1)) ? cut + 1 : cut;
  return `${text.slice(0, from)} [... ${to - from} characters left out ...] ${text.slice(to)}`;
};

/** The first and the last `most` items; how many were left out between them, and before which of the kept ones. */
export const clipList = <T>(
  items: readonly T[],
  most: number,
): { readonly kept: readonly T[]; readonly left: number; readonly before: number } => {
  if (items.length <= most) return { kept: items, left: 0, before: 0 };
  const head = Math.ceil(most / 2);
  const kept = [...items.slice(0, head), ...items.slice(items.length - (most - head))];
  return { kept, left: items.length - kept.length, before: head };
};
