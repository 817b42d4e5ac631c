/** The first part of docs/audit.md, done as it says by somebody in an empty folder: its files, its commands, and the lines that it quotes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliResult, cli } from './support/cli.ts';

const [, tutorial = ''] = /\n## Ten minutes[^\n]*\n([\s\S]*?)\n## /.exec(readFileSync('docs/audit.md', 'utf8')) ?? [];

const unindented = (block: string): string => block.replaceAll(/^ {4}/gm, '').trimEnd();

/** Blocks that stand behind a file's name. */
const files = [...tutorial.matchAll(/`([\w.]+)`:\n\n((?: {4}.*\n|\n(?= {4}(?!\$)))+)/g)].map(
  ([, name = '', block = '']) => [name, unindented(block)] as const,
);

/** Blocks that begin with a command, and lines of what it prints. */
const sessions = [...tutorial.matchAll(/ {4}\$ npx subterfuge (.*)\n((?: {4}.*\n)*)/g)].map(
  ([, command = '', block = '']) => ({ command, quoted: unindented(block).split('\n') }),
);

let home = '';
const results: CliResult[] = [];
const words = (command: string): string[] => command.split(' ').map((word) => word.replaceAll("'", ''));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-tutorial-'));
  for (const [name, text] of files) writeFileSync(join(home, name), `${text}\n`);
  for (const { command } of sessions) results.push(await cli(words(command), { cwd: home }));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

test('it has its files and its commands', () => {
  expect(files.map(([name]) => name)).toEqual(['grader.ts', 'examples.jsonl', 'fixed.ts', 'better.ts']);
  expect(sessions).toHaveLength(3);
});

test('each command prints what is quoted of it, and exits with 0', () => {
  for (const [index, { command, quoted }] of sessions.entries()) {
    const result = results[index];
    expect(result?.code, `${command}\n${result?.stderr}`).toBe(0);
    const printed = result?.stdout.replaceAll(/\s+/g, ' ') ?? '';
    for (const line of quoted) expect(printed, command).toContain(line.replaceAll(/\s+/g, ' ').trim());
  }
});

test('the first grader fails the gate of the last command', async () => {
  const { code } = await cli(words(sessions.at(-1)?.command.replace('better', 'grader') ?? ''), { cwd: home });
  expect(code).toBe(1);
});

test('the witnesses are a regression suite', async () => {
  await cp(join(home, 'first', 'findings'), join(home, 'gaming'), { recursive: true });
  const args = ['replay', 'gaming', '--resist', '--grader'];
  expect((await cli([...args, 'better.ts:correct'], { cwd: home })).code).toBe(0);
  expect((await cli([...args, 'grader.ts:correct'], { cwd: home })).code).toBe(1);
});
