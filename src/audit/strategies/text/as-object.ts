import type { Json } from '../../../base/json.ts';
import { isList } from './material.ts';

/** The JSON object that a text is; null for any other text. */
export const readObject = (text: string): Readonly<Record<string, Json>> | null => {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value: Json = JSON.parse(text);
    return typeof value === 'object' && value !== null && !isList(value) ? value : null;
  } catch {
    // Not JSON: then it has no members.
    return null;
  }
};
