/** Other ways to write the same number. Exact: every function gives a text of equal value, or null. */
import type { Json } from '../../../base/json.ts';
import { textOf } from '../text/material.ts';

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const DECIMAL = /^(-?)(0|[1-9]\d*)\.(\d+)$/;
const FRACTION = /^(-?)(\d{1,9})\/([1-9]\d{0,8})$/;
const MOST_DIGITS = 9;

/** Numbers that are names: a year, a code, a place in a list. They have one way of writing. */
const NAMES =
  /\b(?:years?|when|dates?|days?|born|centur\w+|ids?|codes?|zip|postcodes?|phone|telephone|serial|account|pin|isbn|version|room|page|chapter|verse|flight|route|address|port|model|time|clock|o'clock|index|position)\b/i;

export const isNumberName = (input: Json): boolean => NAMES.test(textOf(input));

const FIRST_YEAR = 1_000;
const LAST_YEAR = 2_100;

const mayBeYear = (integer: string): boolean => Number(integer) >= FIRST_YEAR && Number(integer) <= LAST_YEAR;

export const isInteger = (text: string): boolean => INTEGER.test(text);

/** `34` as `34.0`. */
export const withDecimalZero = (text: string): string | null =>
  isInteger(text) && text.length <= MOST_DIGITS && !mayBeYear(text) ? `${text}.0` : null;

/** `0.5` as `0.50`. */
export const withTrailingZero = (text: string): string | null => (DECIMAL.test(text) ? `${text}0` : null);

const LEAST_GROUPED = 5;
const MOST_GROUPED = 40;

/** `12345` as `12,345`. Four digits are left alone: they may be a year. */
export const grouped = (text: string): string | null => {
  const [, sign = '', digits = '', rest = ''] = /^(-?)([1-9]\d*)((?:\.\d+)?)$/.exec(text) ?? [];
  return digits.length < LEAST_GROUPED || digits.length > MOST_GROUPED
    ? null
    : `${sign}${digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}${rest}`;
};

/** `12,345` as `12345`. */
export const ungrouped = (text: string): string | null =>
  /^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : null;

/** `-5` with the minus of typesetters. */
export const withTypographicMinus = (text: string): string | null =>
  /^-\d+(?:\.\d+)?$/.test(text) ? `\u2212${text.slice(1)}` : null;

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

/** `0.75` as `3/4`, in lowest terms. */
export const asFraction = (text: string): string | null => {
  const [, sign = '', whole = '', part = ''] = DECIMAL.exec(text) ?? [];
  if (part === '' || whole.length + part.length > MOST_DIGITS || /^0+$/.test(part)) return null;
  const bottom = 10n ** BigInt(part.length);
  const top = BigInt(whole) * bottom + BigInt(part);
  const common = divisor(top, bottom);
  return `${sign}${top / common}/${bottom / common}`;
};

const without = (value: bigint, factor: bigint): bigint =>
  value % factor === 0n ? without(value / factor, factor) : value;

/** `3/4` as `0.75`; null where the decimals do not end, or are too many. */
export const asDecimal = (text: string): string | null => {
  const [, sign = '', top = '', bottom = ''] = FRACTION.exec(text) ?? [];
  if (bottom === '') return null;
  const reduced = BigInt(bottom) / divisor(BigInt(top), BigInt(bottom));
  if (reduced === 1n || without(without(reduced, 2n), 5n) !== 1n) return null;
  const places = MOST_DIGITS;
  const scaled = BigInt(top) * 10n ** BigInt(places);
  if (scaled % BigInt(bottom) !== 0n) return null;
  const digits = String(scaled / BigInt(bottom)).padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/0+$/, '');
};

/** Whether two texts of the kinds above have equal value, exactly; the check that tests make. */
export const equalValue = (left: string, right: string): boolean => {
  const [a, b] = [ratioOf(left), ratioOf(right)];
  return a !== null && b !== null && a.top * b.bottom === b.top * a.bottom;
};

const ratioOf = (text: string): { readonly top: bigint; readonly bottom: bigint } | null => {
  const plain = text.replace('\u2212', '-').replaceAll(',', '').replace(/\.$/, '');
  const fraction = FRACTION.exec(plain);
  if (fraction !== null) {
    const [, sign = '', top = '', bottom = ''] = fraction;
    return { top: BigInt(`${sign}${top}`), bottom: BigInt(bottom) };
  }
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === undefined) return null;
  return { top: BigInt(`${sign ?? ''}${whole}${part}`), bottom: 10n ** BigInt(part.length) };
};
