import { canonicalJson, type Json } from '../../base/json.ts';

/** Frames that people put around a short answer. */
const FRAME =
  /^(?:(?:so |therefore,? |thus,? )?(?:the |my )?(?:final |correct |right )?(?:answer|result)(?: is|:|=)+|answer|####)\s*/;
const BOXED = /^\\boxed\s*\{(.*)\}$/s;
const ARTICLES = /(?<![\p{L}\p{N}])(?:a|an|the)(?![\p{L}\p{N}])/gu;

const isMark = (char: string): boolean => /[\s\p{P}\p{S}]/u.test(char);
const isCloser = (char: string): boolean => /[\s.,;:!?'"”’)\]}*_`]/u.test(char);
const isOpener = (char: string): boolean => /[\s'"“‘([{*_`]/u.test(char);

/** In linear time, also where all of it goes: an attack is mostly made of such characters. */
const cut = (text: string, atStart: (char: string) => boolean, atEnd: (char: string) => boolean): string => {
  let from = 0;
  let to = text.length;
  while (from < to && atStart(text.charAt(from))) from += 1;
  while (to > from && atEnd(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
};
const never = (): boolean => false;

const NUMBER = /^([$€£¥]?)\s*([+-]?)\s*([$€£¥]?)\s*(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?\s*(%?)$/;
/** Longer ones are no numbers that anybody means. */
const MOST_NUMBER = 400;
const FRACTION = /^([+-]?\d+)\s*\/\s*(\d+)$/;

/** Text that is only a number: its value, with a unit sign left out. Null where it is something else. */
export const numberIn = (text: string): number | null => {
  const trimmed = cut(text, isOpener, isCloser);
  if (trimmed.length > MOST_NUMBER) return null;
  const fraction = FRACTION.exec(trimmed);
  if (fraction !== null) {
    const value = Number(fraction[1]) / Number(fraction[2]);
    return Number.isFinite(value) ? value : null;
  }
  const scientific = /^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$/.test(trimmed) ? Number(trimmed) : null;
  if (scientific !== null && Number.isFinite(scientific)) return scientific;
  const found = NUMBER.exec(trimmed);
  if (found === null) return null;
  const [, , sign = '', , whole, part = '', percent] = found;
  if (whole === undefined && part === '') return null;
  const value = Number(`${sign}${(whole ?? '0').replaceAll(',', '')}${part}`);
  return percent === '%' ? value / 100 : value;
};

/** A text as it stands, but for white space and how its characters are encoded: case, marks and frames count. */
export const asWritten = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** A text without what must not matter: case, white space, articles, punctuation at its ends, a frame around it; a number by its value. */
export const normalText = (text: string): string => {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const open = cut(plain, isOpener, never).replace(FRAME, '');
  const inner = BOXED.exec(open.replaceAll('$', '').trim())?.[1] ?? open;
  const number = numberIn(inner);
  if (number !== null) return `#${Object.is(number, -0) ? 0 : number}`;
  const named = cut(inner, isMark, isMark);
  const bare = cut(named.replaceAll(ARTICLES, ' ').replaceAll(/\s+/g, ' '), isMark, isMark);
  // An article alone may be an option's letter; of pure punctuation nothing would be left: each is the answer itself.
  return bare || named || plain;
};

/** Deeper than anybody nests an answer; an attack on parsers may. */
const MOST_DEPTH = 32;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const normalParts = (value: Json, depth: number): Json => {
  if (typeof value === 'string') return normalText(value);
  if (typeof value !== 'object' || value === null) return normalText(String(value));
  if (depth >= MOST_DEPTH) return 'too deep';
  if (isList(value)) return value.map((inner) => normalParts(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, normalParts(inner, depth + 1)]));
};

/** The same for any JSON: numbers and texts alike, lists and objects part by part, keys in any order. */
export const normalJson = (value: Json): string => {
  const normal = normalParts(value, 0);
  return typeof normal === 'string' ? normal : canonicalJson(normal);
};

const isDeep = (text: string): boolean => {
  let depth = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
};

/** JSON that a text holds; null where it is none. */
export const jsonIn = (text: string): Json => {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || isDeep(trimmed)) return null;
  try {
    const value: Json = JSON.parse(trimmed);
    return value;
  } catch {
    // Text, then.
    return null;
  }
};
