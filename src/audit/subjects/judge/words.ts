import type { Json } from '../../../base/json.ts';
import { type Answer, isFiles, isText } from '../../answer.ts';

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const turnOf = (value: Json): string | null => {
  if (!isRecord(value)) return null;
  const { role, content } = value;
  return typeof role === 'string' && typeof content === 'string' ? `${role}: ${content}` : null;
};

/** An input or a reference as people read it: text as it is, a chat as `role: content` blocks, anything else as JSON. */
export const wordsOf = (value: Json): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length > 0) {
    const turns = value.map(turnOf);
    if (turns.every((turn) => turn !== null)) return turns.join('\n\n');
  }
  return JSON.stringify(value);
};

/** An answer as text: a program as its files one after the other, predictions as JSON. */
export const answerWords = (answer: Answer): string => {
  if (isText(answer)) return answer;
  if (!isFiles(answer)) return JSON.stringify(answer);
  return Object.entries(answer)
    .map(([path, text]) => `--- ${path}\n${text}`)
    .join('\n');
};
