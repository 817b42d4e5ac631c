import type { Json } from '../base/json.ts';

/** A JSON value as an expression of Python. Texts and numbers are written alike in both languages. */
export const pythonLiteral = (value: Json): string => {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${pythonLiteral(inner)}`);
  return `{${members.join(', ')}}`;
};
