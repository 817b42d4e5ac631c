import { expect, test } from 'vitest';
import { inRound } from './rounds.ts';
import { textNoWork, textTwin } from './strategies/define.ts';

const common = { class: 'rater-hacking', subjects: ['text'] } as const;
const attack = (name: string, family: string, plain?: true) =>
  textNoWork(common)(
    { name, family, source: 'test', description: 'test', ...(plain === undefined ? {} : { plain }) },
    'x',
    () => 'x',
  );
const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

const twin = textTwin(common)(
  { name: 'twin', family: 'twins', source: 'test', description: 'test' },
  ['x', 'X'],
  () => 'X',
);
const six = [attack('plain', 'six', true), ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => attack(name, 'six'))];
const all = [...six, attack('g', 'two'), attack('h', 'two'), twin];

test('one in three of a family is held back, and every strategy is in one round', () => {
  const first = names(inRound(all, 'first'));
  const held = names(inRound(all, 'held-back'));
  expect(held).toHaveLength(2);
  expect(first.length + held.length).toBe(all.length);
  expect(new Set([...first, ...held])).toEqual(new Set(names(all)));
});

test('plain strategies, small families and twins are always used', () => {
  expect(names(inRound(all, 'first'))).toEqual(expect.arrayContaining(['plain', 'g', 'h', 'twin']));
});

test('the rounds do not depend on the order of the catalogue', () => {
  const reversed = names(inRound(all.toReversed(), 'held-back'));
  expect(new Set(reversed)).toEqual(new Set(names(inRound(all, 'held-back'))));
});
