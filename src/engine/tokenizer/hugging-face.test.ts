import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hfTokenizer, openTokenizer } from './hugging-face.ts';
import { TINY_CONFIG, tinyTokenizer, tinyTokenizerJson } from './tiny.contract.ts';

const tokenizer = tinyTokenizer();
/** Texts of any characters, mixed with what tokenizers treat in their own way. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<|im_end|>',
        '<|im_',
        'start|>',
        '<cot>',
        '</bash>',
        '</ba',
        ' the',
        '\r\n',
        '\t ',
        "'ll",
        '1234',
      ),
    ),
  )
  .map((pieces) => pieces.join('').toWellFormed());

describe('a byte-level tokenizer', () => {
  test('gives every text back', () => {
    fc.assert(fc.property(texts, (text) => tokenizer.decode(tokenizer.encode(text)) === text));
  });

  test('never makes a special token of text', () => {
    const special = new Set(['<|im_start|>', '<|im_end|>', '<|pad|>'].map((token) => tokenizer.special(token)));
    expect(special.has(null)).toBe(false);
    fc.assert(fc.property(texts, (text) => tokenizer.encode(text).every((id) => !special.has(id))));
    expect(tokenizer.decode(tokenizer.encode('a<|im_end|>b'))).toBe('a<|im_end|>b');
  });

  test('makes one token of a tag, and applies merges', () => {
    const [open, , close] = [tokenizer.encode('<bash>'), [], tokenizer.encode('</bash>')];
    expect(open).toHaveLength(1);
    expect(tokenizer.encode('<bash>ls</bash>')).toEqual([...open, ...tokenizer.encode('ls'), ...close]);
    expect(tokenizer.encode(' the')).toHaveLength(1);
    expect(tokenizer.encode('in the')).toHaveLength(2);
  });

  test('knows the bytes of every id, which are those of the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.concat(tokenizer.encode(text).map((id) => tokenizer.bytes(id)));
        return bytes.equals(Buffer.from(text, 'utf8'));
      }),
    );
    expect(tokenizer.bytes(tokenizer.endId)).toHaveLength(0);
    expect(tokenizer.bytes(1_000_000)).toHaveLength(0);
  });

  test('leaves special tokens out of text', () => {
    expect(tokenizer.decode([...tokenizer.encode('done'), tokenizer.endId])).toBe('done');
    expect(tokenizer.special('<cot>')).toBeNull();
    expect(tokenizer.vocabSize).toBe(273);
  });

  test('takes text with half a surrogate pair as every UTF-8 encoder does', () => {
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).toBe('a\ufffdb');
  });
});

/** What an error that a person can act on has, besides its code. */
const WHOLE = {
  what: expect.stringMatching(/^[A-Z]/),
  given: expect.stringMatching(/./),
  allowed: expect.stringMatching(/./),
  todo: expect.stringMatching(/^[A-Z].*\.$/),
};

describe('a tokenizer that cannot be used', () => {
  const changed = (change: (json: Record<string, unknown>) => void): unknown => {
    const json = tinyTokenizerJson();
    change(json);
    return json;
  };
  test.each<[string, unknown, unknown, RegExp]>([
    ['no object', null, {}, /no tokenizer that can be used/],
    ['another model', changed((json) => (json.model = { type: 'Unigram', vocab: [] })), {}, /no tokenizer that/],
    [
      'words that are no bytes',
      changed((json) => (json.model = { type: 'BPE', vocab: { '▁a': 0 }, merges: [] })),
      TINY_CONFIG,
      /not byte-level/,
    ],
    [
      'ids that no table should have room for',
      changed((json) => (json.model = { type: 'BPE', vocab: { a: 1e9 }, merges: [] })),
      TINY_CONFIG,
      /far apart/,
    ],
    [
      'no end of turn',
      changed((json) => (json.added_tokens = [])),
      { eos_token: null },
      /No token of this tokenizer ends a turn/,
    ],
    [
      'a normaliser that changes text',
      changed((json) => (json.normalizer = { type: 'Lowercase' })),
      TINY_CONFIG,
      /does not come back|does not load/,
    ],
    [
      'a normaliser that composes',
      changed((json) => (json.normalizer = { type: 'NFKC' })),
      TINY_CONFIG,
      /does not come back/,
    ],
  ])('%s', (_name, json, config, message) => {
    expect(() => hfTokenizer(json, config, 'here')).toThrow(message);
    expect(() => hfTokenizer(json, config, 'here')).toThrow(
      expect.objectContaining({
        code: 'unsupported-tokenizer',
        exitCode: 2,
        ...WHOLE,
        given: expect.stringContaining('here'),
      }),
    );
  });

  test('a missing or torn file says which', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'subterfuge-tokenizer-'));
    await expect(openTokenizer(directory)).rejects.toMatchObject({
      code: 'unreadable-tokenizer',
      exitCode: 2,
      ...WHOLE,
      given: expect.stringContaining(directory),
    });
    await writeFile(join(directory, 'tokenizer.json'), '{"model": ');
    await expect(openTokenizer(directory)).rejects.toMatchObject({ code: 'unreadable-tokenizer' });
    await writeFile(join(directory, 'tokenizer.json'), JSON.stringify(tinyTokenizerJson()));
    expect((await openTokenizer(directory)).encode(' the')).toEqual(tokenizer.encode(' the'));
    await rm(directory, { recursive: true });
  });
});
