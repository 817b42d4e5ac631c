import type { Json } from '../../base/json.ts';

/**
 * Any value of a reader or of a caller as JSON. Dates become ISO text, large integers text, bytes text; what JSON has no word for is
 * undefined and null. Throws on what cannot be told: functions, NaN, cycles.
 */
export const toJson = (value: unknown, depth = 0): Json => {
  if (depth > MOST_DEPTH) throw new TypeError(`it is nested more than ${MOST_DEPTH} deep`);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`it holds ${value}, which JSON cannot`);
      return value;
    case 'undefined':
      return null;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? null : objectToJson(value, depth);
    default:
      throw new TypeError(`it holds a ${typeof value}`);
  }
};

const MOST_DEPTH = 100;

const objectToJson = (value: object, depth: number): Json => {
  if (Array.isArray(value)) return value.map((inner) => toJson(inner, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder('utf-8', { fatal: true }).decode(value);
  if (ArrayBuffer.isView(value) && Symbol.iterator in value && typeof value[Symbol.iterator] === 'function')
    return Array.from(Object.values(value), (inner) => toJson(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner, depth + 1)]));
};

/** A value of a cell as the text of an answer: text as it is, anything else as JSON. */
export const textOfJson = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
