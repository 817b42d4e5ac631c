/** The README and the help texts tell the truth: their commands exist, their options too, their tables are whole. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processIo } from '../src/cli/io.ts';
import { buildProgram } from '../src/cli/program.ts';
import { ENVIRONMENTS } from '../src/env/registry.ts';

const readme = readFileSync('README.md', 'utf8');
const program = buildProgram({ ...processIo(), out: () => undefined, err: () => undefined }, () => undefined);

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const commands = documents.flatMap((name) =>
  [...readFileSync(name, 'utf8').matchAll(/^.*?\bnpx subterfuge ([^\n`]+)/gm)].map(
    (match) => [name, match[1] ?? ''] as const,
  ),
);

test.each(commands)('%s: subterfuge %s', (_document, line) => {
  const words = (line.split(/\s{2,}|#/)[0] ?? '').trim().split(' ');
  const command = program.commands.find((known) => known.name() === words[0]);
  expect(command, `no command ${words[0]}`).toBeDefined();
  const known = command?.options.map((option) => option.long) ?? [];
  expect(words.filter((word) => word.startsWith('--') && !known.includes(word.split('=')[0] ?? ''))).toEqual([]);
});

describe('links', () => {
  test.each(documents)('%s leads to files that are there', (name) => {
    const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : '';
    const links = [...readFileSync(name, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(`${folder}${link}`))).toEqual([]);
  });
});

test('the README names every environment', () => {
  expect(ENVIRONMENTS.map(({ name }) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the counts in the README are those that their recipe committed', () => {
  const results = readFileSync('recipes/eval-smollm2/results.txt', 'utf8').split('\n\n');
  const [, counts = ''] = results.filter((block) => block.startsWith('environment'));
  expect(counts).toContain('gamed');
  expect(readme).toContain(counts.replace(/^/gm, '    '));
});
