import type { Json } from '../../../base/json.ts';

const isExact = (text: string): boolean =>
  // A number that a double cannot hold would change on the way through.
  !/\d{16,}|\d[eE]|\.\d{16,}/.test(text);

/** A JSON object or list; undefined for any other text, and where writing it again could change a number. */
export const readJson = (text: string): Json | undefined => {
  if (!/^\s*[[{]/.test(text) || !isExact(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    // Not JSON: there is no layout to change.
    return undefined;
  }
};
