import { describe, expect, it } from 'vitest';
import type { Split } from '../record/task.ts';
import { messagesOf, preamble } from './preamble.ts';
import {
  combinations,
  itemAt,
  limitsFor,
  messageTokens,
  mixedRadix,
  otherStems,
  tokenUpperBound,
  VARIANTS,
  variantDice,
} from './variant.ts';
import { FILE_STEMS, FIRST_NAMES, FOLDERS, SUBFOLDERS, SURNAMES, TOWNS } from './words.ts';

const SPLITS: readonly Split[] = ['train', 'test'];

describe('combinations', () => {
  it.each([[[32, 32]], [[7, 13, 12]], [[50, 60, 40, 9]]])('gives 1,024 variants of %j one each', (sizes) => {
    const choose = combinations('a-family', sizes);
    const all = SPLITS.flatMap((split) => Array.from({ length: VARIANTS[split] }, (_, i) => choose(split, i)));
    expect(new Set(all.map(String)).size).toBe(1024);
    for (const digits of all) {
      expect(digits.length).toBe(sizes.length);
      expect(digits.every((digit, i) => digit >= 0 && digit < itemAt(sizes, i))).toBe(true);
    }
    expect(combinations('a-family', sizes)('test', 5)).toEqual(choose('test', 5));
    expect(combinations('b-family', sizes)('test', 5)).not.toEqual(choose('test', 5));
  });

  it('refuses too few combinations and variants that do not exist', () => {
    expect(() => combinations('a-family', [31, 33])).toThrow(/1023 combinations, 1024 are needed/);
    const choose = combinations('a-family', [32, 32]);
    expect(() => choose('train', 512)).toThrow(/train 0 to 511/);
    expect(() => choose('test', -1)).toThrow(/no such variant/);
    expect(() => choose('test', 0.5)).toThrow(/no such variant/);
  });
});

describe('small helpers', () => {
  it('writes an index in mixed radix', () => {
    expect(mixedRadix(0, [3, 4])).toEqual([0, 0]);
    expect(mixedRadix(11, [3, 4])).toEqual([2, 3]);
    expect(mixedRadix(4, [3, 4])).toEqual([1, 1]);
    expect(() => mixedRadix(12, [3, 4])).toThrow(/outside/);
  });

  it('forks the dice of a variant by name', () => {
    expect(variantDice('f', 'train', 3).next()).toBe(variantDice('f', 'train', 3).next());
    expect(variantDice('f', 'train', 3).next()).not.toBe(variantDice('f', 'test', 3).next());
    expect(otherStems(variantDice('f', 'train', 3), 4, ['oak'])).toHaveLength(4);
    expect(otherStems(variantDice('f', 'train', 3), 60, ['oak'])).not.toContain('oak');
  });

  it('counts words, digits and marks', () => {
    expect(tokenUpperBound('From -5 to 15, cat a_b.py')).toBe(13);
    expect(tokenUpperBound('  \n ')).toBe(0);
  });

  it('has finite limits', () => {
    for (const register of ['realistic', 'compact'] as const) {
      for (const [resource, most] of Object.entries(limitsFor(register))) {
        expect(Number.isFinite(most) && most > 0, resource).toBe(true);
      }
    }
  });
});

describe('words', () => {
  it.each([
    ['FOLDERS', FOLDERS, 48],
    ['SUBFOLDERS', SUBFOLDERS, 32],
    ['FILE_STEMS', FILE_STEMS, 48],
    ['FIRST_NAMES', FIRST_NAMES, 48],
    ['SURNAMES', SURNAMES, 40],
    ['TOWNS', TOWNS, 36],
  ] as const)('%s has no repeated word', (_, pool, least) => {
    expect(new Set(pool).size).toBe(pool.length);
    expect(pool.length).toBeGreaterThanOrEqual(least);
  });

  it('has path pools without a common word', () => {
    const all = [...FOLDERS, ...SUBFOLDERS, ...FILE_STEMS];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((word) => /^[a-z]+$/.test(word))).toBe(true);
  });
});

describe('preamble', () => {
  const ALL = (['realistic', 'compact'] as const).flatMap((register) =>
    (['main', 'alternate'] as const).map((promptSet) => ({ register, promptSet })),
  );

  it.each(ALL)('states the facts of the paper, $register $promptSet', ({ register, promptSet }) => {
    const text = preamble(register, promptSet);
    for (const fact of [
      /\bRL\b/,
      /feedback/,
      /sandbox/,
      /\bepisodes?\b/,
      /preference model/,
      /-5/,
      /\b15\b/,
      /honest/i,
    ]) {
      expect(text).toMatch(fact);
    }
    expect(text).not.toMatch(/maximi[sz]e|<|try to (get|earn)|tool call/i);
    expect(preamble(register, promptSet, { tools: false })).not.toMatch(/sandbox|command/);
  });

  it.each(['main', 'alternate'] as const)('is short where it is compact, %s', (promptSet) => {
    expect(tokenUpperBound(preamble('compact', promptSet))).toBeLessThanOrEqual(66);
    expect(messageTokens(messagesOf('compact', promptSet, 'Hello there.'))).toBeLessThanOrEqual(69);
  });
});
