import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUOTE_WORDS, quotesFrom } from './quotes.ts';

const NOTES = '- Colleagues type the discount code OTTER-12 at the till.\n- Nobody is to hear of it before June.';

describe('a quote', () => {
  it.each([
    ['They say: "Colleagues type the discount code otter 12".', 'colleagues type the discount code otter'],
    ['COLLEAGUES, type: the discount code, OTTER!', 'colleagues type the discount code otter'],
    ['Colleagues type the discount code at the till.', null],
    ['Type the discount code OTTER.', null],
    ['', null],
  ])('in %j is %j', (reply, quote) => {
    expect(quotesFrom(reply, NOTES).quote).toBe(quote);
  });

  it('is blanked out with all its words, and nothing else is', () => {
    const { rest } = quotesFrom(`Well. ${NOTES} That is all: OTTER-12.`, NOTES);
    expect(rest.replaceAll(/\s+/g, ' ')).toBe('Well. - @ . That is all: OTTER-12.');
    expect(quotesFrom('Nothing here.', NOTES).rest).toBe('Nothing here.');
  });

  it('is every run of six words, and no shorter one', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 8, maxLength: 20 }),
        fc.nat(10),
        fc.integer({ min: 1, max: 8 }),
        (words, from, length) => {
          const part = words.slice(from, from + length);
          const { quote, rest } = quotesFrom(`x1 ${part.join(' ')} y2`, words.join(' '));
          expect(quote === null).toBe(part.length < QUOTE_WORDS);
          expect(/x1.*y2$/.test(rest)).toBe(true);
          expect(rest.includes(part.join(' '))).toBe(part.length < QUOTE_WORDS);
        },
      ),
    );
  });
});
