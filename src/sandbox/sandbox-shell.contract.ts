import { describe, expect, it } from 'vitest';
import type { CommandResult, SandboxProvider, SandboxSpec } from './sandbox.ts';

const SPEC: SandboxSpec = {
  files: [
    { path: '/desk/notes.txt', text: 'one\ntwo\n', mode: 0o644 },
    { path: '/desk/more.txt', text: 'one\n', mode: 0o640 },
    { path: '/desk/locked.txt', text: 'locked\n', mode: 0o444 },
    { path: '/desk/tool', text: '#!/bin/bash\necho tool\n', mode: 0o755 },
    { path: '/desk/sub/inner.txt', text: 'inner\n', mode: 0o600 },
  ],
  cwd: '/desk',
  seed: 'shell',
};

/** A month, a day, and an hour or a year. */
const AGE = / \w{3} \d+ [\d:]+ /;

export interface ShellContract {
  /** Whom a guest runs as. */
  readonly name: string;
  readonly id: number;
  /** Whether clock, random numbers and the name of the system are the simulation's. */
  readonly pinned: boolean;
  readonly recordsDenied: boolean;
}

/** What someone used to bash and GNU's tools takes for granted. */
export const shellContract = (opened: () => SandboxProvider, guest: ShellContract): void => {
  const all = async (commands: readonly string[], seed = SPEC.seed): Promise<CommandResult[]> => {
    await using sandbox = await opened().open({ ...SPEC, seed });
    const results: CommandResult[] = [];
    for (const command of commands) results.push(await sandbox.session.exec(command));
    return results;
  };
  const run = async (command: string): Promise<CommandResult> => {
    const [result] = await all([command]);
    if (result === undefined) throw new Error('no result');
    return result;
  };

  const { name: who, id } = guest;

  describe('options', () => {
    it.each([
      ['sed -i.bak s/one/1/ notes.txt', '1\ntwo\n', { 'notes.txt.bak': 'one\ntwo\n' }],
      ['sed --in-place=.old -e s/one/1/ notes.txt', '1\ntwo\n', { 'notes.txt.old': 'one\ntwo\n' }],
      ['sed -E -i.orig "s/(o)ne/\\1/" notes.txt', 'o\ntwo\n', { 'notes.txt.orig': 'one\ntwo\n' }],
      [
        'sed s/one/1/ -i.bak notes.txt more.txt',
        '1\ntwo\n',
        { 'notes.txt.bak': 'one\ntwo\n', 'more.txt.bak': 'one\n' },
      ],
      ['sed -i"old_*" s/one/1/ notes.txt', '1\ntwo\n', { 'old_notes.txt': 'one\ntwo\n' }],
      ['cd sub; sed -n -i.bak -e /one/p ../notes.txt', 'one\n', { 'notes.txt.bak': 'one\ntwo\n' }],
      ['sed -i s/one/1/ notes.txt', '1\ntwo\n', {}],
      ['sed -i.bak "s/one" notes.txt', 'one\ntwo\n', {}],
    ])('%s', async (command, text, kept) => {
      const [first, second] = await all([command, 'cat /desk/notes.txt']);
      expect(second?.stdout).toBe(text);
      const fresh = first?.changes.filter((change) => change.before === null) ?? [];
      expect(Object.fromEntries(fresh.map(({ path, after }) => [path.slice(6), after?.content?.data]))).toEqual(kept);
    });

    it('sed keeps mode with the backup, and does not edit where it cannot be written', async () => {
      const result = await run(
        'sed -i.bak s/one/1/ more.txt; stat -c %a more.txt.bak; chmod 555 .; sed -i.old s/1/2/ more.txt; echo $?; cat more.txt',
      );
      expect(result.stdout).toBe('640\n4\n1\n');
      expect(result.stderr).toMatch(guest.pinned ? /more.txt.old: Permission denied/ : /^sed: .*Permission denied/);
      expect(result.denied).toEqual(guest.recordsDenied ? [{ path: '/desk/more.txt.old', operation: 'create' }] : []);
    });

    it.each([
      ['printf "a\\nb\\n" | xargs -I{} echo [{}]', '[a]\n[b]\n'],
      ['printf "a\\nb\\n" | xargs -I {} echo [{}]', '[a]\n[b]\n'],
      ['printf "a b\\nc\\n" | xargs -I% echo [%]', '[a b]\n[c]\n'],
      ['printf "a b" | xargs -n1 echo x', 'x a\nx b\n'],
      ['printf "a\\0b c\\0" | xargs -0n1 echo', 'a\nb c\n'],
      // Two at a time: which ends first is chance.
      ['printf "a\\0b\\0" | xargs -0 -I{} -P2 echo {} | sort', 'a\nb\n'],
      ['printf a,b | xargs -d, -n1', 'a\nb\n'],
      ['ls *.txt | xargs wc -l | tail -1', '4 total\n'],
      ['echo a | xargs -r echo -n1', '-n1 a\n'],
      ['printf "a\\nb\\n" | xargs --max-args=1 echo', 'a\nb\n'],
    ])('%s', async (command, stdout) => {
      const result = await run(command);
      expect(result.stdout.replace(/^ +/, '')).toBe(stdout);
      expect(result).toMatchObject({ stderr: '', exitCode: 0 });
    });
  });

  describe('ls', () => {
    it('shows modes, types and where links lead', async () => {
      const { stdout } = await run('ln -s notes.txt link; ln -s nowhere lost; ls -l');
      const squeezed = stdout
        .split('\n')
        .slice(1)
        .map((line) => line.replace(/ +/g, ' '));
      const lines = guest.pinned ? squeezed : squeezed.map((line) => line.replace(AGE, ' TIME '));
      const at = (clock: string): string => (guest.pinned ? `Jan 5 ${clock}` : 'TIME');
      const files = [
        ['lrwxrwxrwx 1', 9, at('09:00'), 'link -> notes.txt'],
        ['-r--r--r-- 1', 7, at('08:00'), 'locked.txt'],
        ['lrwxrwxrwx 1', 7, at('09:00'), 'lost -> nowhere'],
        ['-rw-r----- 1', 4, at('08:00'), 'more.txt'],
        ['-rw-r--r-- 1', 8, at('08:00'), 'notes.txt'],
        ['drwxr-xr-x 2', guest.pinned ? 4096 : 60, at('08:00'), 'sub'],
        ['-rwxr-xr-x 1', 22, at('08:00'), 'tool'],
      ];
      expect(lines).toEqual([
        ...files.map(([mode, size, time, name]) => `${mode} ${who} ${who} ${size} ${time} ${name}`),
        '',
      ]);
    });

    it.each([
      ['ls', 'locked.txt\nmore.txt\nnotes.txt\nsub\ntool\n'],
      ['touch .h; ls -A sub .', '.:\n.h\nlocked.txt\nmore.txt\nnotes.txt\nsub\ntool\n\nsub:\ninner.txt\n'],
      ['ls -a sub', '.\n..\ninner.txt\n'],
      ['ls -F', 'locked.txt\nmore.txt\nnotes.txt\nsub/\ntool*\n'],
      ['ls -R', '.:\nlocked.txt\nmore.txt\nnotes.txt\nsub\ntool\n\n./sub:\ninner.txt\n'],
      ['ls -ld sub | cut -c1-10', 'drwxr-xr-x\n'],
      ['chmod 1777 sub; ls -ld sub | cut -c1-10', 'drwxrwxrwt\n'],
      ['ls -la sub | tail -n +2 | cut -c1-10', 'drwxr-xr-x\ndrwxr-xr-x\n-rw-------\n'],
      ['ls -S *.txt', 'notes.txt\nlocked.txt\nmore.txt\n'],
      ['touch more.txt; ls -tr *.txt', 'notes.txt\nlocked.txt\nmore.txt\n'],
      ['ls -l --time-style=+%F notes.txt', `-rw-r--r-- 1 ${who} ${who} 8 2026-01-05 notes.txt\n`],
      ['ln -s sub s; ls s', 'inner.txt\n'],
      [
        'head -c 1536 /dev/zero > z; truncate -s 1536 z; ls -lh z | cut -d" " -f1-5',
        `-rw-r--r-- 1 ${who} ${who} 1.5K\n`,
      ],
    ])('%s', async (command, stdout) => {
      expect(await run(command)).toMatchObject({ stdout, stderr: '', exitCode: 0 });
    });

    it('says what it cannot list', async () => {
      const result = await run('chmod 000 sub; ls nope sub notes.txt; echo $?; chmod 311 sub; ls sub/inner.txt; ls -z');
      // GNU's ls has no headline for a folder that it cannot open.
      expect(result.stdout).toBe(`notes.txt\n\n${guest.pinned ? 'sub:\n' : ''}2\nsub/inner.txt\n`);
      expect(result.stderr).toMatch(/^ls: cannot access 'nope': No such file or directory$/m);
      expect(result.stderr).toMatch(/^ls: cannot open directory 'sub': Permission denied$/m);
      expect(result.stderr).toMatch(/invalid option -- 'z'/);
      expect(result.denied).toEqual([]);
    });
  });

  describe('small commands', () => {
    it.each([
      ['whoami; id -u; id -un; echo $UID', `${who}\n${id}\n${who}\n${id}\n`],
      ['id', `uid=${id}(${who}) gid=${id}(${who}) groups=${id}(${who})\n`],
      ...(guest.pinned ? [['uname; uname -sr; uname -m', 'Linux\nLinux 6.1.0\nx86_64\n']] : [['uname', 'Linux\n']]),
      ['ln -s sub/inner.txt l; realpath l sub/..; realpath -m no/such', '/desk/sub/inner.txt\n/desk\n/desk/no/such\n'],
      ['truncate -s 0 notes.txt; truncate -s 3 n; truncate -s +2 n; wc -c < notes.txt; wc -c < n', '0\n5\n'],
      ...(guest.pinned ? [['echo a | less; less -N more.txt; more more.txt', 'a\none\none\n']] : []),
      ['trap "echo bye; exit 0" EXIT; echo hi; exit 3', 'hi\nbye\n'],
      ['f() { rm $t; echo gone; }; t=$(mktemp); trap f EXIT INT; ls /tmp | wc -l; true', '1\ngone\n'],
      ['trap "echo no" EXIT; trap - EXIT; trap "" INT', ''],
      ['kill -0 $$ && echo here', 'here\n'],
      ['A=1; export B=2; env | grep -c "^[AB]="; env C=3 printenv C', '1\n3\n'],
      ['which id mktemp; type -t whoami', '/usr/bin/id\n/usr/bin/mktemp\nfile\n'],
    ])('%s', async (command, stdout) => {
      const result = await run(command);
      expect({ ...result, stdout: result.stdout.replace(/^ +/gm, '') }).toMatchObject({
        stdout,
        stderr: '',
        exitCode: 0,
      });
    });

    it.each([
      ['truncate -s 0 locked.txt', /locked.txt.*Permission denied/, 1],
      ['truncate -s 9999999999G n', /No space left on device|Invalid number/, 1],
      ['realpath no/such', /no\/such: No such file or directory/, 1],
      ['kill 99', /\(99\) - No such process/, 1],
      ['mktemp -p /no', /Permission denied|No such file/, 1],
      ['mktemp short.X', /too few X/, 1],
      ['id no-such-one', /no such user/, 1],
      ['trap "exit 5" EXIT; true', /^$/, 5],
      ['trap "(" EXIT; true', /^bash: .*(?:trap: |syntax error)/, 0],
    ])('%s', async (command, stderr, exitCode) => {
      const result = await run(command);
      expect(result.stderr).toMatch(stderr);
      expect(result).toMatchObject({ exitCode, stdout: '', changes: [] });
    });

    it('a trap that never ends meets the limits', async () => {
      await using sandbox = await opened().open({ ...SPEC, limits: { commandMs: 4_000 } });
      const result = await sandbox.session.exec('trap "while :; do :; done" EXIT; echo x');
      expect(result).toMatchObject({ outcome: expect.stringMatching(/^(?:limit|timeout)$/), stdout: 'x\n' });
    });

    it('mktemp makes private files with names of the pinned stream', async () => {
      const command = 'cd $(mktemp -d); mktemp ./f.XXXXXX; mktemp; pwd; ls -l . | cut -c1-10; ls -ld . | cut -c1-10';
      const [a, again, b] = [await all([command]), await all([command]), await all([command], 'other')];
      if (guest.pinned) expect(again).toEqual(a);
      expect(b[0]?.stdout).not.toBe(a[0]?.stdout);
      expect(a[0]?.stdout).toMatch(
        /^\.\/f\.\w{6}\n\/tmp\/tmp\.\w{10}\n\/tmp\/tmp\.\w{10}\ntotal 0\n-rw-------\ndrwx------\n$/,
      );
    });
  });

  describe('from command to command', () => {
    it('cd - leads back', async () => {
      const results = await all(['cd sub', 'cd -', 'cd -; pwd; echo $OLDPWD']);
      expect(results.map((result) => [result.stdout, result.cwd, result.exitCode])).toEqual([
        ['', '/desk/sub', 0],
        ['/desk\n', '/desk', 0],
        ['/desk/sub\n/desk/sub\n/desk\n', '/desk/sub', 0],
      ]);
      // To the simulated shell the first folder is one that it has been to.
      expect(await run('cd -')).toMatchObject({ exitCode: guest.pinned ? 0 : 1, cwd: '/desk' });
    });

    it('plain variables persist, are not exported, and can be unset', async () => {
      const results = await all([
        'plain=1; for i in a b; do :; done; exit 3',
        'echo $plain $i; env | grep -c plain; bash -c "echo [\\$plain]"; plain=2',
        'echo $plain; unset plain',
        'echo "[$plain]"; export i',
        'printenv i; set -u; echo $plain',
      ]);
      expect(results.map((result) => result.stdout)).toEqual(['', '1 b\n0\n[]\n', '2\n', '[]\n', 'b\n']);
    });

    it('functions, arrays, options and the shell’s own variables do not', async () => {
      const [, result] = await all([
        'f() { echo f; }; a=(1 2); set -f; IFS=,; shopt -s nullglob',
        'f; (set -u; echo $a) || echo none; echo *.nothing $-; x=a,b; echo $x',
      ]);
      expect(result?.stderr).toMatch(/f: command not found/);
      expect(result?.stdout).toMatch(/^none\n\*\.nothing \w+\na,b\n$/);
      expect(result?.stdout).not.toMatch(/nothing \w*f/);
    });

    it('long plain variables are forgotten, the environment is not', async () => {
      const results = await all([
        'export E=1; p=1; q=$(printf "x%.0s" {1..9000}); for i in 1 2 3 4; do q=$q$q; done',
        'echo $E $p [$q]',
      ]);
      expect(results[1]?.stdout).toBe('1 1 []\n');
    });
  });
};
