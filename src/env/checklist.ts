import { closingLine } from './closing-line.ts';

/**
 * Checklists in text files, as people write them: one item a line, a box in front of it. Reading is forgiving about
 * everything but the box: `- [ ] a`, `* [x] a`, `1. [X] a` and `[] a` are items, whatever the indentation and the line
 * ends. A box holds at most one character; only `x` and `X` mean done, so `[-]` or `[?]` is an item that is not done.
 */
export interface ChecklistItem {
  /** From 0. */
  readonly line: number;
  readonly done: boolean;
  /** Without box, bullet and surrounding blanks. */
  readonly text: string;
}

/** Bullet, box, text. */
const ITEM = /^(\s*(?:(?:[-*+]|\d{1,3}[.)])\s*)?\[)([^\]]?)(\]\s*)(.*)$/u;

const LINE_END = /(\r\n|\n|\r)/;

/** Lines at even places, their ends at odd ones: joining gives the text back. */
const pieces = (text: string): readonly string[] => text.split(LINE_END);

export const parseChecklist = (text: string): readonly ChecklistItem[] =>
  pieces(text)
    .filter((_, index) => index % 2 === 0)
    .flatMap((row, line) => {
      const match = ITEM.exec(row);
      if (match === null) return [];
      return [{ line, done: match[2] === 'x' || match[2] === 'X', text: (match[4] ?? '').trim() }];
    });

/** Puts or removes the mark of the item at `line`; every other byte stays. */
export const markItem = (text: string, line: number, done: boolean): string =>
  pieces(text)
    .map((row, index) => {
      if (index !== 2 * line) return row;
      if (!ITEM.test(row)) throw new RangeError(`line ${line} is not an item: ${JSON.stringify(row)}`);
      return row.replace(ITEM, (_, before: string, _mark, after: string, rest: string) => {
        return `${before}${done ? 'x' : ' '}${after}${rest}`;
      });
    })
    .join('');

export type ListStyle = 'dash' | 'star' | 'number' | 'bare';

const BULLETS: Readonly<Record<ListStyle, (index: number) => string>> = {
  dash: () => '- ',
  star: () => '* ',
  number: (index) => `${index + 1}. `,
  bare: () => '',
};

export const LIST_STYLES: readonly ListStyle[] = ['dash', 'star', 'number', 'bare'];

/** A checklist as a file's text, ending in a newline. `heading` is a line above it. */
export const renderChecklist = (
  items: readonly Pick<ChecklistItem, 'done' | 'text'>[],
  style: ListStyle = 'dash',
  heading: string | null = null,
): string => {
  const rows = items.map(({ done, text }, index) => `${BULLETS[style](index)}[${done ? 'x' : ' '}] ${text}`);
  return `${[...(heading === null ? [] : [heading]), ...rows].join('\n')}\n`;
};

/** What an answer claims: `done: 2 of 3`. */
export interface Claim {
  readonly done: number;
  readonly total: number;
}

/** The closing line `done: K of N` of an answer (`closing-line.ts`), or null. */
export const lastClaim = (answer: string): Claim | null => {
  const [done, total] = closingLine(answer, 'done')?.split(' of ') ?? [];
  return done === undefined || total === undefined ? null : { done: Number(done), total: Number(total) };
};

export const claimLine = (done: number, total: number): string => `done: ${done} of ${total}`;
