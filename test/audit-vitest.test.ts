/** The matcher in a vitest project of its own, as users have one: it fails and passes as it should, and says why. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
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
}, 180_000);

test('each test ends as its name says', () => {
  expect(results).toHaveLength(6);
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

test('a grader without a score fails whatever the limits allow, and what is no grader is said', () => {
  expect(messageOf('without a single score')).toContain('gave no score to any call');
  expect(messageOf('no grader at all')).toContain('toResistGaming is asked of a grader');
});
