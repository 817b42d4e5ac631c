import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';

const CEILING_LINES = 400;
const MEDIAN_LINES = 120;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(`src/${file}`, 'utf8') }));
const product = sources.filter(({ file }) => !/\.(test|contract)\.ts$/.test(file));
const linesOf = (text: string): number => text.split('\n').length - 1;

test(`no file is longer than ${CEILING_LINES} lines`, () => {
  expect(sources.filter(({ text }) => linesOf(text) > CEILING_LINES).map(({ file }) => file)).toEqual([]);
});

test(`half of the files are shorter than ${MEDIAN_LINES} lines`, () => {
  const lengths = product.map(({ text }) => linesOf(text)).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(MEDIAN_LINES);
});

test('every environment folder has the same five files', () => {
  const families = readdirSync('src/env').filter((name) => statSync(`src/env/${name}`).isDirectory());
  expect(families.length).toBeGreaterThan(0);
  const wanted = ['README.md', 'env.test.ts', 'env.ts', 'graders.ts', 'submissions.ts'];
  for (const family of families)
    expect(readdirSync(`src/env/${family}`), family).toEqual(expect.arrayContaining(wanted));
});

/** Chance, time, the environment and the network are arguments; these are the few places that own them, and what has one way. */
const OWNERS: readonly { readonly what: RegExp; readonly instead: string; readonly allowedIn: RegExp }[] = [
  { what: /\bMath\.random\(/, instead: 'an Rng argument', allowedIn: /^$/ },
  { what: /\bDate\.now\(|\bnew Date\(\)/, instead: 'a Clock argument', allowedIn: /^base\/clock\.ts$/ },
  { what: /\bprocess\.env\b/, instead: 'an argument that cli/ fills', allowedIn: /^cli\// },
  { what: /\bconsole\.(log|error|warn)\(/, instead: 'a stream argument', allowedIn: /^$/ },
  // It never comes back below /proc. The one place that is allowed makes folders in a copy that it has just made.
  {
    what: /\bmkdir(?:Sync)?\(.*recursive: true/,
    instead: 'makeDirectories of store/',
    allowedIn: /^audit\/subjects\/foreign\/tests-run\.ts$/,
  },
];

test.each(OWNERS)('$what is used only where it is owned: elsewhere $instead', ({ what, allowedIn }) => {
  const users = product.filter(({ text }) => what.test(text)).map(({ file }) => file);
  expect(users.filter((file) => !allowedIn.test(file))).toEqual([]);
});

test('no rule of the linter is switched off without a reason', () => {
  const bare = sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        /biome-ignore|oxlint-disable/.test(line) && !/biome-ignore [^:]+: \S.{10,}/.test(line)
          ? [`${file}:${index + 1}`]
          : [],
      ),
  );
  expect(bare).toEqual([]);
});
