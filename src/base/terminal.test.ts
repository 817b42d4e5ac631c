import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padEnd, padStart, truncate, visible, wrap } from './terminal.ts';

const CONTROL = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const nasty = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom('\u001b[2J', '\u009b31m', '\u202e', '\u200b', '\ufeff', '\ud800', '\r', '\u{e0041}'),
    ),
  )
  .map((parts) => parts.join(''));

describe('visible', () => {
  it.each([
    ['plain text', 'plain text'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
    ['\u009b2J', '\\x9b2J'],
    ['a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone \ud83d end', 'lone \\ud83d end'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['naïve 漢字 عربي ⚠️ 👍', 'naïve 漢字 عربي ⚠️ 👍'],
  ])('%j becomes %j', (given, shown) => {
    expect(visible(given)).toBe(shown);
  });

  it('keeps newlines and widens tabs when asked', () => {
    expect(visible('a\r\n\tb', { newlines: true, tabs: 4 })).toBe('a\\r\n    b');
  });

  it('never leaves a control, bidi or zero-width character', () => {
    fc.assert(fc.property(nasty, (text) => !CONTROL.test(visible(text))));
    fc.assert(
      fc.property(nasty, (text) => !CONTROL.test(visible(text, { newlines: true, tabs: 2 }).replaceAll('\n', ''))),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(nasty, (text) => visible(visible(text)) === visible(text)));
  });

  it('stays well-formed and at most nine times as long', () => {
    fc.assert(
      fc.property(
        nasty,
        (text) => visible(text).isWellFormed() && visible(text).length <= 9 * Math.max(1, text.length),
      ),
    );
  });
});

describe('width', () => {
  it.each([
    ['abc', 3],
    ['漢字', 4],
    ['e\u0301', 1],
    ['👍', 2],
    ['', 0],
  ])('%j takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('cuts to the columns given, never through a character', () => {
    expect(truncate('environment', 11)).toBe('environment');
    expect(truncate('environments', 11)).toBe('environmen…');
    expect(truncate('漢字漢字', 6)).toBe('漢字…');
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 40 }), (text, columns) => {
        const cut = truncate(visible(text), columns);
        return displayWidth(cut) <= columns && cut.isWellFormed();
      }),
    );
  });

  it('pads by columns, not by characters', () => {
    expect(padEnd('漢', 4)).toBe('漢  ');
    expect(padStart('漢', 4)).toBe('  漢');
    expect(padEnd('long', 2)).toBe('long');
  });

  it('wraps at spaces, and inside a word only when it must', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('', 4)).toEqual(['']);
    expect(wrap('漢字', 1)).toEqual(['漢', '字']);
  });

  it('keeps every line within the columns and loses no visible character', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const lines = wrap(visible(text), columns);
        const squeeze = (s: string): string => s.replaceAll(/\s/gu, '');
        return (
          lines.every((line) => displayWidth(line) <= columns) && squeeze(lines.join('')) === squeeze(visible(text))
        );
      }),
    );
  });
});
