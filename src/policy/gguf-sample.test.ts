import { expect, test } from 'vitest';
import type { LlamaModel, Sequence } from './gguf-library.ts';
import { sample } from './gguf-sample.ts';

const END = 0;

/** Its tokens are characters. */
const model: LlamaModel = {
  trainContextSize: 64,
  tokenizer: null,
  tokens: { shouldPrependBosToken: false, bos: null },
  fileInfo: { metadata: {} },
  tokenize: (text) => [...text].map((character) => character.codePointAt(0) ?? 0),
  detokenize: (tokens) => String.fromCodePoint(...tokens),
  isEogToken: (token) => token === END,
  createContext: async () => await Promise.reject(new Error('nothing is opened here')),
  dispose: async () => undefined,
};

/** Says the same whatever it is asked. */
const saying = (text: string): Sequence => ({
  nextTokenIndex: 0,
  clearHistory: async () => undefined,
  adaptStateToTokens: async () => undefined,
  evaluateWithMetadata: async function* () {
    for (const token of [...model.tokenize(text, false), END]) yield { token, confidence: 0.5 };
  },
});

const sampled = async (
  text: string,
  change: { stop?: readonly string[]; ends?: readonly string[]; maxTokens?: number },
) => {
  const request = { temperature: 1, seed: 1, stop: ['</bash>'], ends: ['\n\nUser:'], maxTokens: 100, ...change };
  const { text: said, stop, tokens } = await sample(model, saying(text), [1], request, new AbortController().signal);
  return { said, stop, ids: tokens?.ids.length, logprobs: tokens?.logprobs.length };
};

test('a turn ends by its token, a stop sequence, the limit, or the text that begins the next turn of the user', async () => {
  expect(await sampled('four', {})).toEqual({ said: 'four', stop: 'end', ids: 5, logprobs: 5 });
  expect(await sampled('a</bash>b', {})).toEqual({ said: 'a', stop: 'stop-sequence', ids: 8, logprobs: 8 });
  expect(await sampled('four', { maxTokens: 2 })).toEqual({ said: 'fo', stop: 'length', ids: 2, logprobs: 2 });
  const gone = { said: 'one\n\ntwo', stop: 'end', ids: 15, logprobs: 15 };
  expect(await sampled('one\n\ntwo\n\nUser: three</bash>', {})).toEqual(gone);
  expect(await sampled('User: x', { ends: [] })).toMatchObject({ said: 'User: x', ids: 8 });
});
