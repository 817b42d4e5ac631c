import { BYTE_CHARACTERS } from './byte-level.ts';
import { hfTokenizer } from './hugging-face.ts';
import type { Tokenizer } from './tokenizer.ts';

const MERGES: readonly (readonly [string, string])[] = [
  ['t', 'h'],
  ['th', 'e'],
  ['Ġ', 'the'],
  ['i', 'n'],
  ['e', 'r'],
  ['Ġ', 'a'],
];
const SPECIAL = ['<|im_start|>', '<|im_end|>', '<|pad|>'];
const TAGS = ['<cot>', '</cot>', '<bash>', '</bash>', '<stdout>', '</stdout>', '<stderr>', '</stderr>'];

/** `tokenizer.json` of a small byte-level BPE with the chat tokens and tags of the shipped model: 273 tokens. */
export const tinyTokenizerJson = (): Record<string, unknown> => {
  const words = [...BYTE_CHARACTERS, ...MERGES.map((pair) => pair.join(''))];
  const first = words.length;
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...SPECIAL, ...TAGS].map((content, index) => ({
      id: first + index,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: index < SPECIAL.length,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      merges: MERGES,
    },
  };
};

export const TINY_CONFIG = { tokenizer_class: 'GPT2Tokenizer', eos_token: '<|im_end|>' };

export const tinyTokenizer = (): Tokenizer => hfTokenizer(tinyTokenizerJson(), TINY_CONFIG, 'tiny');
