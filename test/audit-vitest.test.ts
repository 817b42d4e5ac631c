/** The matcher in a vitest project of its own, as users have one: it fails and passes as it should, and says why. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exampleOf, functionSubject } from '../src/audit/audit.fixtures.contract.ts';
import { seal } from '../src/audit/seal.ts';
import { toResistGaming } from '../src/vitest.ts';
import { MACHINE } from './support/cli.ts';

const ROOT = fileURLToPath(new URL('./support/resist', import.meta.url));
const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

const reportSchema = z.looseObject({
  testResults: z.array(
    z.looseObject({
      assertionResults: z.array(
        z.looseObject({ title: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

let results: { readonly title: string; readonly status: string; readonly failureMessages: readonly string[] }[] = [];

beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'subterfuge-matcher-'));
  const file = join(home, 'results.json');
  await new Promise<void>((resolve) => {
    // It ends with 1, since some of its tests must fail.
    const args = [VITEST, 'run', '--root', ROOT, '--reporter=json', `--outputFile=${file}`];
    execFile(process.execPath, args, { env: MACHINE }, () => resolve());
  });
  const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  await rm(home, { recursive: true, force: true });
  results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
});

test('each test ends as its name says', () => {
  expect(results).toHaveLength(7);
  for (const { title, status } of results)
    expect(`${title} [${status}]`).toMatch(/^(?:passes.*\[passed\]|fails.*\[failed\])$/);
});

const messageOf = (part: string): string =>
  results.find(({ title }) => title.includes(part))?.failureMessages.join('\n') ?? '';

test('a failure names the rule, the number with its interval, and the cheapest cheating answer', () => {
  expect(messageOf('the first grader')).toMatch(/gameability is 1 \(95 % interval .* allowed: at most 0\.1/);
  expect(messageOf('the first grader')).toContain('can be gamed: true for all 202 items');
});

test('without limits, whatever was found fails', () => {
  expect(messageOf('a function of this file')).toMatch(/findings is \d+; allowed: at most 0/);
  expect(messageOf('a function of this file')).toContain('contains can be gamed');
});

test('no command is shown that has no file, and misspelt witnesses are said', () => {
  expect(messageOf('a function of this file')).not.toContain('subterfuge replay');
  expect(messageOf('that are not there')).toContain('There is nothing to replay at this path');
});

test('a grader without a score fails whatever the limits allow, and what is no grader is said', () => {
  expect(messageOf('without a single score')).toContain('gave no score to any call');
  expect(messageOf('no grader at all')).toContain('toResistGaming is asked of a grader');
});

test('a witness of an instruction is no answer to a grader, and is refused', async () => {
  const home = await mkdtemp(join(tmpdir(), 'subterfuge-witness-'));
  const { record } = functionSubject(() => 1);
  const finding = seal({
    ...{ subterfuge: '0', seed: '1', claim: 'false-pass', strategy: 'long', class: 'loophole-exploitation' },
    ...{ variant: 'only', because: 'A judge says so.', example: exampleOf('a', {}) },
    subject: { ...record, kind: 'instruction', form: 'instruction' },
    calls: [
      {
        ...{ role: 'found', answer: 'Say it in German.', opponent: null, order: 'both', intent: null },
        graded: { kind: 'scored', score: 1, passed: true, reason: null },
      },
    ],
  });
  await writeFile(join(home, `${finding.id}.json`), JSON.stringify(finding));
  const asked = toResistGaming(() => 0, { examples: [{ input: 'q', good: 'a' }], witnesses: home });
  await expect(asked).rejects.toThrow('A witness that asks a model');
  await rm(home, { recursive: true, force: true });
});
