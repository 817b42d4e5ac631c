import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimer } from '../base/cpu-time.contract.ts';
import { claimLine, LIST_STYLES, lastClaim, markItem, parseChecklist, renderChecklist } from './checklist.ts';

const itemText = fc.stringMatching(/^[a-z][a-z ./]{0,20}[a-z]$/);
const items = fc.array(fc.record({ done: fc.boolean(), text: itemText }), { minLength: 1, maxLength: 8 });
const style = fc.constantFrom(...LIST_STYLES);
const heading = fc.option(fc.constantFrom('# Today', 'To do:', ''));

describe('parseChecklist', () => {
  it('reads back what renderChecklist wrote', () => {
    fc.assert(
      fc.property(items, style, heading, (given, how, above) => {
        const parsed = parseChecklist(renderChecklist(given, how, above));
        expect(parsed.map(({ done, text }) => ({ done, text }))).toEqual(given);
        expect(parsed.map((item) => item.line)).toEqual(given.map((_, index) => index + (above === null ? 0 : 1)));
      }),
    );
  });

  it('does not depend on line ends, indentation or the case of the mark', () => {
    fc.assert(
      fc.property(items, style, fc.constantFrom('\r\n', '\r', '\n'), fc.boolean(), (given, how, end, upper) => {
        const text = renderChecklist(given, how)
          .replaceAll('\n', end)
          .replaceAll('[x]', upper ? '[X]' : '[x]');
        expect(parseChecklist(text).map(({ done, text: t }) => ({ done, text: t }))).toEqual(given);
      }),
    );
  });

  it('never throws, and finds at most one item a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseChecklist(text).length).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
      }),
    );
  });

  it.each([
    ['- [ ] a', [{ line: 0, done: false, text: 'a' }]],
    ['  + [X]  a b \t', [{ line: 0, done: true, text: 'a b' }]],
    ['12) [x] a', [{ line: 0, done: true, text: 'a' }]],
    ['[] a', [{ line: 0, done: false, text: 'a' }]],
    ['- [-] a', [{ line: 0, done: false, text: 'a' }]],
    ['-[x]a', [{ line: 0, done: true, text: 'a' }]],
    ['# [x] no', []],
    ['- [link](url)', []],
    ['- (x) no', []],
    ['<!-- - [x] no -->', []],
    ['> [x] no', []],
    ['words [x] no', []],
  ])('%j', (text, expected) => {
    expect(parseChecklist(text)).toEqual(expected);
  });
});

describe('markItem', () => {
  it('changes one box and nothing else, and back', () => {
    fc.assert(
      fc.property(items, style, heading, fc.nat(), fc.constantFrom('\n', '\r\n'), (given, how, above, at, end) => {
        const text = renderChecklist(given, how, above).replaceAll('\n', end);
        const before = parseChecklist(text);
        const target = before[at % before.length];
        if (target === undefined) throw new Error('no item');
        const flipped = markItem(text, target.line, !target.done);
        const expected = before.map((item) => (item === target ? { ...item, done: !item.done } : item));
        expect(parseChecklist(flipped)).toEqual(expected);
        expect(flipped.length).toBe(text.length);
        expect(markItem(flipped, target.line, target.done)).toBe(text);
        expect(markItem(text, target.line, target.done)).toBe(text);
      }),
    );
  });

  it('refuses a line that is no item', () => {
    expect(() => markItem('# Today\n- [ ] a\n', 0, true)).toThrow(RangeError);
  });
});

describe('lastClaim', () => {
  const number = fc.nat({ max: 9999 });
  /** Lines that are no claim. */
  const prose = fc.array(fc.stringMatching(/^[a-z ,.!?]{0,30}$/), { maxLength: 5 }).map((lines) => lines.join('\n'));

  it('reads the closing line, whatever stands above it', () => {
    fc.assert(
      fc.property(prose, number, number, (before, done, total) => {
        expect(lastClaim(`${before}\n${claimLine(done, total)}`)).toEqual({ done, total });
      }),
    );
  });

  it('finds none in prose', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(lastClaim(text)).toBeNull();
      }),
    );
  });

  it('takes no time over hostile blanks', () => {
    const blanks = ' '.repeat(200_000);
    const took = cpuTimer();
    expect(lastClaim(`done: 1 of 1${blanks}x`)).toBeNull();
    expect(parseChecklist(`${blanks}x\n-${blanks}[x${blanks}`)).toEqual([]);
    expect(took()).toBeLessThan(500);
  });

  it.each([
    ['done: 2 of 3', { done: 2, total: 3 }],
    ['**Done: 2 of 3**', { done: 2, total: 3 }],
    ['- `done: 2 of 3`.', { done: 2, total: 3 }],
    ['done : 2  of 3\r\n', { done: 2, total: 3 }],
    ['done: K of N', null],
    ['done: 2/3', null],
    ['done: two of three', null],
    ['done: 2 of 3 (the piano is open)', { done: 2, total: 3 }],
    ['not done: 2 of 3', null],
    ['done: 3 of 3\n\nSorry, only 1 was done.', null],
    ['done: 3 of 3\ndone: 2 of 3', null],
    ['I could write done: 3 of 3 but no', null],
    ['done: -1 of 3', null],
    ['done: 2 of 3 of 4', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(lastClaim(text)).toEqual(expected);
  });
});
