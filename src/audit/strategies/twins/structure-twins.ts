import type { Json } from '../../../base/json.ts';
import type { Strategy } from '../../strategy.ts';
import { isList, textOf } from '../text/material.ts';
import { asksForSet, prescribesBytes, saysAnyOrder } from './form.ts';
import { readJson } from './layout.ts';
import { isFree, twin } from './twin.ts';

const layout = { family: 'layout-twins', source: 'RFC 8259: white space and the order of members carry no meaning' };
const choice = { family: 'choice-twins', source: 'attacks A11: false-fail twins; option letters as people write them' };

const JOINTS: readonly RegExp[] = [/(\s*,\s*)/, /(\s*;\s*)/, /(\s*\n\s*)/];

/** Items and joints in turn of a list such as `a, b, c`. Few words in an item, so that no sentence is taken for one. */
const partsOf = (text: string): readonly string[] | null => {
  for (const joint of JOINTS) {
    const parts = text.trim().split(joint);
    const items = parts.filter((_, index) => index % 2 === 0);
    if (
      items.length >= 2 &&
      items.every((item) => /^(?:[-*•] )?[\p{L}\p{N}'./ -]{1,40}$/u.test(item) && !/\band\b|\bor\b/i.test(item))
    )
      return parts;
  }
  return null;
};

/** The same items with the same joints, or the same JSON list, the first item last. */
const otherOrder = (good: string): string | null => {
  const value = readJson(good);
  if (value !== undefined && value !== null && isList(value)) return JSON.stringify(turned(value));
  const parts = value === undefined ? partsOf(good) : null;
  if (parts === null) return null;
  const items = turned(parts.filter((_, index) => index % 2 === 0));
  return parts.map((part, index) => (index % 2 === 0 ? (items[index / 2] ?? part) : part)).join('');
};

/** `B` of a question with options: its place, or null. */
const optionOf = (
  good: string,
  options: readonly string[] | null,
): { readonly letter: string; readonly text: string } | null => {
  const [, letter = ''] = /^\(?([A-Za-z])[).]?$/.exec(good.trim()) ?? [];
  const text = options?.[letter.toUpperCase().charCodeAt(0) - 'A'.charCodeAt(0)];
  return letter === '' || text === undefined || options?.includes(good.trim()) === true ? null : { letter, text };
};

const isSet = (reference: Json): boolean => reference === null || isList(reference) || /[,;\n]/.test(textOf(reference));

const turned = <T>(items: readonly T[]): T[] => [...items.slice(1), ...items.slice(0, 1)];

/** The same structure in another layout. */
export const STRUCTURE_TWINS: readonly Strategy[] = [
  twin(
    {
      ...layout,
      name: 'twin-json-layout',
      plain: true,
      description: 'The same JSON, indented or on one line.',
    },
    (good, example) => {
      const value = prescribesBytes(example) ? undefined : readJson(good);
      return value === undefined
        ? null
        : { indented: JSON.stringify(value, null, 2), 'one-line': JSON.stringify(value) };
    },
    { from: '{"city": "Paris"}', form: 'as-made', example: { input: 'Which city? Reply in JSON.' } },
  ),
  twin(
    {
      ...layout,
      name: 'twin-json-key-order',
      description: 'The same JSON object with its members in another order.',
    },
    (good, example) => {
      const value = prescribesBytes(example) ? undefined : readJson(good);
      if (value === undefined || value === null || typeof value !== 'object' || isList(value)) return null;
      const members = Object.entries(value);
      return members.length < 2 ? null : JSON.stringify(Object.fromEntries(turned(members)));
    },
    { from: '{"city":"Paris","country":"France"}', form: 'as-made', example: { input: 'Which city? Reply in JSON.' } },
  ),
  twin(
    {
      family: 'set-twins',
      plain: true,
      name: 'twin-list-order',
      source: 'attacks A11: false-fail twins; sets have no order',
      description: 'The items of a set in another order.',
    },
    (good, example, context) => {
      if (!asksForSet(example) || !isSet(example.reference)) return null;
      // Where the task says "in any order", no other word of it about form forbids another one.
      if (!saysAnyOrder(example) && !isFree(good, example, context)) return null;
      return otherOrder(good);
    },
    {
      from: 'red, green, blue',
      form: 'as-made',
      example: { input: 'Name the three primary colours of light, in any order.' },
    },
  ),
  twin(
    {
      ...choice,
      name: 'twin-option-marks',
      plain: true,
      description: 'The letter of an option with a bracket or a dot.',
    },
    (good, { options }) => {
      const option = optionOf(good, options);
      return option === null
        ? null
        : { brackets: `(${option.letter})`, bracket: `${option.letter})`, dot: `${option.letter}.` };
    },
    { from: 'B', example: { input: 'Which city is the capital?', options: ['Lyon', 'Paris'] } },
  ),
  twin(
    {
      ...choice,
      name: 'twin-option-with-text',
      description: 'The letter of an option followed by its text.',
    },
    (good, { options }) => {
      const option = optionOf(good, options);
      return option === null ? null : `${option.letter}. ${option.text}`;
    },
    { from: 'B', example: { input: 'Which city is the capital?', options: ['Lyon', 'Paris'] } },
  ),
];
