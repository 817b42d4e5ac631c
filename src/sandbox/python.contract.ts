import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PythonOutcome, PythonRunner } from './python.ts';

export interface PythonContract {
  readonly name: string;
  readonly runner: () => PythonRunner;
  /** Whether clock and random numbers are the same in every run. */
  readonly pinned: boolean;
}

const SLACK_MS = 20_000;

export const pythonContract = (contract: PythonContract): void => {
  describe(`${contract.name}: python contract`, () => {
    let runner: PythonRunner;
    beforeAll(() => {
      runner = contract.runner();
    });
    afterAll(async () => {
      await runner[Symbol.asyncDispose]();
    });

    const run = (
      text: string,
      more: { readonly timeoutMs?: number; readonly files?: readonly { path: string; text: string }[] } = {},
    ): Promise<PythonOutcome> =>
      runner.run({
        files: [{ path: '/job/main.py', text }, ...(more.files ?? [])],
        main: '/job/main.py',
        ...(more.timeoutMs === undefined ? {} : { timeoutMs: more.timeoutMs }),
      });
    const exited = async (text: string): Promise<Extract<PythonOutcome, { kind: 'exited' }>> => {
      const outcome = await run(text);
      if (outcome.kind !== 'exited') throw new Error(`ended as ${JSON.stringify(outcome)}`);
      return outcome;
    };

    it.each([
      ['printed values', 'print(6 * 7)\nprint("é", [1, 2])', 0, '42\né [1, 2]\n'],
      ['strings as they are', 'print(repr("""a\n  b\n"""))', 0, "'a\\n  b\\n'\n"],
      ['future imports', 'from __future__ import annotations\nprint(1)', 0, '1\n'],
      ['sys.exit', 'import sys\nprint("x")\nsys.exit(7)', 7, 'x\n'],
      ['sys.exit with text', 'import sys\nsys.exit("no")', 1, ''],
      ['os._exit', 'import os\nprint("x", flush=True)\nos._exit(9)', 9, 'x\n'],
      ['an exception', 'print("x")\nraise ValueError("bad")', 1, 'x\n'],
      ['a syntax error', 'print(1', 1, ''],
      ['empty stdin', 'import sys\nprint(repr(sys.stdin.read()))', 0, "''\n"],
      [
        'its own arguments',
        'import sys, os\nprint(sys.argv, os.getcwd(), __file__)',
        0,
        "['/job/main.py'] /job /job/main.py\n",
      ],
      ['a fixed hash seed', 'print(hash("a") == hash("a"), sorted({"a", "b"}))', 0, "True ['a', 'b']\n"],
      [
        'the standard library',
        'import json, re, math, dataclasses, collections, ast\nprint(json.dumps({"a": math.pi}))',
        0,
        '{"a": 3.141592653589793}\n',
      ],
    ])('gives %s', async (_name, text, exitCode, stdout) => {
      expect(await run(text)).toMatchObject({ kind: 'exited', exitCode, stdout });
    });

    it('says of its build nothing of a simulation', async () => {
      const { stdout } = await exited(
        'import sys, os, platform\nprint(sys.version, platform.platform(), os.uname().sysname, os.uname().machine, platform.python_compiler())',
      );
      expect(stdout).toMatch(/^3\.\d+\.\d+ \(/);
      expect(stdout).toMatch(/Linux/);
      expect(stdout).not.toMatch(/dirty|wasm|emscripten|llvm-project/i);
    });

    it('says where an exception arose', async () => {
      const { stderr } = await exited('def f():\n    raise ValueError("bad")\nf()');
      expect(stderr).toMatch(/File "\/job\/main.py", line 2, in f/);
      expect(stderr).toMatch(/ValueError: bad/);
    });

    it('imports from the folder of the script and from packages below it', async () => {
      const files = [
        { path: '/job/near.py', text: 'X = 1' },
        { path: '/job/pkg/__init__.py', text: 'Y = 2' },
        { path: '/job/pkg/deep.py', text: 'from . import Y\nZ = Y + 1' },
      ];
      const outcome = await run('import near, pkg.deep\nprint(near.X, pkg.deep.Z)', { files });
      expect(outcome).toMatchObject({ kind: 'exited', exitCode: 0, stdout: '1 3\n' });
    });

    it('runs unittest', async () => {
      const { exitCode, stderr } = await exited(
        'import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(1, 1)\n    def test_b(self): self.assertEqual(1, 2)\nunittest.main()',
      );
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/Ran 2 tests/);
      expect(stderr).toMatch(/failures=1/);
    });

    it.each([
      ['a loop', 'while True: pass'],
      ['a loop that catches all', 'while True:\n    try:\n        while True: pass\n    except BaseException: pass'],
      ['one long operation', "import re\nre.match(r'(a+)+$', 'a' * 50 + '!')"],
    ])('ends %s in time', async (_name, text) => {
      await run('print(0)');
      const startMs = performance.now();
      expect(await run(text, { timeoutMs: 600 })).toEqual({ kind: 'timeout' });
      expect(performance.now() - startMs).toBeLessThan(600 + SLACK_MS);
      expect(await exited('print(1)')).toMatchObject({ stdout: '1\n' });
    });

    it('caps memory', async () => {
      const outcome = await run('x = []\nwhile True: x.append(bytearray(10_000_000))', { timeoutMs: 8_000 });
      if (outcome.kind === 'exited') expect(outcome.stderr).toMatch(/MemoryError/);
      else expect(outcome.kind).toMatch(/limit|timeout/);
      expect(process.memoryUsage().rss).toBeLessThan(3e9);
    });

    it('caps output', async () => {
      expect(await run('while True: print("x" * 10000)')).toEqual({ kind: 'limit', limit: 'output_size' });
    });

    it('survives deep recursion and a crash of the interpreter', async () => {
      await run('import sys\nsys.setrecursionlimit(10**8)\ndef f(): f()\nf()');
      await run('import os\nos.abort()');
      expect(await exited('print(2)')).toMatchObject({ stdout: '2\n' });
    });

    it('has no network', async () => {
      const { stdout } = await exited(
        "import socket\nfor host in ('127.0.0.1', '169.254.169.254'):\n    try:\n        socket.create_connection((host, 80), timeout=1)\n        print('connected')\n    except OSError:\n        print('refused')",
      );
      expect(stdout).toBe('refused\nrefused\n');
    });

    it('sees no file and no variable of the host', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'python-canary-'));
      const canary = join(folder, 'file');
      writeFileSync(canary, 'canary-text');
      process.env.PYTHON_CANARY = 'canary-variable';
      try {
        const { stdout } = await exited(
          `import os\nprint(dict(os.environ))\nfor p in (${JSON.stringify(canary)}, '/etc/shadow', '/root/.bashrc', '/proc/1/environ'):\n    try: print(p[:9], len(open(p).read()) if 'proc' not in p else open(p).read())\n    except OSError as e: print(type(e).__name__)`,
        );
        expect(stdout).not.toMatch(/canary-/);
        expect(stdout).not.toMatch(/node_modules/);
        expect(stdout.match(/FileNotFoundError|PermissionError/g)?.length).toBeGreaterThanOrEqual(3);
      } finally {
        delete process.env.PYTHON_CANARY;
        rmSync(folder, { recursive: true });
      }
    });

    it('leaves nothing for the next program', async () => {
      await run(
        "open('/tmp/left', 'w').write('x')\nopen('/job/left', 'w').write('x')\nimport os\nos.environ['LEFT'] = 'x'",
      );
      const { stdout } = await exited("import os\nprint(os.listdir('/tmp'), os.listdir('/job'), 'LEFT' in os.environ)");
      expect(stdout).toBe("[] ['main.py'] False\n");
    });

    it('gives one answer to one question', async () => {
      const text = contract.pinned
        ? 'import random, time, os, uuid\nprint(random.random(), time.time(), os.urandom(4), uuid.uuid4(), hash("a"), {"a", "b", "c"})'
        : 'print(hash("a"), {"a", "b", "c"})';
      await using other = contract.runner();
      const files = [{ path: '/job/main.py', text }];
      const [first, second] = await Promise.all([run(text), other.run({ files, main: '/job/main.py' })]);
      expect(second).toEqual(first);
    });

    it('runs many at a time', async () => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, i) => run(`print(${i})`)));
      expect(outcomes.map((outcome) => (outcome.kind === 'exited' ? outcome.stdout : outcome.kind))).toEqual(
        Array.from({ length: 12 }, (_, i) => `${i}\n`),
      );
    });
  });
};
