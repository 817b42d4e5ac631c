import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from './bash-declarations.ts';

const read = (text: string): unknown =>
  readDeclarations(Buffer.from(text))?.map(({ name, value, exported }) => [name, value, exported]) ?? null;

describe('the listing of a shell', () => {
  it.each([
    ['declare -- a="b"\n', [['a', 'b', false]]],
    [
      'declare -x HOME="/root"\ndeclare -ir n="5"\n',
      [
        ['HOME', '/root', true],
        ['n', '5', false],
      ],
    ], // prettier-ignore
    ['declare -x OLDPWD\ndeclare -- z="1"\n', [['z', '1', false]]],
    [
      'declare -a list=([0]="a b" [1]=")" [2]=$\'\\n\')\ndeclare -A m=([k]="v" )\ndeclare -- z="1"\n',
      [['z', '1', false]],
    ],
    ['declare -- s="a\\"b\\$c\\\\d\\`e\nf"\n', [['s', 'a"b$c\\d`e\nf', false]]],
    ["declare -- s=$'a\\nb\\tc\\'d\\\\\\033\\303\\251'\n", [['s', "a\nb\tc'd\\\x1bé", false]]],
    ['declare -- broken=$\'\\377\'\ndeclare -- z="1"\n', [['z', '1', false]]],
    ['declare -- __proto__="x"\n', [['__proto__', 'x', false]]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'x',
    'declare',
    'declare -- a',
    'declare -- a="b',
    'declare -- a="b" ',
    'declare -- a=b\n',
    'declare -- 1="b"\n',
  ])('is nothing where it is not one: %j', (text) => {
    expect(read(text)).toBeNull();
  });

  it('takes any bytes without an exception, and in no more than linear time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readDeclarations(bytes);
      }),
    );
    const pieces = fc.constantFrom(
      'declare -- ',
      'declare -x ',
      'a=',
      '"',
      "$'",
      "'",
      '(',
      ')',
      '\\',
      '\n',
      'b',
      '[0]=',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        readDeclarations(Buffer.from(parts.join('')));
      }),
    );
    expect(read(`declare -- a="${'\\\\'.repeat(500_000)}`)).toBeNull();
    const most = 2_097_152;
    const long = 'x'.repeat(most);
    expect(readDeclarations(Buffer.from(`declare -- a="${long}"\n`))?.[0]?.value.length).toBe(most);
    const newlines = '\\n'.repeat(most / 2);
    expect(readDeclarations(Buffer.from(`declare -- a=$'${newlines}'\n`))?.[0]?.value.length).toBe(most / 2);
    expect(read(`declare -a a=(${'[0]="" '.repeat(most / 8)})\n`)).toEqual([]);
    for (const unit of ['""', '$', 'x', '"x', '\\']) expect(read(`declare -a a=(${unit.repeat(most / 2)}`)).toBeNull();
    expect(read(`declare -a a=(${'[0]="x" '.repeat(100_000)}`)).toBeNull();
  });
});
