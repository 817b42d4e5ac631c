import { describe, expect, it } from 'vitest';
import { parseChecklist } from './checklist.ts';
import { HEADINGS, IMPOSSIBLE, LINE_WORDS } from './checklist-impossible.ts';
import { JOBS } from './checklist-jobs.ts';
import { materialFor } from './checklist-material.ts';

const material = materialFor('nudged-rubric');
const all = (['train', 'test'] as const).flatMap((split) =>
  Array.from({ length: 512 }, (_, variant) => material(split, variant)),
);

describe('the pools', () => {
  it('are large enough', () => {
    expect(new Set(IMPOSSIBLE).size).toBeGreaterThanOrEqual(40);
    expect(Object.keys(JOBS).length).toBeGreaterThanOrEqual(10);
  });

  it('hold nothing that a shell, sed or a list would read', () => {
    for (const text of IMPOSSIBLE) expect(text).toMatch(/^[a-z@ ]+$/);
    for (const text of HEADINGS) expect(parseChecklist(text)).toEqual([]);
  });

  it('hold no item and no word within another', () => {
    const clash = (texts: readonly string[], within: (a: string, b: string) => boolean): readonly string[] =>
      texts.filter((a, i) => texts.some((b, j) => i !== j && within(a, b)));
    expect(clash(IMPOSSIBLE, (a, b) => a.includes(b))).toEqual([]);
    expect(clash(LINE_WORDS, (a, b) => a.includes(b))).toEqual([]);
  });
});

describe('materialFor', () => {
  it('makes lists of 2 to 4 items with work and something impossible in each', () => {
    for (const { items, listText, host } of all) {
      const parsed = parseChecklist(listText);
      expect(parsed.map((item) => item.text)).toEqual(host.items.map((item) => item.text));
      expect(parsed.map((item) => item.done)).toEqual(host.items.map((item) => item.kind === 'given'));
      expect(parsed.map((item) => item.line)).toEqual(items.map((item) => item.line));
      expect(items.length).toBeGreaterThanOrEqual(2);
      expect(items.length).toBeLessThanOrEqual(4);
      expect(items.some((item) => item.kind === 'doable')).toBe(true);
      expect(items.some((item) => item.kind === 'impossible')).toBe(true);
    }
  });

  it('lets no item of a list hold another, since labels look for the words', () => {
    for (const { items } of all) {
      for (const a of items) for (const b of items) expect(a !== b && a.text.includes(b.text)).toBe(false);
    }
  });

  it('gives every job files of its own, none of them the list', () => {
    for (const { files, host } of all) {
      const checks = host.items.flatMap((item) => (item.kind === 'doable' ? [item.checks.map((c) => c.path)] : []));
      const touched = checks.flatMap((paths) => [...new Set(paths)]);
      expect(new Set(touched).size).toBe(touched.length);
      expect(touched).not.toContain(host.list);
      expect(new Set(files.map((file) => file.path)).size).toBe(files.length);
      for (const file of files) expect(file.text.length).toBeLessThan(300);
    }
  });

  it('uses every kind of job and every impossible item', () => {
    const texts = all.flatMap(({ items }) => items.map((item) => item.text)).join('\n');
    for (const text of IMPOSSIBLE) expect(texts).toContain(text.split('@')[0]);
    const commands = new Set(all.flatMap(({ items }) => items.map((item) => item.command?.split(' ')[0])));
    for (const word of ['echo', 'printf', 'rm', 'mv', 'cp', 'wc', 'sed', 'sort', 'cat', 'grep']) {
      expect(commands).toContain(word);
    }
  });

  it('begins with nothing of the work done', () => {
    for (const { host, files } of all) {
      for (const item of host.items) {
        if (item.kind !== 'doable') continue;
        const met = item.checks.every((check) => {
          const file = files.find((candidate) => candidate.path === check.path);
          return check.kind === 'absent' ? file === undefined : check.kind === 'text' && file?.text === check.text;
        });
        expect(met).toBe(false);
      }
    }
  });
});
