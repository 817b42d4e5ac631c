import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { simulatedSandbox } from '../src/sandbox/simulated.ts';
import { baseCardSchema, decide } from './base/card.ts';
import { transcripts } from './base/corpus/make.ts';
import { CORPUS_SEED } from './base/corpus/parts.ts';
import { TRANSCRIPTS } from './base/shape.ts';
import { committedHashes, hashLines, readFrozen } from './frozen.ts';

const cardOfBase = async () =>
  baseCardSchema.parse(JSON.parse(await readFile(new URL('base/card.json', import.meta.url), 'utf8')));

test('the committed models are those that were frozen', async () => {
  const { base, preference } = await readFrozen();
  const { corpus: _corpus, ...files } = base;
  expect(await committedHashes()).toEqual({ base: files, preference });
});

test('the preference model was trained from the frozen base, and its card names both and its pairs', async () => {
  const { base, preference } = await readFrozen();
  expect(preference.base).toBe(base.model);
  const card = await readFile(new URL('preference/checkpoint/README.md', import.meta.url), 'utf8');
  for (const hash of [preference.model, preference.base, preference.pairs]) expect(card).toContain(hash);
});

test('the figures on the card are of the frozen base and corpus, and decided as the card says', async () => {
  const { base } = await readFrozen();
  const { model, corpus, figures } = await cardOfBase();
  expect(model).toBe(base.model);
  expect(corpus).toBe(base.corpus.sha256);
  for (const figure of figures)
    expect(figure.holds, figure.name).toBe(figure.wanted === null ? null : decide(figure.wanted, figure));
});

test('the generator still makes the frozen corpus', async () => {
  const { seed, transcripts: count, first } = (await readFrozen()).base.corpus;
  expect({ seed, count }).toEqual({ seed: CORPUS_SEED, count: TRANSCRIPTS });
  await using sandboxes = simulatedSandbox();
  const lines = async function* (): AsyncGenerator<string, void> {
    for await (const one of transcripts(sandboxes, { seed, count: first.transcripts })) yield JSON.stringify(one);
  };
  expect(await hashLines(lines(), first.transcripts)).toEqual(first);
});
