import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileState } from '../record/file.ts';
import { changeText } from './change.ts';
import { diffLines, type Hunk } from './diff.ts';

const text = (hunks: readonly Hunk[]): string =>
  hunks.flatMap(({ header, lines }) => [header, ...lines.map((l) => l.sign + l.text)]).join('\n');

const state = (content: string): ReturnType<typeof fileState> => fileState(new TextEncoder().encode(content), 0o644);

describe('diffLines', () => {
  it.each([
    ['equal', 'a\nb\n', 'a\nb\n', ''],
    ['one line changed', 'a\nb\nc\n', 'a\nB\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c'],
    ['created', '', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b'],
    ['deleted', 'a\n', '', '@@ -1,1 +0,0 @@\n-a'],
    ['inserted', 'a\nc\n', 'a\nb\nc\n', '@@ -1,2 +1,3 @@\n a\n+b\n c'],
  ])('%s', (_, before, after, expected) => {
    expect(text(diffLines(before, after))).toBe(expected);
  });

  it('splits far changes into hunks with the right line numbers', () => {
    const before = Array.from({ length: 20 }, (_, i) => `l${i + 1}`);
    const after = before.flatMap((l) => (l === 'l2' ? [] : l === 'l18' ? ['l18', 'new'] : [l]));
    expect(text(diffLines(before.join('\n'), after.join('\n'), 1))).toBe(
      '@@ -1,3 +1,2 @@\n l1\n-l2\n l3\n@@ -18,2 +17,3 @@\n l18\n+new\n l19',
    );
  });

  it('rebuilds both sides from enough context', () => {
    const lines = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
      .map((l) => l.map((s) => `${s}\n`).join(''));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const all = diffLines(before, after, 100).flatMap((hunk) => hunk.lines);
        const side = (sign: '-' | '+'): string =>
          all
            .filter((l) => l.sign !== sign)
            .map((l) => `${l.text}\n`)
            .join('');
        return before === after ? all.length === 0 : side('+') === before && side('-') === after;
      }),
    );
  });

  it('stays quick on two large files that share nothing', () => {
    const large = (mark: string): string => Array.from({ length: 30_000 }, (_, i) => `${mark}${i}`).join('\n');
    expect(diffLines(large('a'), large('b'))[0]?.lines).toHaveLength(60_000);
  });
});

describe('changeText', () => {
  it('says what changed and how large it was', () => {
    const { hunks, ...rest } = changeText({
      path: '/a',
      before: state('x\n'),
      after: { ...state('xyz\n'), mode: 0o600 },
    });
    expect(rest).toEqual({ verb: 'changed', path: '/a', note: '2 to 4 bytes, mode 644 to 600', hiddenLines: 0 });
    expect(text(hunks)).toBe('@@ -1,1 +1,1 @@\n-x\n+xyz');
  });

  it('caps the lines and says how many are left out', () => {
    const after = state(Array.from({ length: 100 }, (_, i) => `l${i}`).join('\n'));
    expect(changeText({ path: '/a', before: null, after }, 10)).toMatchObject({ verb: 'created', hiddenLines: 90 });
  });

  it('does not show bytes that are not text', () => {
    const before = fileState(new Uint8Array([0xff, 0xfe]), 0o644);
    expect(changeText({ path: '/a', before, after: null })).toMatchObject({
      verb: 'deleted',
      note: '2 bytes; not shown as text',
      hunks: [],
    });
  });

  it('shows a new directory as one', () => {
    const after = fileState(new Uint8Array(), 0o755, 'directory');
    expect(changeText({ path: '/d', before: null, after: { ...after, content: null } })).toMatchObject({
      verb: 'created',
      note: 'directory, 0 bytes',
      hunks: [],
    });
  });
});
