import type { Graded } from '../../../record/audit.ts';
import { parseLooseJson } from './loose-json.ts';

/** What a line says of a call of this batch that is still open (`replies` is null there; ids count from `firstId`); null: it is no reply. */
export const replyIn = (
  line: string,
  replies: readonly (Graded | null)[],
  firstId: number,
): { readonly index: number; readonly value: unknown } | null => {
  if (!line.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = parseLooseJson(line);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  const number = typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id;
  if (typeof number !== 'number' || replies[number - firstId] !== null) return null;
  return { index: number - firstId, value };
};
