import { BYTE_CHARACTERS } from '../../../src/engine/tokenizer/byte-level.ts';
import { BASH_CLOSE, BASH_OPEN, COT_CLOSE, COT_OPEN } from '../../../src/policy/tags.ts';
import { learnTwinnedMerges } from './bpe.ts';

/** The tokenizer as Hugging Face files, which `@huggingface/tokenizers` and Python's `tokenizers` load. */

/** Never part of a text: turns and padding. */
export const SPECIALS: readonly string[] = ['<|im_start|>', '<|im_end|>', '<|pad|>'];

/** Tags of the dialect: one token each, and text like any other. */
export const TAGS: readonly string[] = [
  ...[COT_OPEN, COT_CLOSE, BASH_OPEN, BASH_CLOSE],
  ...['<stdout>', '</stdout>', '<stderr>', '</stderr>'],
];

const CHAT_TEMPLATE =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

export interface TokenizerFiles {
  readonly tokenizer: unknown;
  readonly config: unknown;
}

/** `vocabSize` counts everything. `counts`: pieces of the sample, without tags. */
export const tokenizerFiles = (counts: ReadonlyMap<string, number>, vocabSize: number): TokenizerFiles => {
  const named = [...SPECIALS, ...TAGS];
  const merges = learnTwinnedMerges(counts, vocabSize - named.length - BYTE_CHARACTERS.length);
  const entries = [...named, ...BYTE_CHARACTERS, ...merges.map(([left, right]) => `${left}${right}`)];
  // Two merges may give the same text; it keeps the first id.
  const vocab = Object.fromEntries([...new Set(entries)].map((text, id) => [text, id]));
  const added = named.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: SPECIALS.includes(content),
  }));
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Digits', individual_digits: true },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
        ],
      },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab,
        merges: merges.map(([left, right]) => [left, right]),
      },
    },
    config: {
      added_tokens_decoder: Object.fromEntries(added.map(({ id, ...rest }) => [String(id), rest])),
      bos_token: '<|im_start|>',
      eos_token: '<|im_end|>',
      pad_token: '<|pad|>',
      unk_token: null,
      clean_up_tokenization_spaces: false,
      model_max_length: 512,
      tokenizer_class: 'PreTrainedTokenizerFast',
      chat_template: CHAT_TEMPLATE,
    },
  };
};
