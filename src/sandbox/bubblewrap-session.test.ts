import { describe, expect, it } from 'vitest';
import { readEnd, startScript } from './bubblewrap-session.ts';

const BEFORE = { env: [['KEPT', 'before']] } as const;
const end = (text: string) => readEnd(Buffer.from(text), BEFORE);

describe('what a shell leaves', () => {
  it('is its folder, its environment and its plain variables, without those of every shell', () => {
    const listing = [
      'declare -x PWD="/desk/sub"',
      'declare -- plain="1"',
      'declare -x Z="2"',
      'declare -x A="1"',
      'declare -r BASHOPTS="x"',
      'declare -ir UID="0"',
      'declare -- _="x"',
      'declare -- _shell_trap="x"',
      'declare -- FUNCNEST="500"',
      'declare -x OLDPWD="/desk"',
      '# end\n',
    ].join('\n');
    expect(end(listing)).toEqual({
      cwd: '/desk/sub',
      env: [
        ['A', '1'],
        ['OLDPWD', '/desk'],
        ['Z', '2'],
      ],
      plain: [['plain', '1']],
    });
  });

  it.each(['', '# end', 'declare -x A="1"\n', 'rubbish\n# end\n', 'declare -x A="1\n# end\n'])(
    'is nothing in %j',
    (text) => {
      expect(end(text)).toBeNull();
    },
  );

  it('has no folder that is not one', () => {
    expect(end('# end\n')?.cwd).toBeNull();
    expect(end('declare -x PWD="desk"\n# end\n')?.cwd).toBeNull();
  });

  it('forgets what is too long', () => {
    const long = 'x'.repeat(131_072);
    expect(end(`declare -x BIG="${long}"\ndeclare -- a="1"\n# end\n`)).toMatchObject({
      env: BEFORE.env,
      plain: [['a', '1']],
    });
    expect(end(`declare -x A="1"\ndeclare -- big="${long}"\ndeclare -- c="1"\n# end\n`)).toMatchObject({
      env: [['A', '1']],
      plain: [['c', '1']],
    });
  });
});

describe('what a shell starts from', () => {
  it('is quoted, and leaves out what cannot be set', () => {
    const script = startScript(
      "/it's",
      [
        ['A', "$(id) 'x'\n"],
        ['bad-name', 'x'],
        ['SHELLOPTS', 'x'],
      ],
      [
        ['p', '`id`'],
        ['UID', '7'],
      ],
    );
    expect(script).toContain("cd -- '/it'\\''s' || cd /\n");
    expect(script).toContain("declare -x A='$(id) '\\''x'\\''\n'\n");
    expect(script).toContain("\np='`id`'\n");
    expect(script).not.toMatch(/bad-name|SHELLOPTS|UID=/);
  });
});
