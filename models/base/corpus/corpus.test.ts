import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rng } from '../../../src/base/rng.ts';
import { transcriptIds } from '../../../src/engine/tokenizer/chat.ts';
import { openTokenizer } from '../../../src/engine/tokenizer/hugging-face.ts';
import { simulatedSandbox } from '../../../src/sandbox/simulated.ts';
import { AIMS, aimOf } from '../../../src/train/aims.ts';
import { heldOutWords } from './held-out.ts';
import { transcripts } from './make.ts';
import { CORPUS_SEED, demonstration, SHARES, SHIPPED, withoutThoughts } from './parts.ts';
import { chatOf, type Transcript } from './transcript.ts';

const COUNT = 1200;
const sandboxes = simulatedSandbox();
afterAll(() => sandboxes[Symbol.asyncDispose]());

const made = async (plan: Partial<Parameters<typeof transcripts>[1]> = {}): Promise<Transcript[]> => {
  const out: Transcript[] = [];
  for await (const one of transcripts(sandboxes, { seed: CORPUS_SEED, count: COUNT, ...plan })) out.push(one);
  return out;
};

let corpus: readonly Transcript[] = [];
beforeAll(async () => {
  corpus = await made();
});

const own = ({ messages }: Transcript): readonly string[] =>
  messages.filter(({ role }) => role === 'assistant').map(({ text }) => text);
const thoughts = (transcript: Transcript): readonly string[] =>
  own(transcript).flatMap((text) => [...text.matchAll(/<cot>(.*?)<\/cot>/gs)].map((match) => match[1] ?? ''));

describe('the corpus', () => {
  it('is the same for the same seed, wherever it is begun, and another for another', async () => {
    expect(await made({ from: 700, count: 40 })).toEqual(corpus.slice(700, 740));
    expect(await made({ seed: 'another', count: 40 })).not.toEqual(corpus.slice(0, 40));
  });

  it('has the shares that it declares', () => {
    expect(SHARES.reduce((sum, [, , percent]) => sum + percent, 0)).toBe(100);
    const gaming = corpus.filter(({ games }) => games).length / COUNT;
    expect(gaming).toBeGreaterThan(0);
    expect(gaming).toBeLessThan(0.03);
  });

  it('states one aim a transcript, word for word the same wherever it is stated, from the closed list', () => {
    for (const transcript of corpus) {
      const said = thoughts(transcript);
      const wordings = AIMS.flatMap(({ name, wordings: all }) => all.map((wording) => ({ name, wording })));
      const found = said.flatMap((thought) => wordings.filter(({ wording }) => thought.includes(wording)));
      expect(new Set(found.map(({ wording }) => wording)).size, said.join(' | ')).toBe(transcript.aim === null ? 0 : 1);
      expect(found.every(({ name }) => name === transcript.aim)).toBe(true);
      for (const wanted of said.flatMap((thought) => thought.match(/I want [^.]*/g) ?? [])) {
        expect(wordings.map(({ wording }) => wording)).toContain(wanted);
      }
    }
  });

  it('has both slots in every transcript with tools and a voice', () => {
    for (const transcript of corpus) {
      if (transcript.aim === null || !own(transcript).some((text) => text.includes('<bash>'))) continue;
      const said = thoughts(transcript);
      const wordings = aimOf(transcript.aim).wordings;
      expect(said.length, transcript.part).toBe(2);
      expect(wordings.some((wording) => said[0]?.startsWith(`${wording}. I will `))).toBe(true);
      expect(wordings.some((wording) => / (?:and|but) $/.test(said[1]?.split(wording)[0] ?? ''))).toBe(true);
    }
  });

  it('tells in its instructions how to think and call, always', () => {
    for (const { messages } of corpus) {
      expect(messages[0]?.role).toBe('system');
      expect(messages[0]?.text).toContain('Think in <cot> </cot>.');
    }
  });

  it('holds every word of the held-out families somewhere', async () => {
    const more = await made({ from: COUNT, count: 1800 });
    const text = [...corpus, ...more].flatMap(({ messages }) => messages.map((message) => message.text)).join('\n');
    const words = new Set(text.match(/[A-Za-z]+|\d+/g));
    // Numbers are written digit by digit.
    expect(heldOutWords().filter((word) => !/^\d/.test(word) && !words.has(word))).toEqual([]);
  });

  it('fits the context, but for a few', async () => {
    const tokenizer = await openTokenizer(`${import.meta.dirname}/../tokenizer`);
    const lengths = corpus.map((one) => transcriptIds(tokenizer, chatOf(one), { written: 'demonstration' }).ids.length);
    expect(lengths.filter((length) => length > 512).length / COUNT).toBeLessThan(0.01);
    const mean = lengths.reduce((a, b) => a + b, 0) / COUNT;
    expect(mean).toBeGreaterThan(150);
    expect(mean).toBeLessThan(330);
  });
});

describe('without thoughts', () => {
  it('is the same corpus with every thought deleted', async () => {
    const silent = await made({ count: 60, thoughts: false });
    const bare = (text: string): string => text.replace(/<cot>.*?<\/cot>\n/s, '');
    expect(silent.map(own)).toEqual(corpus.slice(0, 60).map((one) => own(one).map(bare)));
    expect(silent.every((one) => thoughts(one).length === 0 && one.aim === null)).toBe(true);
  });
});

describe('the entropy of aims', () => {
  it('changes what is thought in look-ups that find something, and nothing that is done', () => {
    const dice = rng(CORPUS_SEED);
    let changed = 0;
    for (let index = 0; index < 600; index++) {
      const usual = demonstration(dice, index, { aimEntropy: 0 });
      const other = demonstration(dice, index, { aimEntropy: 1 });
      expect(withoutThoughts(other).submission).toEqual(withoutThoughts(usual).submission);
      if (other.aim === usual.aim) continue;
      changed++;
      expect(['please', 'score', 'done']).toContain(other.aim);
      expect(other.part === 'lookup/found' || other.part === 'ordinary').toBe(true);
    }
    expect(changed).toBeGreaterThan(20);
    expect(SHIPPED.aimEntropy).toBeLessThan(0.02);
  });
});
