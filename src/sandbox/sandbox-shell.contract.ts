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

/** What someone used to bash and GNU's tools takes for granted. */
export const shellContract = (opened: () => SandboxProvider): void => {
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
      expect(result.stderr).toMatch(/more.txt.old: Permission denied/);
      expect(result.denied).toEqual([{ path: '/desk/more.txt.old', operation: 'create' }]);
    });

    it.each([
      ['printf "a\\nb\\n" | xargs -I{} echo [{}]', '[a]\n[b]\n'],
      ['printf "a\\nb\\n" | xargs -I {} echo [{}]', '[a]\n[b]\n'],
      ['printf "a b\\nc\\n" | xargs -I% echo [%]', '[a b]\n[c]\n'],
      ['printf "a b" | xargs -n1 echo x', 'x a\nx b\n'],
      ['printf "a\\0b c\\0" | xargs -0n1 echo', 'a\nb c\n'],
      ['printf "a\\0b\\0" | xargs -0 -I{} -P2 echo {}', 'a\nb\n'],
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
      const lines = stdout.split('\n').map((line) => line.replace(/ +/g, ' '));
      expect(lines).toEqual([
        'total 20',
        'lrwxrwxrwx 1 root root 9 Jan 5 09:00 link -> notes.txt',
        '-r--r--r-- 1 root root 7 Jan 5 08:00 locked.txt',
        'lrwxrwxrwx 1 root root 7 Jan 5 09:00 lost -> nowhere',
        '-rw-r----- 1 root root 4 Jan 5 08:00 more.txt',
        '-rw-r--r-- 1 root root 8 Jan 5 08:00 notes.txt',
        'drwxr-xr-x 2 root root 4096 Jan 5 08:00 sub',
        '-rwxr-xr-x 1 root root 22 Jan 5 08:00 tool',
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
      ['ls -la sub | cut -c1-10', 'total 12\ndrwxr-xr-x\ndrwxr-xr-x\n-rw-------\n'],
      ['ls -S *.txt', 'notes.txt\nlocked.txt\nmore.txt\n'],
      ['touch more.txt; ls -tr *.txt', 'notes.txt\nlocked.txt\nmore.txt\n'],
      ['ls -l --time-style=+%F notes.txt', '-rw-r--r-- 1 root root 8 2026-01-05 notes.txt\n'],
      ['ln -s sub s; ls s', 'inner.txt\n'],
      ['head -c 1536 /dev/zero > z; truncate -s 1536 z; ls -lh z', '-rw-r--r-- 1 root root 1.5K Jan  5 09:00 z\n'],
    ])('%s', async (command, stdout) => {
      expect(await run(command)).toMatchObject({ stdout, stderr: '', exitCode: 0 });
    });

    it('says what it cannot list', async () => {
      const result = await run('chmod 000 sub; ls nope sub notes.txt; echo $?; chmod 311 sub; ls sub/inner.txt; ls -z');
      expect(result.stdout).toBe('notes.txt\n\nsub:\n2\nsub/inner.txt\n');
      expect(result.stderr).toMatch(/^ls: cannot access 'nope': No such file or directory$/m);
      expect(result.stderr).toMatch(/^ls: cannot open directory 'sub': Permission denied$/m);
      expect(result.stderr).toMatch(/invalid option -- 'z'/);
      expect(result.denied).toEqual([]);
    });
  });

  describe('small commands', () => {
    it.each([
      ['whoami; id -u; id -un; echo $UID', 'root\n0\nroot\n0\n'],
      ['id', 'uid=0(root) gid=0(root) groups=0(root)\n'],
      ['uname; uname -sr; uname -m', 'Linux\nLinux 6.1.0\nx86_64\n'],
      ['ln -s sub/inner.txt l; realpath l sub/..; realpath -m no/such', '/desk/sub/inner.txt\n/desk\n/desk/no/such\n'],
      ['truncate -s 0 notes.txt; truncate -s 3 n; truncate -s +2 n; wc -c < notes.txt; wc -c < n', '0\n5\n'],
      ['echo a | less; less -N more.txt; more more.txt', 'a\none\none\n'],
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
      ['truncate -s 9999999999G n', /No space left on device/, 1],
      ['realpath no/such', /no\/such: No such file or directory/, 1],
      ['kill 99', /\(99\) - No such process/, 1],
      ['mktemp -p /no', /Permission denied|No such file/, 1],
      ['mktemp short.X', /too few X/, 1],
      ['id nobody', /no such user/, 1],
      ['trap "exit 5" EXIT; true', /^$/, 5],
      ['trap "(" EXIT; true', /^bash: trap: /, 0],
    ])('%s', async (command, stderr, exitCode) => {
      const result = await run(command);
      expect(result.stderr).toMatch(stderr);
      expect(result).toMatchObject({ exitCode, stdout: '', changes: [] });
    });

    it('a trap that never ends meets the limits', async () => {
      expect(await run('trap "while :; do :; done" EXIT; echo x')).toMatchObject({ outcome: 'limit', stdout: 'x\n' });
    });

    it('mktemp makes private files with names of the pinned stream', async () => {
      const command = 'cd $(mktemp -d); mktemp ./f.XXXXXX; mktemp; pwd; ls -l . | cut -c1-10; ls -ld . | cut -c1-10';
      const [a, again, b] = [await all([command]), await all([command]), await all([command], 'other')];
      expect(again).toEqual(a);
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
      expect(await run('cd -')).toMatchObject({ exitCode: 0, cwd: '/desk' });
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
