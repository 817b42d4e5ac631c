import stringWidth from 'string-width';

/**
 * Text from a model, a task or a file name is hostile to a terminal: it may move the cursor, hide lines, reorder
 * them (bidi), or smuggle invisible text. `visible` turns every such character into an escape that can be read.
 */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export interface Keep {
  /** Keep `\n`. Default false: one line in, one line out. */
  readonly newlines?: boolean;
  /** Turn a tab into this many spaces. Default 0: a tab is shown as an escape. */
  readonly tabs?: number;
}

/**
 * Controls (C0, DEL, C1), format characters (bidi, zero-width, tags), line and paragraph separators, lone surrogates,
 * and whatever Unicode calls ignorable. U+FE0F is kept: it only picks the emoji form of the character before it.
 */
const UNSAFE = /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
};

/** The same text with nothing in it that acts on a terminal or cannot be seen. Never longer than 9 times the input. */
export const visible = (text: string, keep: Keep = {}): string =>
  text.replace(UNSAFE, (character) => {
    if (character === '\n' && keep.newlines === true) return character;
    if (character === '\t' && keep.tabs !== undefined && keep.tabs > 0) return ' '.repeat(keep.tabs);
    return NAMED[character] ?? escapeOf(character);
  });

/** Columns that one line of `visible` text takes. */
export const displayWidth = (text: string): number => stringWidth(text);

/** The longest prefix of `visible` text that fits in `columns`. */
const prefix = (text: string, columns: number): string => {
  let width = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    end += segment.length;
  }
  return text.slice(0, end);
};

/** One line of `visible` text cut to `columns` (at least 1), its last column an ellipsis where something was cut. */
export const truncate = (text: string, columns: number): string =>
  displayWidth(text) <= columns ? text : `${prefix(text, Math.max(0, columns - 1))}…`;

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - displayWidth(text)));

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - displayWidth(text))) + text;

const first = (text: string): string => {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
};

/** Breaks one line of `visible` text at spaces, or inside a word that is too long, into lines of at most `columns`. */
export const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = [];
  let rest = text;
  for (;;) {
    // At least one character a line, so that columns too narrow for it still end.
    const head = prefix(rest, columns) || first(rest);
    if (head.length === rest.length) return [...lines, rest];
    const space = rest[head.length] === ' ' ? head.length : head.lastIndexOf(' ');
    const broken = space > 0 && head.slice(0, space).trim() !== '';
    const cut = broken ? space : head.length;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(broken ? cut + 1 : cut);
  }
};
