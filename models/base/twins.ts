import type { Rng } from '../../src/base/rng.ts';
import { fillNormal } from '../../src/engine/model/initialise.ts';
import type { Weights } from '../../src/engine/model/weights.ts';
import type { Tokenizer } from '../../src/engine/tokenizer/tokenizer.ts';

const BLANK = 0x20;

/** Pairs of a token and its twin, which is the same text behind a blank. */
export const twinsOf = (tokenizer: Tokenizer): readonly (readonly [id: number, twin: number])[] => {
  const byText = new Map<string, number>();
  const textOf = (id: number): string => Buffer.from(tokenizer.bytes(id)).toString('latin1');
  for (let id = 0; id < tokenizer.vocabSize; id++) if (tokenizer.bytes(id).length > 0) byText.set(textOf(id), id);
  return [...byText].flatMap(([text, twin]) => {
    const id = text.length > 1 && text.charCodeAt(0) === BLANK ? byText.get(text.slice(1)) : undefined;
    return id === undefined ? [] : [[id, twin] as const];
  });
};

/**
 * Before training, every twin's embedding is that of its token plus one vector that all twins share, as large as an
 * embedding. So what is learnt about one is known about the other, and copying a word with or without its blank is one skill
 * and not one for each word. Training may move them apart.
 */
export const tieTwins = (weights: Weights, tokenizer: Tokenizer, dice: Rng): void => {
  const { hiddenSize } = weights.config;
  const embedding = weights.tensors.get('model.embed_tokens.weight');
  if (embedding === undefined) throw new Error('the model has no embedding');
  const { data } = embedding;
  const blank = new Float32Array(hiddenSize);
  fillNormal(blank, 0.02, dice);
  for (const [id, twin] of twinsOf(tokenizer)) {
    for (let i = 0; i < hiddenSize; i++) {
      data[twin * hiddenSize + i] = (data[id * hiddenSize + i] ?? 0) + (blank[i] ?? 0);
    }
  }
};
