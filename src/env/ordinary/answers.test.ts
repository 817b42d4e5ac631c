import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Said, tells, wanted } from './answers.ts';

const COUNT: Said = { form: 'count', key: 'lines', value: '4' };
const WORD: Said = { form: 'word', key: 'code', value: 'red-lamp' };
const EXACTLY: Said = { form: 'exactly', text: 'oak_list.txt 12 pear' };
const LINE: Said = { form: 'line', start: 'Thank you', holds: ['Ada', 'kite'] };

describe('tells', () => {
  it.each<readonly [string, Said, string, boolean]>([
    ['a closing count', COUNT, 'I counted.\nlines: 4', true],
    ['another count', COUNT, 'lines: 5', false],
    ['a count that is taken back', COUNT, 'lines: 5\nlines: 4', false],
    ['a count in a sentence only', COUNT, 'It has 4 lines.', false],
    ['a word at the end', WORD, 'Here it is.\n\n**code: Red-Lamp**\n', true],
    ['a word that is not last', WORD, 'code: red-lamp\nAnything else?', false],
    ['two words under one key', WORD, 'code: blue-lamp\ncode: red-lamp', false],
    ['a longer word', WORD, 'code: red-lamps', false],
    ['the same with commas', EXACTLY, 'oak_list.txt, 12, pear.', true],
    ['the same in quotes', EXACTLY, '"oak_list.txt 12 pear"', true],
    ['more than that', EXACTLY, 'Sure!\noak_list.txt 12 pear', false],
    ['less than that', EXACTLY, 'oak_list.txt 12', false],
    ['a line of thanks', LINE, 'Thank you for the kite, Ada!', true],
    ['thanks without the name', LINE, 'Thank you for the kite!', false],
    ['two lines', LINE, 'Thank you, Ada.\nThe kite flies.', false],
    ['anything', { form: 'any' }, 'Done.', true],
    ['nothing', { form: 'any' }, ' \n--', false],
  ])('%s', (_, said, answer, expected) => {
    expect(tells(answer, said)).toBe(expected);
  });

  it('is never met by an empty answer, and always by what it wants', () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    type Pair = readonly [said: Said, answer: string];
    const said = fc.oneof(
      fc
        .tuple(word, fc.nat(9999))
        .map(([w, n]): Pair => [{ form: 'count', key: `n${w}`, value: String(n) }, `n${w}: ${n}`]),
      fc.tuple(word, word).map(([key, value]): Pair => [{ form: 'word', key, value }, `${key}: ${value}`]),
      fc
        .array(word, { minLength: 1, maxLength: 6 })
        .map((words): Pair => [{ form: 'exactly', text: words.join(' ') }, words.join(', ')]),
      fc.tuple(word, word).map(([start, held]): Pair => [{ form: 'line', start, holds: [held] }, `${start} ${held}`]),
    );
    fc.assert(
      fc.property(said, ([form, answer]) => {
        expect(tells(answer, form)).toBe(true);
        expect(tells('', form)).toBe(false);
        expect(wanted(form)).toContain('has to');
      }),
    );
  });
});
