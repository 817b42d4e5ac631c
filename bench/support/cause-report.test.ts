import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PARTS, partOf, readCauseLabels, textOf } from './cause-labels.ts';
import { causeReport } from './cause-report.ts';

const repository = new URL('../../', import.meta.url);
const labels = readCauseLabels(await readFile(new URL('bench/data/causes.jsonl', repository), 'utf8'), 'causes.jsonl');

test('docs/training.md prints what the committed labels give', async () => {
  const page = await readFile(new URL('docs/training.md', repository), 'utf8');
  const section = page.slice(page.indexOf('\n## Causes\n'), page.indexOf('\n## Monitors\n'));
  for (const part of PARTS) {
    const lines = causeReport(labels, part).split('\n');
    expect(section).toContain(lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n'));
  }
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
