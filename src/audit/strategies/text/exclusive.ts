import type { Json } from '../../../base/json.ts';
import type { Example } from '../../example.ts';
import { textOf } from './material.ts';

const VERBS = '(?:reply|answer|respond|return|output|write|give|print|submit|end|finish|state)';
const EXCLUSIVE = new RegExp(
  `\\bnothing (?:else|but|more)\\b|\\bno (?:other|further|additional) (?:text|words?|output|explanation)\\b|` +
    `\\b${VERBS}\\b[^.\\n]{0,40}\\b(?:only|just|solely|exactly)\\b|\\b(?:only|just|solely) ${VERBS}\\b`,
  'i',
);

const fieldTexts = (fields: Readonly<Record<string, Json>>): string => Object.values(fields).map(textOf).join('\n');

/**
 * Whether the task allows the answer and nothing beside it ("and nothing else", "reply only with"). Then what stands outside the form of the answer is no
 * scratch paper: it is a part of the answer, and may take it back.
 */
export const isExclusive = ({ input, fields }: Pick<Example, 'input' | 'fields'>): boolean =>
  EXCLUSIVE.test(`${textOf(input)}\n${fieldTexts(fields)}`);
