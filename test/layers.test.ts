import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** Earliest first. A folder imports itself and earlier rows, never a later row or a neighbour of its own row. */
const ROWS: readonly (readonly string[])[] = [
  ['base'],
  ['record'],
  ['stats'],
  ['sandbox', 'policy', 'store'],
  ['engine'],
  ['grade'],
  ['env'],
  ['rollout'],
  ['evaluate'],
  ['train'],
  ['audit'],
  ['report'],
  ['server'],
  ['cli'],
];

const rowOf = (folder: string): number => ROWS.findIndex((row) => row.includes(folder));

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

const importsOf = (file: string): string[] =>
  [...readFileSync(`src/${file}`, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'|^import '(\.[^']+)'/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

test('every folder of src has a row', () => {
  const folders = sources.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? '');
  expect([...new Set(folders)].filter((folder) => rowOf(folder) < 0)).toEqual([]);
});

test('a folder imports only itself and earlier rows', () => {
  const wrong = sources
    .filter((file) => file.includes('/'))
    .flatMap((file) => {
      const from = file.split('/')[0] ?? '';
      return importsOf(file)
        .map((specifier) => posix.join(posix.dirname(file), specifier).split('/')[0] ?? '')
        .filter((to) => to !== from && (rowOf(to) < 0 || rowOf(to) >= rowOf(from)))
        .map((to) => `${file} imports ${to}`);
    });
  expect(wrong).toEqual([]);
});

test('the index imports no optional backend', () => {
  expect(importsOf('index.ts').filter((specifier) => specifier.includes('gguf'))).toEqual([]);
});
