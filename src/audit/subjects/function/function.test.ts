import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer, Graded } from '../../../record/audit.ts';
import type { Example } from '../../example.ts';
import { textExample } from '../../subject.contract.ts';
import type { GradeCall } from '../../subject.ts';
import { folderWith, openFunction } from './fixtures.contract.ts';
import { parseModuleSpec } from './spec.ts';

const call = (answer: GradeCall['answer'], example: Example = textExample('e1')): GradeCall => ({
  example,
  answer,
  opponent: null,
  order: 'both',
});
const scores = (graded: readonly Graded[]): unknown[] =>
  graded.map((one) => (one.kind === 'scored' ? one.score : one.fault.kind));
const messageAt = (graded: readonly Graded[], index: number): string => {
  const one = graded[index];
  return one?.kind === 'fault' ? one.fault.message : '';
};

describe('specifications of functions', () => {
  test.each([
    ['grader.ts:score', { path: 'grader.ts', name: 'score' }],
    ['./a/b.mjs', { path: './a/b.mjs', name: null }],
    ['C:\\x\\grader.cjs:rules.exact', { path: 'C:\\x\\grader.cjs', name: 'rules.exact' }],
    ['npm:autoevals:Levenshtein', null],
    ['cmd:./score.js', null],
    ['node:tests/a.ts', null],
    ['rewards.py:fn', null],
    ['judge:rubric.md@openai:x', null],
    ['grader.ts:', null],
  ])('%s', (spec, expected) => {
    expect(parseModuleSpec(spec)).toEqual(expected);
  });
});

describe('which function of a module', () => {
  const files = {
    'default.ts': 'export default (answer: string) => answer.length / 10; export const other = () => 0;',
    'only.js': 'export const limit = 3; export const score = (answer) => answer.length / 10;',
    'object.ts':
      'export default { name: "x", score: ({ output }: { output: string }) => ({ score: output.length / 10, reason: "so" }) };',
    'common.cjs': 'module.exports = (answer) => answer.length / 10;',
    'names.cjs': 'const pick = "score"; module.exports = { [pick]: (answer) => answer.length / 10 };',
    'plain.js': 'exports.score = (answer) => answer.length / 10;',
    'several.ts': 'export const one = () => 0; export const two = () => 1;',
    'none.ts': 'export const limit = 3;',
    'class.ts': 'export default class Scorer { score() { return 1; } }',
    'broken.ts': 'export const score = (answer => 1;',
    'throws.ts': 'throw new Error("at the top");',
    'method.ts':
      'class Rules { bar = 10; exact(answer: string) { return answer.length / this.bar; } } export const rules = new Rules();',
    'enum.ts': 'enum Bar { Ten = 10 } export default (answer: string) => answer.length / Bar.Ten;',
    'imports.ts':
      "import { ten } from './lib/ten'; import { one } from './lib/one.js'; import { dep } from 'dep'; export default (answer: string) => (answer.length / ten) * one * dep;",
    'lib/ten.ts': 'export const ten: number = 10;',
    'lib/one.ts': 'export const one: number = 1;',
    'node_modules/dep/package.json': '{"name":"dep","version":"1.0.0","type":"module","exports":"./index.js"}',
    'node_modules/dep/index.js': 'export const dep = 1;',
    'package.json': '{"name":"mine"}',
  };
  const folder = folderWith(files);

  test.each([
    'default.ts',
    'only.js',
    'only.js:score',
    'object.ts',
    'object.ts:default.score',
    'common.cjs',
    'names.cjs',
    'names.cjs:score',
    'plain.js',
    'method.ts:rules.exact',
    'enum.ts',
    'imports.ts',
  ])('%s', async (spec) => {
    await using subject = await openFunction(spec, { cwd: folder.path });
    expect(scores(await subject.grade([call('four')]))).toEqual([0.4]);
    expect(subject.record).toMatchObject({ spec, kind: 'function', form: 'text' });
  });

  test.each([
    ['several.ts', 'no-such-export', /one, two/],
    ['none.ts', 'no-such-export', /limit/],
    ['default.ts:socre', 'no-such-export', /other/],
    ['none.ts:limit', 'not-a-function', /number/],
    ['class.ts', 'not-a-function', /class/],
    ['broken.ts', 'unreadable-grader', /SyntaxError/],
    ['throws.ts', 'unreadable-grader', /at the top/],
    ['missing.ts', 'unreadable-grader', /missing\.ts/],
  ])('%s cannot be used: %s', async (spec, code, message) => {
    const opening = openFunction(spec, { cwd: folder.path });
    await expect(opening).rejects.toMatchObject({ code, exitCode: 2, message: expect.stringMatching(message) });
    await expect(opening).rejects.toMatchObject({ todo: expect.stringMatching(/\S/) });
  });

  test('a signature of Python is refused', async () => {
    const opening = openFunction('default.ts', { cwd: folder.path, options: { signature: 'trl' } });
    await expect(opening).rejects.toMatchObject({ code: 'wrong-signature', allowed: 'auto, positional, object' });
  });

  test('the version follows every file of the grader, and nothing else', async () => {
    const versionOf = async (changed: Readonly<Record<string, string>>): Promise<string> => {
      using other = folderWith({ ...files, ...changed });
      await using subject = await openFunction('imports.ts', { cwd: other.path });
      return subject.record.version;
    };
    const [same, again, inner, dependency, unrelated] = await Promise.all([
      versionOf({}),
      versionOf({}),
      versionOf({ 'lib/ten.ts': 'export const ten: number = 11;' }),
      versionOf({
        'node_modules/dep/package.json': '{"name":"dep","version":"1.0.1","type":"module","exports":"./index.js"}',
      }),
      versionOf({ 'only.js': 'export const other = 1;' }),
    ]);
    expect(again).toBe(same);
    expect(unrelated).toBe(same);
    expect(new Set([same, inner, dependency]).size).toBe(3);
  });
});

describe('a function under audit', () => {
  test("a rejection that comes late is its own call's, or nobody's", async () => {
    using folder = folderWith({
      'grader.ts': `export default (answer: string) => {
        if (answer === 'late') Promise.reject(new Error('too late'));
        if (answer === 'stray') setTimeout(() => { throw new Error('much later'); }, 30);
        return answer === 'slow' ? new Promise((go) => setTimeout(() => go(0.5), 100)) : 0.1;
      };`,
    });
    const warnings: string[] = [];
    await using subject = await openFunction('grader.ts', { cwd: folder.path, warnings });
    const graded = await subject.grade([call('a'), call('late'), call('b')]);
    expect(scores(graded)).toEqual([0.1, 'threw', 0.1]);
    expect(messageAt(graded, 1)).toContain('too late');
    expect(scores(await subject.grade([call('stray')]))).toEqual([0.1]);
    expect(scores(await subject.grade([call('slow')]))).toEqual([0.5]);
    expect(warnings.join()).toContain('much later');
  });

  test('an exception in a callback ends the call that waits for it, at once', async () => {
    using folder = folderWith({
      'grader.ts': `export default async (answer: string) => answer === 'x'
        ? await new Promise(() => setTimeout(() => { throw new Error('in a callback'); }, 1)) : 0.1;`,
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path, options: { timeoutMs: 60_000 } });
    const graded = await subject.grade([call('a'), call('x'), call('b')]);
    expect(scores(graded)).toEqual([0.1, 'threw', 0.1]);
    expect(messageAt(graded, 1)).toContain('in a callback');
  });

  test('one that writes to large arguments gets its own', async () => {
    using folder = folderWith({
      'grader.ts':
        'export default (predictions: unknown[], labels: unknown[], items: { n: number }[]) => { const first = items[0]; if (first === undefined || first.n !== 0) return 0; first.n = 9; items.pop(); labels.sort(); return items.length / 1000; };',
      'sloppy.cjs': 'module.exports = (predictions, labels, items) => { items[0].n += 1; return items[0].n / 10; };',
    });
    const items = Array.from({ length: 500 }, (_, i) => ({ input: { n: i }, label: i % 2 }));
    const example: Example = { ...textExample('d', null), items };
    const opening = { cwd: folder.path, examples: [example], task: 'classification' } as const;
    const calls = Array.from({ length: 3 }, () =>
      call(
        items.map(() => 1),
        example,
      ),
    );
    await using strict = await openFunction('grader.ts', opening);
    expect(scores(await strict.grade(calls))).toEqual([0.499, 0.499, 0.499]);
    await using sloppy = await openFunction('sloppy.cjs', opening);
    expect(scores(await sloppy.grade(calls))).toEqual([0.1, 0.1, 0.1]);
    expect(strict.record.form).toBe('classification');
    expect(strict.capabilities.answers).toEqual(['vector']);
  });

  test('a pair is asked in both orders, or in one', async () => {
    using folder = folderWith({
      'grader.ts':
        'export default (a: string, b: string) => (a.length > b.length ? 1 : a.length === b.length ? 0.5 : 0);',
      'biased.ts': 'export default (a: string, b: string) => a === a && b === b;',
    });
    const opening = { cwd: folder.path, task: 'preference' } as const;
    const pair = (answer: Answer, opponent: Answer, order: GradeCall['order']): GradeCall => ({
      ...call(answer),
      opponent,
      order,
    });
    await using fair = await openFunction('grader.ts', opening);
    expect(fair.record).toMatchObject({ form: 'pairwise', scale: { pass: 0.75 } });
    expect(
      scores(
        await fair.grade([
          pair('long', 'x', 'both'),
          pair('x', 'long', 'first'),
          pair('x', 'long', 'second'),
          pair('a', 'b', 'both'),
        ]),
      ),
    ).toEqual([1, 0, 0, 0.5]);
    await using biased = await openFunction('biased.ts', opening);
    const graded = await biased.grade([pair('a', 'b', 'both'), pair('a', 'b', 'first'), pair('a', 'b', 'second')]);
    expect(scores(graded)).toEqual([0.5, 1, 0]);
    expect(graded.map((one) => one.kind === 'scored' && one.passed)).toEqual([false, true, false]);
  });

  test('what hangs on everything is not asked for ever', async () => {
    using folder = folderWith({ 'grader.ts': 'export default () => { for (;;); };' });
    await using subject = await openFunction('grader.ts', { cwd: folder.path, options: { timeoutMs: 400 } });
    const graded = await subject.grade(Array.from({ length: 200 }, () => call('x')));
    expect(scores(graded).slice(0, 3)).toEqual(['hung', 'hung', 'not-asked']);
    expect(new Set(scores(graded).slice(2))).toEqual(new Set(['not-asked']));
  });

  test('one that is killed from outside loses no answer', async () => {
    using folder = folderWith({
      'grader.ts':
        'export default (answer: string) => { if (answer === "die") process.abort(); return answer.length / 10; };',
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path });
    const graded = await subject.grade(Array.from({ length: 50 }, (_, i) => call(i === 30 ? 'die' : 'x')));
    expect(scores(graded)).toEqual(Array.from({ length: 50 }, (_, i) => (i === 30 ? 'died' : 0.1)));
  });

  test('one that takes all memory loses its own call', async () => {
    using folder = folderWith({
      'grader.ts':
        'const kept: unknown[] = []; export default (answer: string) => { if (answer === "eat") for (;;) kept.push(Buffer.alloc(50_000_000, 1)); return 0.1; };',
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path, options: { timeoutMs: 60_000 } });
    const graded = await subject.grade([call('a'), call('eat'), call('b')]);
    expect(scores(graded)).toEqual([0.1, 'limit', 0.1]);
  });

  test('one that writes into the channel of its answers is found out, or believed no more than its own word', async () => {
    using folder = folderWith({
      'grader.ts': `import { writeSync } from 'node:fs';
      export default (answer: string) => { if (answer === 'forge') writeSync(3, '[7,1]\\nrubbish\\n'.repeat(50), 0); return 0.1; };`,
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path });
    const graded = await subject.grade(Array.from({ length: 10 }, (_, i) => call(i === 4 ? 'forge' : 'x')));
    expect(graded).toHaveLength(10);
    expect(scores(graded)).toContain('malformed');
    expect(scores(await subject.grade([call('x')]))).toEqual([0.1]);
  });

  test('may read its project and nothing else, unless it is trusted; the fault says so', async () => {
    using outside = folderWith({ 'secret.txt': 'secret' });
    using folder = folderWith({
      'package.json': '{}',
      'words.txt': 'abc',
      'lib/grader.ts': `import { readFileSync } from 'node:fs';
        export default (answer: string) => readFileSync(answer, 'utf8').length / 10;`,
    });
    const calls = [call(join(folder.path, 'words.txt')), call(join(outside.path, 'secret.txt'))];
    await using subject = await openFunction('lib/grader.ts', { cwd: folder.path });
    const graded = await subject.grade(calls);
    expect(scores(graded)).toEqual([0.3, 'threw']);
    expect(messageAt(graded, 1)).toContain('--trust');
    await using trusted = await openFunction('lib/grader.ts', { cwd: folder.path, options: { trust: true } });
    expect(scores(await trusted.grade(calls))).toEqual([0.3, 0.6]);
  });

  test('cannot end its host, and sees none of its environment', async () => {
    using folder = folderWith({
      'grader.ts': `export default (answer: string) => {
        if (answer === 'kill') process.kill(process.ppid, 'SIGKILL');
        return Object.keys(process.env).every((name) => /^(TZ|NODE_)/.test(name));
      };`,
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path });
    expect(scores(await subject.grade([call('kill'), call('env')]))).toEqual(['threw', 1]);
  });

  test('several processes share slow calls and keep their order', async () => {
    using folder = folderWith({
      'grader.ts':
        'const seen = process.pid; export default async (answer: string) => { await new Promise((go) => setTimeout(go, 40)); return { score: Number(answer) / 100, reason: String(seen) }; };',
    });
    await using subject = await openFunction('grader.ts', { cwd: folder.path, workers: 3 });
    const graded = await subject.grade(Array.from({ length: 60 }, (_, i) => call(String(i))));
    expect(scores(graded)).toEqual(Array.from({ length: 60 }, (_, i) => i / 100));
    expect(new Set(graded.map((one) => one.kind === 'scored' && one.reason)).size).toBeGreaterThan(1);
  });
});
