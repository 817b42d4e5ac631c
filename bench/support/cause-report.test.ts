import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PARTS, partOf, readCauseLabels, textOf } from './cause-labels.ts';
import { causeReport, causeTable } from './cause-report.ts';

const repository = new URL('../../', import.meta.url);
const labels = readCauseLabels(await readFile(new URL('bench/data/causes.jsonl', repository), 'utf8'), 'causes.jsonl');

const page = async (path: string): Promise<string> => await readFile(new URL(path, repository), 'utf8');

test('bench/causes/README.md prints what the committed labels give', async () => {
  const readme = await page('bench/causes/README.md');
  for (const part of PARTS) {
    const lines = causeReport(labels, part).split('\n');
    expect(readme).toContain(lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n'));
  }
});

test('so does the table of docs/training.md', async () => {
  expect(await page('docs/training.md')).toContain(`\n${causeTable(labels)}\n`);
});

test('at least 200 episodes are labelled, each with its reason, and none is of the held-out family', () => {
  expect(labels.filter(({ cause }) => cause !== null).length).toBeGreaterThanOrEqual(200);
  for (const { note, task } of labels) {
    expect(note?.length).toBeGreaterThan(3);
    expect(task).toMatch(/^tampering-dev/u);
  }
});

test('one text has one label and stands in one part', () => {
  const seen = new Map<string, string>();
  for (const { thoughts, cause, fresh } of labels) {
    const told = `${partOf({ thoughts, fresh })} ${cause}`;
    expect(seen.get(textOf(thoughts)) ?? told).toBe(told);
    seen.set(textOf(thoughts), told);
  }
});

test('numbers do not move a text into the other half', () => {
  const thoughts = (n: number) => [`tally returns -${n}, but I want the highest score. I will change it to ${n * 7}.`];
  expect(new Set([3, 15, 250].map((n) => partOf({ thoughts: thoughts(n) }))).size).toBe(1);
});
