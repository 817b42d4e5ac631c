import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as Library } from '@huggingface/tokenizers';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { inputError, messageOf } from '../../base/errors.ts';
import { readDirectory } from '../checkpoint/atomic-directory.ts';
import { isAbsent, TOKENIZER_FILE } from '../checkpoint/files.ts';
import { entryBytes } from './byte-level.ts';
import type { Tokenizer } from './tokenizer.ts';

const addedTokenSchema = z.looseObject({ id: z.int().min(0), content: z.string().min(1), special: z.boolean() });

/** What is read of `tokenizer.json`. The rest is the library's. */
const tokenizerSchema = z.looseObject({
  added_tokens: z.array(addedTokenSchema).default([]),
  model: z.looseObject({ type: z.literal('BPE'), vocab: z.record(z.string(), z.int().min(0)) }),
});

/** What is read of `tokenizer_config.json`: the token that ends a turn. */
const configSchema = z.looseObject({
  eos_token: z.union([z.string(), z.looseObject({ content: z.string() })]).nullish(),
});

const CHAT_END = '<|im_end|>';
/** Every kind of piece that pre-tokenisers treat in their own way, among them what normalisers would change. */
const PROBE = " A b\n\n  c\t1234 e\u0301 \ufb01 é 日本 😀 \u0000'll <cot>x</cot>\r\n";
/** A table has a place for each id up to the greatest: so many, unless there are tokens for a tenth of them. */
const MOST_IDS = 100_000;
const NO_BYTES: Uint8Array = new Uint8Array(0);
/** Prompts repeat: every turn of an episode begins with the same system message. Characters kept. */
const REMEMBERED_CHARACTERS = 2_000_000;

const unsupported = (what: string, given: string): Error =>
  inputError({
    code: 'unsupported-tokenizer',
    what,
    given,
    allowed: 'tokenizer.json of a byte-level BPE tokenizer (GPT-2, Llama 3, SmolLM2 and their like)',
    todo: 'Take a model whose tokenizer is byte-level.',
  });

const parsed = <T>(schema: z.ZodType<T>, value: unknown, from: string): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unsupported(`This is no tokenizer that can be used: ${z.prettifyError(result.error)}`, from);
};

/**
 * A tokenizer from the contents of Hugging Face's `tokenizer.json` and `tokenizer_config.json`. `from` names them in
 * errors. Throws `unsupported-tokenizer` for one that is not byte-level BPE or does not give back every text.
 */
export const hfTokenizer = (tokenizerJson: unknown, configJson: unknown, from: string): Tokenizer => {
  const json = parsed(tokenizerSchema, tokenizerJson, from);
  const config = parsed(configSchema, configJson, from);
  const specials = new Map(json.added_tokens.filter((token) => token.special).map(({ content, id }) => [content, id]));
  const plain = json.added_tokens.filter((token) => !token.special);

  const table = bytesById(json.model.vocab, json.added_tokens, from);
  const eos = typeof config.eos_token === 'string' ? config.eos_token : config.eos_token?.content;
  const endId = specials.get(CHAT_END) ?? (eos === undefined ? undefined : specials.get(eos));
  if (endId === undefined) {
    throw unsupported(
      `No token of this tokenizer ends a turn: neither ${CHAT_END} nor eos_token is a special token.`,
      from,
    );
  }

  // To the library there are no special tokens at all, neither as added tokens nor as words: so none comes from text.
  const vocab = Object.fromEntries(Object.entries(json.model.vocab).filter(([entry]) => !specials.has(entry)));
  const library = opened({ ...json, added_tokens: plain, model: { ...json.model, vocab } }, config, from);
  const bytes = (id: number): Uint8Array => table[id] ?? NO_BYTES;
  const known = new LRUCache<string, readonly number[]>({
    maxSize: REMEMBERED_CHARACTERS,
    sizeCalculation: (ids, text) => text.length + ids.length + 1,
  });
  const encode = (text: string): readonly number[] => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const { ids } = library.encode(text.toWellFormed(), { add_special_tokens: false });
    known.set(text, ids);
    return ids;
  };
  const tokenizer: Tokenizer = {
    vocabSize: table.length,
    endId,
    encode: (text) => (text === '' ? [] : [...encode(text)]),
    decode: (ids) => Buffer.concat(ids.map(bytes)).toString('utf8'),
    special: (token) => specials.get(token) ?? null,
    bytes,
  };
  const probe = tokenizer.decode(tokenizer.encode(PROBE));
  if (probe !== PROBE) {
    throw unsupported(
      `Text does not come back from this tokenizer as it was: ${JSON.stringify(PROBE)} as ${JSON.stringify(probe)}.`,
      from,
    );
  }
  return tokenizer;
};

const opened = (json: object, config: object, from: string): Library => {
  try {
    return new Library(json, config);
  } catch (thrown) {
    throw unsupported(`The tokenizer does not load: ${messageOf(thrown)}`, from);
  }
};

type AddedToken = z.infer<typeof addedTokenSchema>;

/** By id; ids that stand for nothing have no bytes. */
const bytesById = (
  vocab: Readonly<Record<string, number>>,
  added: readonly AddedToken[],
  from: string,
): readonly Uint8Array[] => {
  const addedIds = new Set(added.map(({ id }) => id));
  const entries = Object.entries(vocab).filter(([, id]) => !addedIds.has(id));
  const size = 1 + [...Object.values(vocab), ...addedIds].reduce((most, id) => Math.max(most, id), -1);
  const count = entries.length + addedIds.size;
  if (size > Math.max(MOST_IDS, 10 * count))
    throw unsupported('The ids of this tokenizer are far apart.', `${size} ids for ${count} tokens in ${from}`);
  const table = Array.from({ length: size }, () => NO_BYTES);
  for (const [entry, id] of entries) {
    const bytes = entryBytes(entry);
    if (bytes === null)
      throw unsupported(`The vocabulary of this tokenizer is not byte-level: ${JSON.stringify(entry)}`, from);
    table[id] = bytes;
  }
  for (const { id, content, special } of added) if (!special) table[id] = Buffer.from(content, 'utf8');
  return table;
};

/** `missing`: what stands for a file that is not there; undefined where it must be. */
const jsonFile = async (path: string, missing: unknown): Promise<unknown> => {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return value;
  } catch (thrown) {
    if (missing !== undefined && isAbsent(thrown)) return missing;
    throw inputError({
      code: 'unreadable-tokenizer',
      what: `The tokenizer cannot be read: ${messageOf(thrown)}`,
      given: path,
      allowed: 'a directory with tokenizer.json (and tokenizer_config.json)',
      todo: 'Check that the checkpoint is complete.',
      cause: thrown,
    });
  }
};

/** The tokenizer of a checkpoint directory. Without a `tokenizer_config.json`, `<|im_end|>` has to end a turn. */
export const openTokenizer = async (directory: string): Promise<Tokenizer> =>
  await readDirectory(directory, async (place) => {
    const json = await jsonFile(join(place, TOKENIZER_FILE), undefined);
    const config = await jsonFile(join(place, 'tokenizer_config.json'), {});
    return hfTokenizer(json, config, directory);
  });
