import { expect, test } from 'vitest';
import { inRound } from './rounds.ts';
import type { Strategy } from './strategy.ts';

const head = {
  class: 'rater-hacking',
  subjects: ['text'],
  source: 'test',
  description: 'test',
  needs: [],
  example: { from: null, to: 'x' },
} as const;
const attack = (name: string, family: string, plain?: true): Strategy => ({
  ...head,
  name,
  family,
  ...(plain === undefined ? {} : { plain }),
  kind: 'no-work',
  make: () => [{ variant: 'only', answer: 'x' }],
});
const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

const twin: Strategy = {
  ...head,
  name: 'twin',
  family: 'twins',
  kind: 'honest-twin',
  make: () => [{ variant: 'only', answer: 'X' }],
};
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
