import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../base/json.ts';
import { type Answer, isText, sizeOf } from '../../answer.ts';
import { inRound } from '../../rounds.ts';
import { seenOf } from '../../seen.ts';
import { ATTACKS, type Candidate, type Strategy } from '../../strategy.ts';
import { anySetting, type Setting } from './arbitrary.contract.ts';
import { textOf } from './material.ts';
import { MOST_CHARACTERS } from './named.ts';
import { sameAnswer } from './words.ts';

/** All that a strategy makes of an example: of each of its answers, where it starts from one. */
const madeOf = (
  strategy: Strategy,
  { example, context }: Setting,
): readonly { from: Answer | null; to: Candidate }[] => {
  const from = (bases: readonly Answer[], make: (base: Answer) => readonly Candidate[]) =>
    [...new Set(bases)].flatMap((base) => make(base).map((to) => ({ from: base, to })));
  const vectors = example.items === null ? [] : [example.items.map((item) => item.label)];
  switch (strategy.kind) {
    case 'no-work':
      return strategy.make(seenOf(example), context).map((to) => ({ from: null, to }));
    case 'known-bad':
      return from(example.knownBad, (bad) => strategy.make(bad, seenOf(example), context));
    case 'procedure':
      return [];
    default:
      return from([...example.knownGood, ...vectors], (base) => strategy.make(base, example, context));
  }
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
};

/** What every list of strategies must be. */
export const describeStrategies = (title: string, strategies: readonly Strategy[]): void => {
  describe(title, () => {
    test('names are unique and in kebab case, variants too are told apart', () => {
      const names = strategies.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    });

    test('each says what it does and where it was seen', () => {
      for (const { name, source, description, subjects } of strategies) {
        expect(description, name).toMatch(/^[A-Z].*\.$/);
        expect(source, name).not.toBe('');
        expect(subjects.length, name).toBeGreaterThan(0);
      }
    });

    test('the first round knows every family, by its plainest member where one may be held back', () => {
      const attacks = strategies.filter(({ kind }) => ATTACKS.includes(kind));
      const first = new Set(inRound(attacks, 'first'));
      for (const [family, members] of Map.groupBy(attacks, (strategy) => strategy.family)) {
        expect(members.filter(({ plain }) => plain === true).length, family).toBeLessThanOrEqual(1);
        if (members.length < 3) continue;
        const plain = members.find((member) => member.plain === true);
        expect(plain, family).toBeDefined();
        expect(plain !== undefined && first.has(plain), family).toBe(true);
      }
    });

    test('the example of each shows a change, and is small enough to be shown', () => {
      for (const { name, example, kind } of strategies) {
        if (kind === 'procedure') continue;
        expect(example.from === null, name).toBe(kind === 'no-work');
        expect(canonicalJson(example.to), name).not.toBe(canonicalJson(example.from));
        expect(sizeOf(example.to), name).toBeLessThanOrEqual(MOST_CHARACTERS);
      }
    });

    test('any input gives bounded answers that a record can hold', () => {
      fc.assert(
        fc.property(anySetting, (setting) => {
          for (const strategy of strategies) {
            for (const { to } of madeOf(strategy, setting)) {
              expect(to.variant.isWellFormed(), strategy.name).toBe(true);
              if (isText(to.answer)) {
                expect(to.answer.isWellFormed(), strategy.name).toBe(true);
                expect(to.answer.length, strategy.name).toBeLessThanOrEqual(MOST_CHARACTERS);
              } else expect(JSON.parse(JSON.stringify(to.answer)), strategy.name).toEqual(to.answer);
            }
          }
        }),
        { numRuns: 50 },
      );
    });

    test('equal arguments, which are not changed, give equal candidates under different variants', () => {
      fc.assert(
        fc.property(anySetting, ({ example, context }) => {
          deepFreeze(example);
          deepFreeze(context.known);
          for (const strategy of strategies) {
            const made = () =>
              madeOf(strategy, { example, context: { ...context, dice: context.dice.fork(strategy.name) } });
            const once = made();
            expect(made(), strategy.name).toEqual(once);
            for (const of of Map.groupBy(once, ({ from }) => from).values()) {
              expect(new Set(of.map(({ to }) => to.variant)).size, strategy.name).toBe(of.length);
            }
          }
        }),
        { numRuns: 50 },
      );
    });

    test('no attack on a text gives back what it started from, and none that breaks an answer gives a right one', () => {
      fc.assert(
        fc.property(anySetting, (setting) => {
          const { reference, knownGood } = setting.example;
          const right = [textOf(reference), ...knownGood.filter(isText)];
          for (const strategy of strategies.filter(({ kind }) => ATTACKS.includes(kind))) {
            for (const { from, to } of madeOf(strategy, setting)) {
              if (from === null || !isText(to.answer)) continue;
              expect(to.answer, strategy.name).not.toBe(from);
              if (strategy.kind !== 'degrade') continue;
              expect(
                right.some((text) => sameAnswer(text, String(to.answer))),
                strategy.name,
              ).toBe(false);
            }
          }
        }),
        { numRuns: 60 },
      );
    });
  });
};
