/** `audit` and `replay` as people use them: in a folder of their own, with mistakes, with a grader that misbehaves, with a signal. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingRecord } from '../src/record/audit-finding.ts';
import { auditRecord } from '../src/record/audit-report.ts';
import { type CliResult, cli } from './support/cli.ts';
import { command } from './support/in-process.ts';

let home = '';
const run = (...args: string[]): Promise<CliResult> => cli(args, { cwd: home });
const write = (name: string, text: string): void => writeFileSync(join(home, name), text);
const read = (name: string): string => readFileSync(join(home, name), 'utf8');

const QUESTIONS = Array.from({ length: 12 }, (_, index) => ({
  question: `What is ${20 + index} plus ${31 + 2 * index}?`,
  gold: String(51 + 3 * index),
  bad: String(7 + index),
}));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-audit-'));
  write('q.jsonl', QUESTIONS.map((row) => JSON.stringify(row)).join('\n'));
  write(
    'grader.ts',
    `export const contains = (answer: string, reference: string): boolean => answer.includes(reference);
export const exact = (answer: string, reference: string): boolean => answer.trim() === reference;
export const says = (): string => 'high';
export const hundred = (answer: string, reference: string): number => (answer === reference ? 100 : 0);
export const throws = (): number => { throw new Error('out of paper'); };
export const slow = (): number => { for (;;); };
export const error = (answer: string, reference: string): number => (answer === reference ? 0 : 1e6);
`,
  );
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const FIELDS = ['--examples', 'q.jsonl', '--fields', 'input=question,reference=gold', '--search', '100', '--quiet'];

describe('a grader that can be gamed', () => {
  test('is found, printed first, written, and fails the gate; formats are where they were asked for', async () => {
    const result = await run(
      ...['audit', 'grader.ts:contains', ...FIELDS, '--out', 'first', '--fail-on', 'gameability>0.1'],
      ...['--html', 'a/page.html', '--junit', 'a/junit.xml', '--sarif', 'a/audit.sarif', '--github'],
    );
    expect(result.code, result.stderr).toBe(1);
    expect(result.stdout).toMatch(/^grader\.ts:contains can be gamed: /);
    expect(result.stdout).toContain('::error file=grader.ts,line=1,');
    const report = auditRecord.read(JSON.parse(read('first/audit.json')));
    expect(report.findings[0]?.claim).toBe('false-pass');
    for (const { id, replay } of report.findings) {
      expect(findingRecord.read(JSON.parse(read(`first/findings/${id}.json`))).id).toBe(id);
      expect(replay).toBe(`npx subterfuge replay first/findings/${id}.json`);
    }
    expect(read('a/page.html')).toBe(read('first/report.html'));
    expect(read('first/report.html')).toContain('npx subterfuge audit grader.ts:contains --examples q.jsonl');
    expect(read('a/junit.xml')).toContain('<testsuites');
    expect(JSON.parse(read('a/audit.sarif'))).toMatchObject({ version: '2.1.0' });
  });

  test('every finding replays as it was recorded; on a repaired grader it is dead', async () => {
    const again = await run('replay', 'first');
    expect(again.code, again.stderr + again.stdout).toBe(0);
    expect(again.stdout).not.toMatch(/^died|^no score/m);
    const [id = ''] = readdirSync(join(home, 'first/findings'));
    expect((await run('replay', `first/findings/${id}`)).code).toBe(0);
    expect((await run('replay', 'first', '--resist')).code).toBe(1);
    const dead = await run('replay', 'first', '--grader', 'grader.ts:exact', '--resist', '--json');
    const rows: { outcome: string; claim: string; sameGrader: boolean }[] = JSON.parse(dead.stdout);
    const passes = rows.filter(({ claim }) => claim === 'false-pass');
    expect(passes.length).toBeGreaterThan(0);
    expect(passes.every(({ outcome, sameGrader }) => outcome === 'died' && !sameGrader)).toBe(true);
  });

  test('the audit after the repair says what died and attacks afresh', async () => {
    const { code, stdout, stderr } = await run(
      ...[
        'audit',
        'grader.ts:exact',
        ...FIELDS,
        '--against',
        'first',
        '--out',
        'second',
        '--json',
        '--fail-on',
        'alive>0',
      ],
    );
    expect(code, stderr).toBe(0);
    const report = auditRecord.read(JSON.parse(stdout));
    expect(report.detail.repair?.exploits.some(({ now }) => now === 'dead')).toBe(true);
    expect(report.detail.repair?.fresh.length).toBeGreaterThan(0);
  });

  test('a second audit into the same folder replaces the first', async () => {
    await run('audit', 'grader.ts:contains', ...FIELDS, '--out', 'same');
    write('same/notes.txt', 'mine');
    await run('audit', 'grader.ts:contains', ...FIELDS, '--out', 'same', '--only', 'pad-filler,twin-trailing-dot');
    const report = auditRecord.read(JSON.parse(read('same/audit.json')));
    const ids = new Set([...report.findings.map(({ id }) => `${id}.json`)]);
    expect(readdirSync(join(home, 'same/findings')).filter((name) => !ids.has(name)).length).toBeLessThanOrEqual(
      report.invariances.length,
    );
    expect(read('same/notes.txt')).toBe('mine');
  });

  test('equal seeds give equal reports', async () => {
    const args = ['audit', 'grader.ts:contains', ...FIELDS, '--out', 'equal', '--json', '--seed', '7'];
    expect((await run(...args)).stdout).toBe((await run(...args)).stdout);
  });
});

test('--json prints one line of JSON to standard output and nothing else, annotations to the other', async () => {
  const { stdout, stderr } = await run('audit', 'grader.ts:contains', ...FIELDS, '--json', '--github');
  expect(stdout.split('\n')).toHaveLength(2);
  expect(() => auditRecord.read(JSON.parse(stdout))).not.toThrow();
  expect(stderr).toContain('::notice');
  const [name = ''] = readdirSync(join(home, 'runs'));
  expect(name).toMatch(/^audit-\d{8}-\d{6}-[a-z0-9]{6}$/);
});

describe('a grader that misbehaves', () => {
  test.each([
    ['says', 'returned something that is no number'],
    ['throws', 'threw an error'],
  ])('%s: named, exit code 3, with the report all the same', async (name, words) => {
    const { code, stdout, stderr } = await run('audit', `grader.ts:${name}`, ...FIELDS, '--out', name);
    expect(code).toBe(3);
    expect(stdout).toContain('gave no score to any call');
    expect(stderr).toContain(words);
    expect(stderr).toContain('to do:');
    expect(existsSync(join(home, name, 'audit.json'))).toBe(true);
  });

  test('one that hangs is ended within the budget', async () => {
    const { code, stderr } = await run(
      ...['audit', 'grader.ts:slow', ...FIELDS, '--timeout', '100', '--calls', '6', '--out', 'slow'],
    );
    expect(code).toBe(3);
    expect(stderr).toContain('did not return in time');
  });

  test('scores beyond the range are no audit: exit code 3, with the range to give, and the report', async () => {
    const { code, stdout, stderr } = await run('audit', 'grader.ts:hundred', ...FIELDS, '--out', 'hundred');
    expect(code).toBe(3);
    expect(stdout).toContain('--range 0..100');
    expect(stderr).toContain('e.g. --range 0..100');
    expect(existsSync(join(home, 'hundred', 'audit.json'))).toBe(true);
    const again = await run('audit', 'grader.ts:hundred', ...FIELDS, '--range', '0..100', '--out', 'hundred');
    expect(again.code, again.stderr).toBe(0);
  });

  test('an error, of which less is better, has no end', async () => {
    const { stdout, stderr } = await run(
      ...['audit', 'grader.ts:error', ...FIELDS, '--range', '10..0', '--pass', '1', '--out', 'error', '--json'],
    );
    const report = auditRecord.read(JSON.parse(stdout));
    expect(stderr).not.toContain('no score');
    expect(report.subject.scale).toEqual({ worst: 10, best: 0, pass: 1, beyond: 'worst' });
    expect(report.graderFaults).toEqual([]);
  });
});

const MISTAKES: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['nothing to audit', ['audit'], /not said what to audit/],
  ['no such file', ['audit', 'missing.ts:x'], /missing\.ts/],
  ['no such export', ['audit', 'grader.ts:absent'], /allowed:.*contains/],
  ['no such examples', ['audit', 'grader.ts:exact', '--examples', 'absent.jsonl'], /absent\.jsonl/],
  ['a rule without a number', ['audit', 'grader.ts:exact', '--fail-on', 'gameability'], /gameability, falsePasses/],
  ['an unknown strategy', ['audit', 'grader.ts:exact', '--only', 'flag-evrything'], /flag-everything/],
  ['a range of one point', ['audit', 'grader.ts:exact', '--range', '1..1'], /0\.\.1, 1\.\.10/],
  ['a bar outside the range', ['audit', 'grader.ts:exact', '--pass', '7'], /--range 1\.\.10 --pass 7/],
  ['a field that is none', ['audit', 'grader.ts:exact', '--fields', 'inputs=x'], /input, reference, good/],
  ['a column that is none', ['audit', 'grader.ts:exact', '--examples', 'q.jsonl', '--fields', 'input=nope'], /nope/],
  ['an instruction and a grader', ['audit', 'grader.ts:exact', '--instruction', 'x'], /not both/],
  ['an instruction without a model', ['audit', '--instruction', 'x', '--check', 'grader.ts:exact'], /no --model/],
  ['self-evaluation of no judge', ['audit', 'grader.ts:exact', '--self-evaluation', 'a.jsonl'], /is about a judge/],
  ['no earlier audit', ['audit', 'grader.ts:exact', '--against', 'nowhere'], /earlier audit could not be read/],
  [
    'an earlier audit that is none',
    ['audit', 'grader.ts:exact', '--against', 'q.json'],
    /not a audit record|not an audit/,
  ],
  ['nothing to replay', ['replay', 'nowhere'], /nothing to replay/],
  ['a folder without findings', ['replay', 'empty'], /holds no finding/],
  ['a finding that was changed', ['replay', 'forged.json'], /changed after it was sealed/],
];

describe('mistakes', () => {
  beforeAll(() => {
    mkdirSync(join(home, 'empty'));
    write('q.json', '[]');
    const [name = ''] = readdirSync(join(home, 'first/findings'));
    write('forged.json', read(`first/findings/${name}`).replace('"strategy": "', '"strategy": "not-'));
  });

  test.each(MISTAKES)('%s: exit code 2, and what to do', async (_name, args, said) => {
    const { code, stdout, stderr } = await command(args, { cwd: home });
    expect(code, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('    at ');
  });

  test('none of them left a folder behind', () => {
    expect(readdirSync(join(home, 'runs'))).toHaveLength(1);
  });
});

test('a signal ends it cleanly: nothing is written, and nobody is left running', async () => {
  const before = readdirSync(home);
  const args = ['audit', 'grader.ts:slow', '--examples', 'q.jsonl', '--fields', 'input=question,reference=gold'];
  const result = await cli([...args, '--timeout', '60000', '--out', 'stopped'], {
    cwd: home,
    // The first line of progress: the grader is being asked.
    onStart: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
  });
  expect(result.code, result.stderr).toBe(3);
  expect(result.stderr).toContain('stopped before its end');
  expect(readdirSync(home)).toEqual(before);
  const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  expect(running.filter((line) => line.includes(home))).toEqual([]);
});
