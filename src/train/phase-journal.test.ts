import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPhaseEnds, spentOn } from './phase-journal.ts';
import type { PhaseEnd } from './training-record.ts';

const end = (phase: string, seconds: number, prompt: number): PhaseEnd => ({
  schema: 'subterfuge/phase@1',
  phase,
  seconds,
  tokens: { sampled: 10, prompt, trained: 1 },
  weights: '',
  updates: [],
  counts: null,
});

test('of a phase that was done again the tokens count once, as last, and the seconds every time', () => {
  const ends = [end('measure/base', 3, 5), end('round/a-0', 7, 100), end('measure/base', 4, 6)];
  expect(spentOn(ends)).toEqual({ tokens: { sampled: 20, prompt: 106, trained: 2 }, seconds: 14 });
  expect(spentOn([])).toEqual({ tokens: { sampled: 0, prompt: 0, trained: 0 }, seconds: 0 });
});

test('a journal that cannot be looked for is no run without phases', async () => {
  const file = fileURLToPath(import.meta.url);
  await expect(readPhaseEnds(file)).rejects.toMatchObject({ code: 'unreadable', exitCode: 2 });
  expect(await readPhaseEnds(`${file}-that-is-not-there`)).toEqual([]);
});
