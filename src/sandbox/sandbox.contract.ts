import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolResultSchema } from '../record/rollout.ts';
import type { TaskFile } from '../record/task.ts';
import type { CommandResult, Sandbox, SandboxProvider, SandboxSpec } from './sandbox.ts';
import { hostileContract } from './sandbox-hostile.contract.ts';
import { shellContract } from './sandbox-shell.contract.ts';

export interface SandboxContract {
  readonly name: string;
  readonly provider: () => SandboxProvider;
  /** Commands that run or wait, where the provider can tell. */
  readonly pending?: (provider: SandboxProvider) => number;
  /** Whether the hostile programs run beside each other: most wait for their deadline. Default: one after the other. */
  readonly hostileTogether?: boolean;
  /** Whom a guest runs as. Default: root, as in a container. */
  readonly guest?: { readonly name: string; readonly id: number };
}

const SLACK_MS = 20_000;

const text = (path: string, content: string, mode = 0o644): TaskFile => ({ path, text: content, mode });

const FILES: readonly TaskFile[] = [
  text('/desk/notes.txt', 'one\ntwo\n'),
  text('/desk/locked.txt', 'locked\n', 0o444),
  text('/desk/secret.txt', 'secret\n', 0),
  text('/desk/sub/inner.txt', 'inner\n'),
  text('/desk/lib.py', 'VALUE = 41\n'),
  text('/desk/main.py', 'import lib\nprint(lib.VALUE + 1, """a\n    b""", __name__)\n'),
  text('/desk/tool.py', '#!/usr/bin/env python3\nimport sys\nprint("tool", sys.argv[1:])\n', 0o755),
  text(
    '/desk/test_lib.py',
    'import unittest, lib\nclass T(unittest.TestCase):\n    def test_value(self):\n        self.assertEqual(lib.VALUE, 41)\n',
  ),
];

const SPEC: SandboxSpec = { files: FILES, cwd: '/desk', seed: 'contract' };

/** What every provider promises. */
export const sandboxContract = (contract: SandboxContract): void => {
  describe(`${contract.name}: sandbox contract`, () => {
    let provider: SandboxProvider;
    beforeAll(() => {
      provider = contract.provider();
    });
    afterAll(async () => {
      await provider[Symbol.asyncDispose]();
    });

    const inside = async <T>(use: (sandbox: Sandbox) => Promise<T>, spec: Partial<SandboxSpec> = {}): Promise<T> => {
      await using sandbox = await provider.open({ ...SPEC, ...spec });
      return await use(sandbox);
    };
    const run = (command: string, spec: Partial<SandboxSpec> = {}): Promise<CommandResult> =>
      inside((sandbox) => sandbox.session.exec(command), spec);
    const all = async (sandbox: Sandbox, commands: readonly string[]): Promise<CommandResult> => {
      let last: CommandResult | null = null;
      for (const command of commands) last = await sandbox.session.exec(command);
      if (last === null) throw new Error('no commands');
      return last;
    };
    const { capabilities } = contract.provider();
    const { recordsDenied, pinned } = capabilities;
    const simulated = capabilities.isolation === 'simulated';
    const pythonIt = it.skipIf(capabilities.python === 'none');

    describe('commands', () => {
      it('says that it works here', async () => {
        expect(await provider.probe()).toMatchObject({ ok: true });
      });

      it('gives output, errors and exit code', async () => {
        const result = await run('cat notes.txt; echo oops >&2; exit 3');
        expect(result).toMatchObject({
          exitCode: 3,
          stdout: 'one\ntwo\n',
          stderr: 'oops\n',
          outcome: 'ok',
          limit: null,
        });
        expect(toolResultSchema.parse({ callId: 'c', ...result })).toBeTruthy();
      });

      it('gives text that is valid UTF-8 and marks what it cut', async () => {
        const result = await run("printf 'é%.0s' {1..200}; printf 'x%.0s' {1..5} >&2", {
          limits: { outputBytes: 101 },
        });
        expect(result.stdout).toBe('é'.repeat(50));
        expect(result.truncated).toEqual({ stdout: true, stderr: false });
        expect(result.stderr).toBe('xxxxx');
      });

      it('opens in the working directory, made if missing', async () => {
        const result = await run('pwd; echo $HOME; cd; pwd; ls -d /tmp', { cwd: '/made/for/this' });
        expect(result.stdout).toBe('/made/for/this\n/root\n/root\n/tmp\n');
      });

      it('rejects a spec that it cannot open', async () => {
        await expect(provider.open({ ...SPEC, files: [text('/desk/../x', '')] })).rejects.toThrow(/path/);
        await expect(provider.open({ ...SPEC, limits: { diskBytes: 4 } })).rejects.toThrow(/disk/);
      });
    });

    describe('what persists', () => {
      it.each([
        ['a plain command', 'cd sub; export KEPT=yes'],
        ['exit', 'cd sub; export KEPT=yes; exit 7'],
        ['exit in a function', 'f() { cd sub; export KEPT=yes; exit 7; }; f'],
        ['a failure under set -e', 'set -e; cd sub; export KEPT=yes; false; echo no'],
        ['a subshell', 'cd sub; export KEPT=yes; (cd /; export KEPT=no; exit 5)'],
        ['a pipe', 'cd sub; export KEPT=yes; cd / | cat'],
        ['a limit', 'cd sub; export KEPT=yes; f() { f; }; f'],
        ['an error of expansion', 'cd sub; export KEPT=yes; set -u; echo $NOT_SET'],
      ])('cwd and exports after %s', async (_name, command) => {
        await inside(async (sandbox) => {
          const first = await sandbox.session.exec(command);
          expect(first.cwd).toBe('/desk/sub');
          const next = await sandbox.session.exec('pwd; echo $KEPT; cat inner.txt');
          expect(next).toMatchObject({ exitCode: 0, stdout: '/desk/sub\nyes\ninner\n', cwd: '/desk/sub' });
        });
      });

      it('drops a variable that is unset, keeps one that is changed, and those that are not exported', async () => {
        await inside(
          async (sandbox) => {
            await all(sandbox, ['unset GONE; CHANGED=2; PLAIN=3; export MORE="a b"']);
            const result = await sandbox.session.exec('echo "[$GONE] [$CHANGED] [$PLAIN] [$MORE]"');
            expect(result.stdout).toBe('[] [2] [3] [a b]\n');
          },
          { env: { GONE: '1', CHANGED: '1' } },
        );
      });

      it('falls back where the working directory was removed', async () => {
        const result = await inside((sandbox) => all(sandbox, ['cd sub; rm -r /desk/sub', 'echo here']));
        expect(result).toMatchObject({ exitCode: 0, stdout: 'here\n' });
      });

      it('files', async () => {
        const result = await inside((sandbox) => all(sandbox, ['echo three >> notes.txt', 'tail -1 notes.txt']));
        expect(result.stdout).toBe('three\n');
      });
    });

    describe('changes', () => {
      it('reports what one command did, sorted, with states before and after', async () => {
        const { changes } = await run('echo new > b.txt; rm notes.txt; chmod 600 lib.py; mkdir d; ln -s lib.py a.link');
        expect(changes.map(({ path, before, after }) => [path, before?.mode, after?.kind, after?.mode])).toEqual([
          ['/desk/a.link', undefined, 'symlink', 0o777],
          ['/desk/b.txt', undefined, 'file', 0o644],
          ['/desk/d', undefined, 'directory', 0o755],
          ['/desk/lib.py', 0o644, 'file', 0o600],
          ['/desk/notes.txt', 0o644, undefined, undefined],
        ]);
        expect(changes[1]?.after?.content).toEqual({ encoding: 'utf8', data: 'new\n' });
      });

      it('reports nothing for reading, for /dev and for writing the same', async () => {
        const { changes } = await run(
          'cat notes.txt > /dev/null; ls -R / /desk | head -100 > /dev/null; cat <(echo a); echo "VALUE = 41" > lib.py; touch main.py',
        );
        expect(changes).toEqual([]);
      });

      it('diff is against the opening files, files() shows all without following links', async () => {
        await inside(async (sandbox) => {
          await all(sandbox, ['echo a > x; ln -s /etc/passwd p', 'rm x; echo b > notes.txt', 'mkdir /tmp/t']);
          expect((await sandbox.diff()).map((change) => change.path)).toEqual(['/desk/notes.txt', '/desk/p', '/tmp/t']);
          const files = await sandbox.files();
          expect([...files.keys()]).toEqual([...files.keys()].toSorted());
          expect(files.get('/desk/p')).toMatchObject({ kind: 'symlink', content: { data: '/etc/passwd' } });
          expect(files.get('/desk')).toMatchObject({ kind: 'directory' });
          expect(files.has('/bin/ls')).toBe(false);
        });
      });

      it('forks are independent', async () => {
        await inside(async (sandbox) => {
          await sandbox.session.exec('cd sub; echo base > f');
          await using fork = await sandbox.fork();
          await fork.session.exec('echo fork > f; cd /');
          expect((await sandbox.session.exec('cat f')).stdout).toBe('base\n');
          expect((await fork.session.exec('cat /desk/sub/f; pwd')).stdout).toBe('fork\n/\n');
          expect((await fork.diff()).map((change) => change.path)).toEqual(['/desk/sub/f']);
        });
      });

      it('names of JavaScript objects are names like others', async () => {
        const { changes } = await run(
          'for n in __proto__ constructor; do echo $n > $n; export $n=1; done; ls __proto__',
        );
        expect(changes.map((change) => change.path)).toEqual(['/desk/__proto__', '/desk/constructor']);
        expect(Object.keys({})).toEqual([]);
      });
    });

    describe('modes', () => {
      it.each([
        ['a redirect', 'echo x > locked.txt', 'write', '/desk/locked.txt'],
        ['an append', 'echo x >> locked.txt', 'write', '/desk/locked.txt'],
        ['a group', '{ echo x; } > locked.txt', 'write', '/desk/locked.txt'],
        ['a loop', 'for i in 1; do echo $i; done > locked.txt', 'write', '/desk/locked.txt'],
        ['tee', 'echo x | tee locked.txt', 'write', '/desk/locked.txt'],
        ['cp', 'cp notes.txt locked.txt', 'write', '/desk/locked.txt'],
        // The real one puts a new file in place of the old one, which only the folder could refuse.
        ...(simulated ? [['sed -i', 'sed -i s/l/x/ locked.txt', 'write', '/desk/locked.txt']] : []),
        ['rm in a closed folder', 'chmod 555 sub; rm sub/inner.txt', 'delete', '/desk/sub/inner.txt'],
        ['rm -rf of a closed folder', 'chmod 555 sub; rm -rf sub', 'delete', '/desk/sub/inner.txt'],
        ['mv out of a closed folder', 'chmod 555 sub; mv sub/inner.txt x', 'rename', '/desk/sub/inner.txt'],
        ['a new file in a closed folder', 'chmod 555 sub; touch sub/new', 'create', '/desk/sub/new'],
        ['mkdir in a closed folder', 'chmod 555 sub; mkdir sub/new', 'create', '/desk/sub/new'],
      ])('refuse %s, and record it', async (_name, command, operation, path) => {
        const result = await run(command);
        expect(result.exitCode).toBe(1);
        expect(result.stderr).toMatch(/Permission denied/);
        if (recordsDenied) expect(result.denied).toContainEqual({ path, operation });
        else expect(result.denied).toEqual([]);
        expect(result.changes.filter((change) => change.path !== '/desk/sub')).toEqual([]);
      });

      it('go on after a refused redirect', async () => {
        const result = await run('echo x > locked.txt; echo "rc $?"; cat locked.txt');
        expect(result).toMatchObject({ exitCode: 0, stdout: 'rc 1\nlocked\n' });
        expect(result.stderr).toMatch(/locked.txt: Permission denied/);
      });

      it('refuse reading, and let the owner change them', async () => {
        const result = await run(
          'cat secret.txt; chmod u+rw secret.txt locked.txt; cat secret.txt; echo x > locked.txt',
        );
        expect(result).toMatchObject({ exitCode: 0, stdout: 'secret\n', denied: [] });
        expect(result.stderr).toMatch(/secret.txt: Permission denied/);
        expect(result.changes.map((change) => change.path)).toEqual(['/desk/locked.txt', '/desk/secret.txt']);
      });

      it('protect what is not the guest’s', async () => {
        const result = await run('echo x > /bin/ls; rm -f /usr/bin/cat; ls notes.txt; cat notes.txt');
        expect(result.stdout).toBe('notes.txt\none\ntwo\n');
        expect(result.changes).toEqual([]);
        expect(result.denied.length > 0).toBe(recordsDenied);
      });

      pythonIt('bind Python too', async () => {
        const result = await run(
          "chmod 555 sub; python3 -c \"\nimport os\nfor f in (lambda: open('locked.txt', 'w'), lambda: os.remove('sub/inner.txt'), lambda: open('sub/n', 'w')):\n    try: f()\n    except PermissionError as e: print('refused', e.filename)\n\"",
        );
        expect(result.stdout).toBe('refused locked.txt\nrefused sub/inner.txt\nrefused sub/n\n');
        const refused = [
          { path: '/desk/locked.txt', operation: 'write' },
          { path: '/desk/sub/inner.txt', operation: 'delete' },
          { path: '/desk/sub/n', operation: 'create' },
        ];
        expect(result.denied).toEqual(recordsDenied ? refused : []);
      });
    });

    describe('limits', () => {
      it('end a command in time and keep the sandbox', async () => {
        await inside(async (sandbox) => {
          const startMs = performance.now();
          const slow = await sandbox.session.exec('echo before; sleep 1000', { timeoutMs: 300 });
          expect(performance.now() - startMs).toBeLessThan(300 + SLACK_MS);
          expect(slow).toMatchObject({ exitCode: null, outcome: 'timeout', limit: 'commandMs' });
          expect(await sandbox.session.exec('cat notes.txt')).toMatchObject({ stdout: 'one\ntwo\n', outcome: 'ok' });
        });
      });

      it('hold the disk, as ENOSPC', async () => {
        await inside(
          async (sandbox) => {
            const fill = await sandbox.session.exec(
              'x=0123456789; for i in 1 2 3 4; do x=$x$x$x$x; done; for i in {1..40}; do echo $x >> big; done; echo "rc $?"',
            );
            expect(fill.stderr).toMatch(/No space left on device/);
            expect(fill.stdout).toBe('rc 1\n');
            const total = [...(await sandbox.files()).values()].reduce((sum, file) => sum + file.bytes, 0);
            expect(total).toBeLessThanOrEqual(20_000);
            expect((await sandbox.session.exec('rm big; echo ok > small; cat small')).stdout).toBe('ok\n');
          },
          { limits: { diskBytes: 20_000 } },
        );
      });

      it('end at a signal', async () => {
        await inside(async (sandbox) => {
          const result = await sandbox.session.exec('sleep 1', { signal: AbortSignal.abort() });
          expect(result.outcome).toBe('timeout');
          expect((await sandbox.session.exec('echo ok')).stdout).toBe('ok\n');
        });
      });

      it('nothing runs in a destroyed sandbox', async () => {
        const sandbox = await provider.open(SPEC);
        await sandbox[Symbol.asyncDispose]();
        await sandbox[Symbol.asyncDispose]();
        expect(await sandbox.session.exec('echo x')).toMatchObject({ outcome: 'sandbox-lost', exitCode: null });
      });
    });

    describe('python', () => {
      pythonIt.each([
        ['a script, its strings and its imports', 'python3 main.py', '42 a\n    b __main__\n', 0],
        ['a script of another folder', 'cd / && python3 /desk/main.py', '42 a\n    b __main__\n', 0],
        ['-c', 'python3 -c "import lib, sys; print(lib.VALUE, sys.argv)" a b', "41 ['-c', 'a', 'b']\n", 0],
        ['stdin', 'echo "print(6 * 7)" | python3', '42\n', 0],
        ['stdin as data', 'echo data | python3 -c "import sys; print(sys.stdin.read().strip())"', 'data\n', 0],
        ['a heredoc', "python3 - <<'E'\nfrom __future__ import annotations\nprint('h')\nE", 'h\n', 0],
        ['sys.exit', 'python3 -c "import sys; sys.exit(5)"', '', 5],
        ['an exception', 'python3 -c "1/0"', '', 1],
        ['a shebang', './tool.py a "b c"', "tool ['a', 'b c']\n", 0],
        ['python, the older name', 'python -c "print(1)"', '1\n', 0],
        ['written files', "python3 -c \"open('n', 'w').write('w')\"; cat n", 'w', 0],
      ])('runs %s', async (_name, command, stdout, exitCode) => {
        expect(await run(command)).toMatchObject({ stdout, exitCode, outcome: 'ok' });
      });

      pythonIt.each(['python3 -m unittest test_lib', 'python3 -m unittest discover', 'python3 -m unittest -v'])(
        'runs %s',
        async (command) => {
          const good = await run(command, { limits: { commandMs: 20_000 } });
          expect(good.stderr).toMatch(/Ran 1 test/);
          expect(good.exitCode).toBe(0);
        },
      );

      pythonIt('says where an exception arose', async () => {
        const { stderr } = await run("echo 'def f():\n    return 1 / 0\nf()' > bad.py; python3 bad.py");
        expect(stderr).toMatch(/File "\/desk\/bad.py", line 3, in <module>/);
        expect(stderr).toMatch(/File "\/desk\/bad.py", line 2, in f/);
        expect(stderr).toMatch(/ZeroDivisionError/);
      });
    });

    if (pinned) {
      it('the same spec and commands give equal results', async () => {
        const commands = [
          'echo $RANDOM $RANDOM; date; date +%s%N; echo $SECONDS $$; ls -la --time-style=full-iso; stat notes.txt',
          "awk 'BEGIN { srand(); print rand(), systime() }'; jq -n now; printf '%(%c)T\\n' -1",
          'echo x > x; sleep 2; ls -l x; date; time true; env',
          ...(provider.capabilities.python === 'none'
            ? []
            : [
                "python3 -c \"import random, time, os, uuid; print(random.random(), time.time(), os.urandom(4), uuid.uuid4(), hash('a'), {'a', 'b', 'c'}); time.sleep(1); print(time.time())\"",
              ]),
        ];
        const once = async (seed: string): Promise<string> => {
          const other = contract.provider();
          await using sandbox = await other.open({ ...SPEC, seed });
          const results: CommandResult[] = [];
          for (const command of commands) results.push(await sandbox.session.exec(command));
          const text = JSON.stringify([results, await sandbox.diff()]);
          await other[Symbol.asyncDispose]();
          return text;
        };
        const [first, second, other] = await Promise.all([once('a'), once('a'), once('b')]);
        expect(second).toBe(first);
        expect(other).not.toBe(first);
      });
    }

    shellContract(() => provider, { ...(contract.guest ?? { name: 'root', id: 0 }), pinned, recordsDenied });
    hostileContract(contract, () => provider);
  });
};
