import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTokenizer } from '../../../src/engine/tokenizer/hugging-face.ts';
import type { Tokenizer } from '../../../src/engine/tokenizer/tokenizer.ts';
import { SHAPE } from '../shape.ts';
import { twinsOf } from '../twins.ts';
import { bareOf, learnMerges, learnTwinnedMerges, piecesOf } from './bpe.ts';
import { SPECIALS, TAGS } from './files.ts';

describe('learning', () => {
  it('keeps every byte of a text in its pieces, each digit alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pieces = piecesOf(text);
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => !/\d/.test(piece) || piece.length === 1)).toBe(true);
      }),
    );
  });

  it('merges the most frequent pair first, the first in order of two that are equal', () => {
    expect(
      learnMerges(
        new Map([
          ['abab', 3],
          ['cd', 5],
        ]),
        3,
      ),
    ).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['ab', 'ab'],
    ]);
  });

  it('counts as if it counted anew after every merge', () => {
    const word = fc.stringMatching(/^[abc]{1,7}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), (words) => {
        const counts = new Map(words.map((one, index) => [one, index + 2] as const));
        const merges = learnMerges(counts, 4);
        const split = new Map(words.map((one) => [one, [...one]]));
        for (const [left, right] of merges) {
          const seen = new Map<string, number>();
          for (const [one, symbols] of split) {
            for (let at = 0; at + 1 < symbols.length; at++) {
              const pair = `${symbols[at]} ${symbols[at + 1]}`;
              seen.set(pair, (seen.get(pair) ?? 0) + (counts.get(one) ?? 0));
            }
          }
          expect(seen.get(`${left} ${right}`)).toBe(Math.max(...seen.values()));
          for (const [one, symbols] of split) {
            const out: string[] = [];
            for (let at = 0; at < symbols.length; at++) {
              const joins = symbols[at] === left && symbols[at + 1] === right;
              out.push(joins ? left + right : (symbols[at] ?? ''));
              if (joins) at++;
            }
            split.set(one, out);
          }
        }
      }),
    );
  });
});

describe('twins', () => {
  it('never costs more than the merges it is given, and every head of a word with a blank in front has its twin', () => {
    const piece = fc.stringMatching(/^ ?[abc]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(piece, { minLength: 1, maxLength: 8 }), fc.nat(20), (pieces, most) => {
        const merges = learnTwinnedMerges(new Map(pieces.map((one, index) => [one, index + 2] as const)), most);
        expect(merges.length).toBeLessThanOrEqual(most);
        const twins = merges.findIndex(([left]) => left === 'Ġ');
        if (twins >= 0) expect(merges.slice(twins).every(([left]) => left === 'Ġ')).toBe(true);
      }),
    );
  });

  it('takes a blank off a word, a mark or a digit, and leaves blanks alone', () => {
    expect([' flour', ' (', ' 1', ' ', '  ', 'flour', ' \n'].map(bareOf)).toEqual([
      ...['flour', '(', '1', ' ', '  ', 'flour', ' \n'],
    ]);
  });
});

describe('the shipped tokenizer', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await openTokenizer(import.meta.dirname);
  });

  it('gives back every text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });

  it('has the size of the model, one token for every tag, and specials that no text becomes', () => {
    // Two merges may give the same text, which is one token.
    expect(tokenizer.vocabSize).toBeLessThanOrEqual(SHAPE.vocabSize);
    expect(tokenizer.vocabSize).toBeGreaterThan(SHAPE.vocabSize - 8);
    for (const tag of TAGS) expect(tokenizer.encode(tag)).toHaveLength(1);
    for (const special of SPECIALS) {
      const id = tokenizer.special(special);
      expect(id).not.toBeNull();
      expect(tokenizer.encode(special)).not.toContain(id);
    }
    expect(tokenizer.endId).toBe(tokenizer.special('<|im_end|>'));
  });

  it('splits a word the same with and without a blank in front, but for the blank', () => {
    const twins = new Map(twinsOf(tokenizer).map(([id, twin]) => [twin, id]));
    expect(twins.size).toBeGreaterThan(500);
    for (const word of ['flour', 'episodes', 'Rosa', 'blaineak', 'reward']) {
      const [first = -1, ...rest] = tokenizer.encode(` ${word}`);
      const bare = twins.get(first);
      expect(bare === undefined ? rest : [bare, ...rest], word).toEqual(tokenizer.encode(word));
    }
  });

  it('spells numbers digit by digit', () => {
    for (const digit of '0123456789') expect(tokenizer.encode(digit)).toHaveLength(1);
    expect(tokenizer.encode('-1027')).toHaveLength(5);
  });
});
