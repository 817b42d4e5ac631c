import type { Json } from '../../base/json.ts';

/** Reading of JSON that somebody else wrote: what is not there, or is something else, is null. */

export type Fields = { readonly [key: string]: unknown };

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {});

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Half a character has no form in UTF-8, so it becomes U+FFFD. */
export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.toWellFormed() : null;

/** Text, or a number written out: as ids come. */
export const idIn = (value: unknown): string | null => (typeof value === 'number' ? String(value) : textIn(value));

export const countIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

export const amountIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

/** A time in ISO 8601, or in seconds since 1970. */
export const timeIn = (value: unknown): string | null => {
  const date = typeof value === 'string' ? new Date(value) : typeof value === 'number' ? new Date(value * 1_000) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
};

/** Parsed JSON is JSON; only half characters are mended. */
export const jsonIn = (value: unknown): Json => {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(jsonIn);
  if (isFields(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toWellFormed(), jsonIn(inner)]));
  }
  return null;
};
