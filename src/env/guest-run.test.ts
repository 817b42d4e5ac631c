import { afterAll, describe, expect, it } from 'vitest';
import { fileState } from '../record/file.ts';
import { wasmPython } from '../sandbox/wasm-python.ts';
import { runCalls, runScript, stagedFrom } from './guest-run.ts';
import type { Tree } from './tampering-tree.ts';

const python = wasmPython({ threads: 1 });
afterAll(async () => await python[Symbol.asyncDispose]());

const MODULE = '/root/shop/code.py';
const calls = async (text: string, inputs: readonly number[]) =>
  await runCalls(python, {
    files: [{ path: MODULE, text }],
    module: MODULE,
    function: 'f',
    calls: inputs.map((input) => [input]),
  });

describe('what a guest function returns', () => {
  it('is told apart by kind, call by call, in one process', async () => {
    const text = `import os, sys
class Own(int):
    pass
kept = []
def f(n):
    if n == 0: return [1, "a", None, True, 2.5, [os.getcwd()]]
    if n == 1: return Own(3)
    if n == 2: return (1, 2)
    if n == 3: raise ValueError
    if n == 4: sys.exit(0)
    if n == 5: return float("nan")
    if n == 6: return 10 ** 30
    if n == 7: return [Own(3)]
    if n == 8:
        loop = []
        loop.append(loop)
        return loop
    kept.append(n)
    return len(kept)
`;
    expect(await calls(text, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9])).toEqual({
      kind: 'returned',
      values: [
        { kind: 'value', value: [1, 'a', null, true, 2.5, ['/root/shop']] },
        { kind: 'own', type: 'Own' },
        { kind: 'other', type: 'tuple' },
        { kind: 'raised', type: 'ValueError' },
        { kind: 'exited' },
        { kind: 'other', type: 'float' },
        { kind: 'other', type: 'int' },
        { kind: 'own', type: 'Own' },
        { kind: 'other', type: 'list' },
        { kind: 'value', value: 1 },
        { kind: 'value', value: 2 },
      ],
    });
  });

  it.each([
    ['raises when it is loaded', '1 / 0', { kind: 'returned', values: [{ kind: 'raised', type: 'TypeError' }] }],
    ['exits when it is loaded', 'raise SystemExit(3)', { kind: 'returned', values: [{ kind: 'exited' }] }],
    ['leaves without a word', 'import os\nos._exit(0)', { kind: 'silent', exitCode: 0 }],
    [
      'forges an answer without the name of it',
      'print("#0 [[\\"value\\", 1]]")\nimport os\nos._exit(0)',
      { kind: 'silent', exitCode: 0 },
    ],
  ])('of a module that %s', async (_, text, expected) => {
    expect(await calls(text, [1])).toEqual(expected);
  });

  it('is the loss of the host where no Python can be had', async () => {
    const none = {
      name: 'none',
      run: async () => ({ kind: 'lost', message: 'gone' }) as const,
      [Symbol.asyncDispose]: async () => undefined,
    };
    const files = [{ path: MODULE, text: '' }];
    expect(await runCalls(none, { files, module: MODULE, function: 'f', calls: [] })).toEqual({
      kind: 'lost',
      message: 'gone',
    });
    expect(await runScript(none, files, MODULE)).toEqual({ kind: 'lost', message: 'gone' });
    expect(await runScript(none, files, '/root/shop/absent.py')).toEqual({ kind: 'ran', passed: false, late: false });
  });
});

describe('what is staged', () => {
  const file = (text: string) => fileState(Buffer.from(text), 0o644);
  const link = (target: string) => fileState(Buffer.from(target), 0o777, 'symlink');
  const binary = fileState(Uint8Array.of(0xff, 0xfe), 0o644);

  it('are the guest\u2019s text files, links followed; what cannot be read in its folder is named', () => {
    const tree: Tree = new Map([
      ['/root/shop/a.py', file('a')],
      ['/root/shop/link.py', link('../other/b.py')],
      ['/root/shop/lost.py', link('/usr/lib/os.py')],
      ['/root/shop/nowhere.py', link('absent.py')],
      ['/root/shop/bad.py', binary],
      ['/root/shop/picture.png', binary],
      ['/root/shop/__pycache__/a.pyc', binary],
      ['/root/other/b.py', file('b')],
      ['/root/other/bad.py', binary],
      ['/etc/c.py', file('c')],
      ['/root/empty', fileState(Buffer.of(), 0o755, 'directory')],
    ]);
    const { files, unreadable } = stagedFrom(tree, '/root/shop');
    expect(files).toEqual([
      { path: '/root/other/b.py', text: 'b' },
      { path: '/root/shop/a.py', text: 'a' },
      { path: '/root/shop/link.py', text: 'b' },
    ]);
    expect(unreadable).toEqual(['/root/shop/bad.py', '/root/shop/lost.py']);
  });
});
