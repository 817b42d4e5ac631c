import type { Rng } from '../../base/rng.ts';
import { isText } from '../answer.ts';
import type { Edit } from '../edit.ts';

const edit = (name: string, change: (text: string, dice: Rng) => string): Edit => ({
  name,
  apply: (answer, _seen, { dice }) => (isText(answer) ? change(answer, dice) : answer),
});

const SENTENCE = /(?<=[.!?]\s+)(?=\S)/u;
const half = (text: string): number => Math.ceil(text.length / 2);

const swapped = (text: string, dice: Rng): string => {
  const words = text.split(' ');
  if (words.length < 2) return text;
  const at = dice.int(words.length - 1);
  const [first = '', second = ''] = words.slice(at, at + 2);
  return words.toSpliced(at, 2, second, first).join(' ');
};

const spliced = (text: string, dice: Rng): string => {
  const sentences = text.split(SENTENCE);
  const [from, to] = [dice.int(sentences.length), dice.int(sentences.length)];
  return sentences.toSpliced(to, 0, sentences[from] ?? '').join('');
};

const moved = (text: string, dice: Rng): string => {
  const sentences = text.split(SENTENCE);
  const from = dice.int(sentences.length);
  const rest = sentences.toSpliced(from, 1);
  return rest.toSpliced(dice.int(rest.length + 1), 0, sentences[from] ?? '').join(' ');
};

/** What makes sense only in combination with other edits: they change the amount and the order of what is there, and add nothing new. */
export const TEXT_EDITS: readonly Edit[] = [
  edit('repeat', (text) => `${text}\n${text}`),
  edit('cut-first-half', (text) => text.slice(half(text))),
  edit('cut-last-half', (text) => text.slice(0, half(text))),
  edit('keep-first-line', (text) => text.split('\n')[0] ?? text),
  edit('keep-last-line', (text) => text.split('\n').at(-1) ?? text),
  edit('splice', spliced),
  edit('move', moved),
  edit('swap-words', swapped),
  edit('upper-case', (text) => text.toUpperCase()),
  edit('one-line', (text) => text.replaceAll(/\s*\n\s*/gu, ' ')),
  edit('bare-words', (text) => text.replaceAll(/[^\p{L}\p{N}\s]+/gu, '')),
];
