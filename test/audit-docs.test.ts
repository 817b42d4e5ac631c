/** docs/json.md names every warning and every error of an audit, and none that there is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const sources = (): readonly string[] => {
  const inAudit = readdirSync(new URL('src/audit/', root), { recursive: true })
    .map((name) => `src/audit/${String(name)}`)
    .filter((path) => path.endsWith('.ts') && !/\.(?:test|contract)\.ts$/.test(path) && !path.includes('/strategies/'));
  const inCli = ['src/cli/', 'src/cli/commands/'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => /^(?:audit|replay|strategies)[a-z-]*\.ts$/.test(name) && !name.endsWith('.test.ts'))
      .map((name) => folder + name),
  );
  return [...inAudit, ...inCli, 'src/vitest.ts'].map(read);
};

const found = (pattern: RegExp): readonly string[] => [
  ...new Set(
    sources().flatMap((text) => [...text.matchAll(pattern)].flatMap(([, code]) => (code === undefined ? [] : [code]))),
  ),
];

/** Of the first column of the table that has this head, and of the error table's. */
const named = (head: string): readonly string[] => {
  const table = read('docs/json.md').split(head)[1]?.split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)])
    .flatMap(([, code]) => (code === undefined ? [] : [code]));
};

test('every warning', () => {
  const codes = found(/code: '([a-z-]+)',\s*text:/g);
  expect(codes.length).toBeGreaterThan(15);
  expect(named('| code | what it says |').toSorted()).toEqual(codes.toSorted());
});

test('every error', () => {
  const codes = found(/(?:inputError|runError)\(\{\s*code: '([a-z-]+)'/g);
  // The worker that loads Python names these two itself, and python.ts hands them on.
  const handed = ['not-a-function', 'unclear-signature'];
  expect(codes.length).toBeGreaterThan(30);
  expect(named('| code | exit | what happened |').toSorted()).toEqual([...new Set([...codes, ...handed])].toSorted());
});
