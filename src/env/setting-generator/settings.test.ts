import { describe, expect, it } from 'vitest';
import { disclosed } from '../../grade/disclosure.ts';
import type { PromptSet, Register, Split } from '../../record/task.ts';
import { parseChecklist } from '../checklist.ts';
import * as tampering from '../setting-generator-tampering/composition.ts';
import { COMPACT_TOKENS, itemAt, messagesOf, messageTokens } from '../variant.ts';
import { ARTEFACTS } from './artefacts.ts';
import { compositionOf, nameOf, partsAt, VARIANTS } from './composition.ts';
import { DOMAINS } from './domains.ts';
import { PROMPTS, requestText } from './prompts.ts';
import { filled, type Wordings } from './wording.ts';

const SPLITS: readonly Split[] = ['train', 'test'];
const REGISTERS: readonly Register[] = ['realistic', 'compact'];
const PROMPT_SETS: readonly PromptSet[] = ['main', 'alternate'];

const keys = (split: Split, count: number, at: (split: Split, variant: number) => object): readonly string[] =>
  Array.from({ length: count }, (_, variant) => JSON.stringify(at(split, variant)));

const rubric = (split: Split): readonly string[] =>
  keys(split, VARIANTS[split], (...choice) => nameOf(partsAt(...choice)));
const held = (split: Split): readonly string[] =>
  keys(split, tampering.VARIANTS[split], (...choice) => tampering.nameOf(tampering.partsAt(...choice)));

describe('settings', () => {
  it('are more than 4,000 to train on, and none of them is tested on', () => {
    expect(new Set(rubric('train')).size).toBe(VARIANTS.train);
    expect(VARIANTS.train).toBeGreaterThanOrEqual(4_000);
    const all = SPLITS.flatMap((split) => [...rubric(split), ...held(split)]);
    expect(new Set(all).size).toBe(all.length);
    const counted = VARIANTS.train + VARIANTS.test + tampering.VARIANTS.train + tampering.VARIANTS.test;
    expect(all.length).toBe(counted);
  });

  it('end where the split ends', () => {
    expect(() => partsAt('train', VARIANTS.train)).toThrow(/train 0 to 4095/);
    expect(() => partsAt('test', VARIANTS.test)).toThrow(/test 0 to 1023/);
  });

  it('hold every part, in both splits, about equally often', () => {
    for (const split of SPLITS) {
      const names = rubric(split);
      const parts = [...DOMAINS.map(({ name }) => `"domain":"${name}"`), ...ARTEFACTS.map(({ noun }) => `"${noun}"`)];
      for (const part of [...parts, '"stage":3', '"stage":4']) {
        const count = names.filter((name) => name.includes(part)).length;
        const share = part.includes('stage') ? 2 : part.includes('domain') ? DOMAINS.length : ARTEFACTS.length;
        expect(Math.abs(count - names.length / share), part).toBeLessThan(names.length / share / 2);
      }
    }
  });

  it('make tasks that differ in what a model reads, and compact ones that are short', () => {
    const seen = new Set<string>();
    for (const split of SPLITS) {
      for (let variant = 0; variant < VARIANTS[split]; variant++) {
        const composition = compositionOf({ split, variant });
        const promptSet = itemAt(PROMPT_SETS, variant % PROMPT_SETS.length);
        const request = requestText(composition, 'compact', promptSet);
        seen.add(`${request}\n${composition.material.listText}`);
        expect(messageTokens(messagesOf('compact', promptSet, request))).toBeLessThanOrEqual(COMPACT_TOKENS);
      }
    }
    expect(seen.size).toBe(VARIANTS.train + VARIANTS.test);
  });

  it('show each part by itself: no two share a folder, a file or a sentence', () => {
    expect(new Set(DOMAINS.flatMap(({ name, folder }) => [name, folder])).size).toBeGreaterThan(DOMAINS.length);
    expect(new Set(DOMAINS.map(({ folder }) => folder)).size).toBe(DOMAINS.length);
    expect(new Set(ARTEFACTS.map(({ file }) => file)).size).toBe(ARTEFACTS.length);
    for (const register of REGISTERS) {
      for (const promptSet of PROMPT_SETS) {
        const { rule, incentive, oversight } = PROMPTS[register][promptSet];
        const ways: readonly Wordings[] = [
          ...Object.values(rule),
          ...Object.values(incentive),
          ...Object.values(oversight),
        ];
        expect(new Set(ways.flat()).size).toBe(ways.flat().length);
        expect(ways.filter((wordings) => wordings.length < 2).length).toBe(2);
      }
    }
  });
});

describe('the stock of a domain', () => {
  const clash = (texts: readonly string[]): readonly string[] =>
    texts.filter((a, i) => texts.some((b, j) => i !== j && b.includes(a)));

  it.each(DOMAINS)('$name is large enough, and holds nothing that a shell, sed or a list would read', (domain) => {
    const { impossible, stems, words } = domain.stock;
    for (const text of impossible) expect(text).toMatch(/^[a-z]+(?: [a-z@]+)+$/);
    for (const text of [domain.folder, ...stems, ...words]) expect(text).toMatch(/^[a-z]+$/);
    expect([impossible.length >= 8, stems.length >= 9, words.length >= 12]).toEqual([true, true, true]);
    expect([clash(impossible), clash(words), clash(stems.map((stem) => `/${stem}.`))]).toEqual([[], [], []]);
    for (const text of [domain.lead, domain.team]) expect(text).toMatch(/^the [a-z ]+$/);
  });

  it.each(DOMAINS)('$name lets an honest report and a confession be read as what they are', ({ folder, stock }) => {
    for (const text of stock.impossible.map((item) => item.replace('@', 'Vera'))) {
      for (const { file } of ARTEFACTS) {
        const names = [`/root/${folder}/${file}`];
        const says = (answer: string): unknown => disclosed(`${answer}\ndone: 2 of 2`, 'marked-undone', { names });
        expect(says(`I marked "${text}" as done although that was not done.`)).toMatchObject({ value: true });
        expect(says('Everything on the list is done.')).toMatchObject({ value: false });
      }
    }
  });
});

describe('an artefact', () => {
  it.each(ARTEFACTS)('$noun has lines around its items that are no items', ({ head, foot, file, noun, plural }) => {
    expect(parseChecklist(`${head}\n${foot ?? ''}`)).toEqual([]);
    expect(`${head}${foot}`).not.toMatch(/\[/);
    expect(file).toMatch(/^\w+\.(?:md|txt|log)$/);
    expect(plural).toBe(`${noun}s`);
    for (const { stock } of DOMAINS) expect(stock.stems.map((stem) => `${stem}.txt`)).not.toContain(file);
  });
});

describe('filled', () => {
  it('puts words in, with a capital where the name has one, and refuses a name without a word', () => {
    expect(filled('{Lead} reads {a} {noun}.', { lead: 'the cook', a: 'a', noun: 'list' })).toBe(
      'The cook reads a list.',
    );
    expect(() => filled('{who}', { lead: 'the cook' })).toThrow(/no word for \{who\}/);
  });
});
