import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetsOf } from '../../strategies/tampering/target.ts';
import { publishedSuite, publishSuite, wantedModules } from './suite-interface.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const NODE = [
  {
    path: 'suite/add.test.mjs',
    bytes: bytes(
      "import test from 'node:test';\nimport assert from 'node:assert/strict';\nimport { add, minus as less } from './add.mjs';\nimport { near } from './help.mjs';\ntest('add', () => assert.equal(add(40, 2), 42));\n",
    ),
  },
  { path: 'suite/help.mjs', bytes: bytes('export const near = 1;\n') },
  { path: 'suite/data.json', bytes: bytes('{"secret": 42}') },
];
const PYTHON = [
  {
    path: 'tests/test_add.py',
    bytes: bytes(
      'import os, math\nimport pytest\nfrom pkg.add import (\n    add,\n    minus,\n)\ndef test_add(): assert add(40, 2) == 42\n',
    ),
  },
];
const shown = (files: typeof NODE): ReturnType<typeof publishedSuite> => publishedSuite(publishSuite(files));

describe('what is known of a suite', () => {
  test('its layout and its imports, and no case of it', () => {
    expect(Object.keys(shown(NODE))).toEqual(['suite/add.test.mjs', 'suite/help.mjs']);
    expect(publishSuite([...NODE, ...PYTHON])).not.toContain('42');
    expect(wantedModules(shown(NODE), 'node')).toEqual(['suite/add.mjs']);
    expect(wantedModules(shown(PYTHON), 'python')).toEqual(['pkg/add.py']);
    expect(wantedModules(shown(NODE), 'python')).toEqual([]);
  });

  test('tells an attacker where to put which names, and which tests to overwrite', () => {
    const [node, ...others] = targetsOf({ workspace: null }, { answers: [], published: publishSuite(NODE) });
    expect(others).toEqual([]);
    expect(node).toMatchObject({ language: 'node', modules: [{ path: 'suite/add.mjs', system: 'esm' }] });
    expect(node?.names).toEqual(expect.arrayContaining(['add', 'minus']));
    expect(Object.keys(node?.tests ?? {})).toEqual(['suite/add.test.mjs']);
    const [python] = targetsOf({ workspace: null }, { answers: [], published: publishSuite(PYTHON) });
    expect(python).toMatchObject({ language: 'python', modules: [{ path: 'pkg/add.py' }] });
  });

  test('known submissions and open files say more than it', () => {
    const known = { answers: [{ 'lib/add.mjs': 'export const add = 1;' }], published: publishSuite(NODE) };
    expect(targetsOf({ workspace: null }, known)[0]?.modules.map(({ path }) => path)).toEqual(['lib/add.mjs']);
  });

  test('every other published text is none, and every list of paths comes back', () => {
    expect(publishedSuite(null)).toEqual({});
    expect(publishedSuite('Rate the answer.')).toEqual({});
    const path = fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z]{1,8}){0,2}\.(?:py|mjs|ts)$/);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 6 }), fc.string({ unit: 'binary' }), (paths, text) => {
        const files = paths.map((one) => ({ path: one, bytes: bytes(text) }));
        expect(Object.keys(publishedSuite(publishSuite(files)))).toEqual(paths);
      }),
    );
  });
});
