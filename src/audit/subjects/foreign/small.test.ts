import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countJunit } from './junit-read.ts';
import { isWithin, outermost } from './paths.ts';
import { firstWord } from './program-path.ts';
import { isCommandSpec, isHttpSpec, isPythonSpec, isTestsSpec, partsOfPythonSpec } from './specs.ts';
import { isNodeTest, parseTestsSpec } from './tests-spec.ts';

describe('specifications', () => {
  const kinds = { python: isPythonSpec, command: isCommandSpec, http: isHttpSpec, tests: isTestsSpec };
  test.each([
    ['rewards.py:fn', 'python'],
    ['rewards.py', 'python'],
    ['src/my rewards.py:Class.method', 'python'],
    ['/abs/rewards.py:fn', 'python'],
    ['cmd:python3 score.py', 'command'],
    ['cmd:./score --at http://x', 'command'],
    ['http://127.0.0.1:1/score.py', 'http'],
    ['https://host/score', 'http'],
    ['pytest:tests/test_a.py', 'tests'],
    ['node:tests/', 'tests'],
    ['grader.ts:fn', null],
    ['npm:some:x.py', null],
    ['judge:rubric.md@model.py', null],
    ['rewards.py:not a name', null],
    ['', null],
  ])('%j is of one kind: %s', (spec, kind) => {
    expect(Object.entries(kinds).flatMap(([name, claims]) => (claims(spec) ? [name] : []))).toEqual(
      kind === null ? [] : [kind],
    );
  });

  test('no text is of two kinds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('cmd:', 'node:', 'http://').map((p) => `${p}x.py`),
        ),
        (spec) => {
          expect(Object.values(kinds).filter((claims) => claims(spec)).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('a Python one is a file and a name', () => {
    expect(partsOfPythonSpec('a/b.py:C.d')).toEqual({ file: 'a/b.py', name: 'C.d' });
    expect(partsOfPythonSpec('a.py')).toEqual({ file: 'a.py', name: null });
  });

  test('a test suite has options', () => {
    expect(parseTestsSpec('pytest:tests/')).toEqual({
      runner: 'pytest',
      folder: 'tests/',
      testsLast: false,
      readJunit: false,
    });
    expect(parseTestsSpec('node:t?tests=last&read=junit')).toMatchObject({
      runner: 'node',
      testsLast: true,
      readJunit: true,
    });
    for (const wrong of ['pytest:', 'pytest:t?x=1', 'node:t?tests=first']) {
      expect(() => parseTestsSpec(wrong)).toThrow(/tests/);
    }
  });
});

describe('paths', () => {
  test('only outermost folders are kept, parents first, and nothing of /usr', () => {
    expect(outermost(['/a/b/c', '/a/b', '/usr/lib/x', '/ab', '/a/b', '/c/d'])).toEqual(['/ab', '/a/b', '/c/d']);
  });

  const path = fc.array(fc.constantFrom('a', 'b', 'usr'), { minLength: 1, maxLength: 4 }).map((p) => `/${p.join('/')}`);
  test('what was asked for is still covered', () => {
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const kept = outermost(paths);
        for (const one of paths) expect([...kept, '/usr'].some((folder) => isWithin(one, folder))).toBe(true);
        for (const one of kept) expect(kept.filter((folder) => isWithin(one, folder))).toEqual([one]);
      }),
    );
  });

  test.each([
    ['./score --x', './score'],
    ['  "my score" --x', 'my score'],
    ["'a b' c", 'a b'],
    ['', ''],
  ])('the program of %j is %j', (command, word) => {
    expect(firstWord(command)).toBe(word);
  });

  test.each([
    ['tests/a.test.js', true],
    ['tests/test.js', true],
    ['tests/test-a.mjs', true],
    ['tests/a_test.ts', true],
    ['tests/helper.js', false],
    ['tests/latest.js', false],
    ['tests/test-data.json', false],
  ])('%s is a test of node: %s', (file, yes) => {
    expect(isNodeTest(file)).toBe(yes);
  });
});

describe('a JUnit file', () => {
  test('is counted, whatever the tests print', () => {
    const xml = `<?xml version="1.0"?><testsuites><testsuite name="a &lt;failure>" tests="3">
<testcase name="one"/><testcase name="two"><failure message="x">no</failure></testcase>
<testcase name="three"><skipped/></testcase><testcase name="four"><error/></testcase>
<system-out><![CDATA[<testcase/><failure/>]]></system-out><!-- <failure/> --></testsuite></testsuites>`;
    expect(countJunit(xml)).toEqual({ tests: 4, failed: 2, skipped: 1 });
    expect(countJunit('')).toEqual({ tests: 0, failed: 0, skipped: 0 });
  });
});
