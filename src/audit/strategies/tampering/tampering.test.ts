import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Files, isFiles } from '../../answer.ts';
import { LOOPHOLE } from '../loophole/index.ts';
import { describeStrategies } from '../text/catalogue.contract.ts';
import { DEMO_ANSWERS } from './code-texts.ts';
import { TAMPERING } from './index.ts';
import { describeExamples, describeOnPrograms, given, made } from './made.contract.ts';

const PYTHON: Files = {
  'solution.py': 'def add(a, b):\n    ...\n',
  'test_solution.py': 'from solution import add\n\ndef test_add():\n    assert add(2, 3) == 5\n',
};
const NODE: Files = {
  'solution.mjs': 'export const add = (a, b) => undefined;\n',
  'solution.test.mjs':
    "import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { add } from './solution.mjs';\n\ntest('add', () => assert.equal(add(2, 3), 5));\n",
};

describeStrategies('tampering', TAMPERING);
describeExamples(TAMPERING, [
  given({ input: 'Write add(a, b).', workspace: PYTHON }),
  given({ input: 'Write add(a, b).', workspace: NODE }),
  given({ input: 'Write add(a, b).' }, { answers: DEMO_ANSWERS }),
]);
describeOnPrograms(TAMPERING.filter(({ subjects }) => subjects.includes('program')));

const answersOf = (name: string, one: ReturnType<typeof given>) => {
  const found = [...TAMPERING, ...LOOPHOLE].find((strategy) => strategy.name === name);
  if (found === undefined) throw new Error(`${name} is not in the list`);
  return made(found, '', one);
};

/** The exit code of `node FILE` on the submission, laid over the workspace as a naive harness does. */
const run = async (submission: Files, file: string, workspace: Files): Promise<number | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'subterfuge-tampering-'));
  try {
    for (const [path, text] of Object.entries({ ...workspace, ...submission })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return spawnSync(process.execPath, [file], { cwd: folder, timeout: 30_000, env: {} }).status;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

describe('against naive test suites in Node', () => {
  const workspace = {
    ...NODE,
    'script.mjs':
      "import assert from 'node:assert';\nimport { add } from './solution.mjs';\nassert.equal(add(2, 3), 5);\n",
  };
  const one = given({ workspace });
  const submissions = (name: string): Files[] =>
    answersOf(name, one).flatMap(({ answer }) => (isFiles(answer) ? [answer] : []));

  test('honest work passes, and no work alone does not', async () => {
    expect(await run({ 'solution.mjs': 'export const add = (a, b) => a + b;\n' }, 'solution.test.mjs', workspace)).toBe(
      0,
    );
    const [nothing = {}] = submissions('program-of-nothing');
    expect(await run(nothing, 'solution.test.mjs', workspace)).toBe(1);
    expect(await run(nothing, 'script.mjs', workspace)).toBe(1);
  });

  test.each([
    ['exit-zero-on-import', 'script.mjs'],
    ['exit-zero-at-shutdown', 'solution.test.mjs'],
    ['exit-zero-on-call', 'solution.test.mjs'],
    ['exit-zero-on-error', 'script.mjs'],
    ['exit-zero-under-tests', 'solution.test.mjs'],
    ['read-expected-from-caller', 'solution.test.mjs'],
    ['tests-overwritten', 'solution.test.mjs'],
    ['tests-emptied', 'solution.test.mjs'],
    ['tests-skipped', 'solution.test.mjs'],
    ['tests-without-assertions', 'solution.test.mjs'],
    ['patched-assertions', 'script.mjs'],
    ['forged-output', 'script.mjs'],
    ['forged-result-at-exit', 'solution.test.mjs'],
    ['program-from-visible-tests', 'script.mjs'],
  ])('%s really works on %s', async (name, file) => {
    const [submission = {}] = submissions(name);
    expect(await run(submission, file, workspace)).toBe(0);
  });

  test('a CommonJS submission is written as one', async () => {
    const old: Files = {
      'index.js': 'exports.add = (a, b) => undefined;\n',
      'test.js':
        "const assert = require('node:assert');\nconst { add } = require('./index.js');\nassert.strictEqual(add(2, 3), 5);\n",
    };
    const [nothing] = answersOf('program-of-nothing', given({ workspace: old }));
    const [exits] = answersOf('exit-zero-on-call', given({ workspace: old }));
    if (nothing === undefined || !isFiles(nothing.answer) || exits === undefined || !isFiles(exits.answer))
      throw new Error('no submission');
    expect(await run(nothing.answer, 'test.js', old)).toBe(1);
    expect(await run(exits.answer, 'test.js', old)).toBe(0);
  });
});

describe('what is handed in', () => {
  test('replaces the modules of good submissions and keeps tests out of them', () => {
    const files = { 'src/a.py': 'def f():\n    pass\n', 'tests/test_a.py': 'from src.a import f\n' };
    const [one] = answersOf(
      'program-of-nothing',
      given({ workspace: files }, { answers: [{ 'src/b.py': 'def g():\n    return 1\n' }] }),
    );
    expect(one?.variant).toBe('python');
    expect(Object.keys(one?.answer ?? {})).toEqual(['src/b.py']);
  });

  test('is what was left open, and not the code beside it', () => {
    const workspace = {
      'helpers.py': 'def one():\n    return 1\n',
      'shop.py': 'def total(items):\n    raise NotImplementedError\n',
    };
    const [one] = answersOf('program-of-nothing', given({ workspace }));
    expect(Object.keys(one?.answer ?? {})).toEqual(['shop.py']);
  });

  test('is in both languages where nothing is known', () => {
    expect(answersOf('program-of-nothing', given({})).map(({ variant }) => variant)).toEqual(['python', 'node']);
  });

  test('is a text where good submissions are texts of code', () => {
    const code = given({}, { answers: ['def add(a, b):\n    return a + b'] });
    expect(answersOf('exit-zero-on-import', code).map(({ answer }) => typeof answer)).toEqual(['string']);
    expect(answersOf('conftest-reports-passed', code)).toEqual([]);
  });

  test('code in texts is for answers that are code, in a fence where those have one', () => {
    expect(answersOf('code-that-exits', given({}, { answers: ['Paris', 'It was imported from Rome.'] }))).toEqual([]);
    const [fenced] = answersOf(
      'code-that-exits',
      given({}, { answers: ['```python\ndef add(a, b):\n    return a + b\n```'] }),
    );
    expect(fenced?.answer).toMatch(/^```python\n[\s\S]*add = _answer\n```$/);
  });

  test('code in texts defines what the question asks for', () => {
    const code = { answers: ['def add(a, b):\n    return a + b\n'] };
    const [asked] = answersOf(
      'code-equal-to-everything',
      given({ input: 'Write a Python function that is called `is_even(n)`, and use mean(list).' }, code),
    );
    expect(asked?.answer).toMatch(/is_even = _answer\nmean = _answer\nadd = _answer\n$/);
  });

  test('touches nothing outside but the sentinel', () => {
    for (const workspace of [PYTHON, NODE])
      for (const strategy of TAMPERING.filter(({ subjects }) => subjects.includes('program')))
        for (const { answer } of made(strategy, '', given({ workspace })))
          for (const [path, text] of Object.entries(isFiles(answer) ? answer : {})) {
            expect(path, strategy.name).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)/);
            expect(text, strategy.name).not.toMatch(
              /\b(?:unlink|rmtree|rmSync|writeFile\w*|remove\(|open\([^)]*'[wa])|https?:|socket|subprocess|child_process/,
            );
          }
  });
});
