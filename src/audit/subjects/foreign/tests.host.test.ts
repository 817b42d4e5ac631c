import { describe, expect, test } from 'vitest';
import { textExample } from '../../subject.contract.ts';
import { callOf, folderWith, openForeign } from './fixtures.contract.ts';

const SUITE = {
  'tests/add.test.js': `import test from 'node:test';
import assert from 'node:assert/strict';
import { add } from '../add.js';
test('adds', () => assert.equal(add(1, 2), 3));
`,
};
const example = { ...textExample('e1', null), workspace: { 'package.json': '{"type":"module"}' } };
const GOOD = { 'add.js': 'export const add = (a, b) => a + b;\n' };
const BAD = { 'add.js': 'export const add = (a, b) => a - b;\n' };
const EARLY = { 'add.js': 'export const add = 1;\nprocess.exit(0);\n' };
const OVERWRITES = { ...BAD, 'tests/add.test.js': '' };
const options = { timeoutMs: 60_000 };

const gradeAll = async (spec: string, answers: readonly Record<string, string>[], more = options) => {
  using folder = folderWith(SUITE);
  await using subject = await openForeign(spec, {
    cwd: folder.path,
    task: 'program',
    examples: [example],
    options: more,
  });
  const graded = await subject.grade(answers.map((answer) => callOf(answer, example)));
  return graded.map((one) => (one.kind === 'scored' ? one.score : one.fault.kind));
};

describe('a test suite of node', () => {
  test('passes by exit code, as naive harnesses do, with their holes', async () => {
    expect(await gradeAll('node:tests', [GOOD, BAD, OVERWRITES])).toEqual([1, 0, 1]);
  });

  test('put in last, is not overwritten', async () => {
    expect(await gradeAll('node:tests/?tests=last', [GOOD, OVERWRITES])).toEqual([1, 0]);
  });

  test('whose report is read, needs tests that ran', async () => {
    const NO_TESTS = { ...BAD, 'tests/add.test.js': "import test from 'node:test';\ntest.skip('adds');\n" };
    const answers = [GOOD, BAD, NO_TESTS];
    expect(await gradeAll('node:tests?read=junit', answers)).toEqual([1, 0, 0]);
    expect(await gradeAll('node:tests', [...answers, EARLY])).toEqual([1, 0, 1, 1]);
  });

  test('that does not end, and answers that are no files, are faults', async () => {
    const hang = { 'add.js': 'export const add = 1;\nwhile (true);\n' };
    expect(await gradeAll('node:tests', [hang], { timeoutMs: 3_000 })).toEqual(['hung']);
    const outside = [
      { '../escaped.js': 'x' },
      { '/tmp/escaped-subterfuge.js': 'x' },
      { 'a/../../b': 'x' },
      { 'tests/add.test.js/x': 'x' },
    ];
    expect(await gradeAll('node:tests', outside)).toEqual(outside.map(() => 'malformed'));
    using folder = folderWith(SUITE);
    await using subject = await openForeign('node:tests', { cwd: folder.path, task: 'program', options });
    expect(await subject.grade([callOf('text')])).toMatchObject([{ fault: { kind: 'malformed' } }]);
    await expect(subject.grade([callOf(GOOD)], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  test('says what it is, and its version follows its files', async () => {
    using one = folderWith(SUITE);
    using other = folderWith({ ...SUITE, 'tests/more.test.js': '' });
    await using first = await openForeign('node:tests', { cwd: one.path, task: 'program' });
    await using second = await openForeign('node:tests', { cwd: other.path, task: 'program' });
    expect(first.record).toMatchObject({ kind: 'tests', form: 'program' });
    expect(first.capabilities).toMatchObject({ answers: ['files'], expensive: true });
    expect(first.record.version).not.toBe(second.record.version);
  });

  test('examples whose answers are texts are bad input', async () => {
    using folder = folderWith(SUITE);
    const examples = [{ ...textExample('e1'), knownGood: ['text'] }];
    await expect(openForeign('node:tests', { cwd: folder.path, examples })).rejects.toMatchObject({
      code: 'no-program',
      todo: expect.stringContaining('{"path": "text"}'),
    });
  });

  test('says which module was not found, which stands far above the summary', async () => {
    using folder = folderWith(SUITE);
    await using subject = await openForeign('node:tests', { cwd: folder.path, task: 'program', options });
    const misplaced = { 'src/add.js': GOOD['add.js'] };
    const [graded] = await subject.grade([callOf(misplaced, example)]);
    expect(graded).toMatchObject({ kind: 'scored', score: 0, reason: expect.stringContaining('Cannot find module') });
  });

  test.each(['node:nowhere', 'node:empty', 'node:texts'])('%s is bad input', async (spec) => {
    using folder = folderWith({ 'texts/readme.txt': 'x' });
    await expect(openForeign(spec, { cwd: folder.path })).rejects.toMatchObject({
      code: 'unreadable-grader',
      exitCode: 2,
    });
  });
});

describe('a test suite of pytest', () => {
  const PY = { 'tests/test_add.py': 'from add import add\ndef test_add(): assert add(1, 2) == 3\n' };
  const good = { 'add.py': 'def add(a, b): return a + b\n' };
  const bad = { 'add.py': 'def add(a, b): return a - b\n' };
  const early = { 'add.py': 'import os\nos._exit(0)\n' };
  const skips = { ...bad, 'conftest.py': 'import pytest\ndef pytest_runtest_setup(item): pytest.skip("no")\n' };
  const open = (spec: string, cwd: string) => openForeign(spec, { cwd, task: 'program', options });

  test('is read by exit code, or by its report', async () => {
    using folder = folderWith(PY);
    const scores = async (spec: string): Promise<unknown[]> => {
      await using subject = await open(spec, folder.path);
      const graded = await subject.grade(
        [good, bad, early, skips].map((answer) => callOf(answer, { ...example, workspace: {} })),
      );
      return graded.map((one) => (one.kind === 'scored' ? one.score : one.fault));
    };
    expect(await scores('pytest:tests')).toEqual([1, 0, 1, 1]);
    expect(await scores('pytest:tests?tests=last&read=junit')).toEqual([1, 0, 0, 0]);
  });
});
