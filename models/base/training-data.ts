import type { Rng } from '../../src/base/rng.ts';
import { transcriptIds } from '../../src/engine/tokenizer/chat.ts';
import type { Tokenizer } from '../../src/engine/tokenizer/tokenizer.ts';
import type { Credit } from '../../src/engine/trainer/trainer.ts';
import type { ChatMessage } from '../../src/policy/policy.ts';
import type { Transcript } from './corpus/transcript.ts';

/** One transcript as the model reads it. */
export interface Encoded {
  readonly ids: Int32Array;
  /** 1 for each id that the demonstrator wrote. */
  readonly own: Uint8Array;
}

/** Weight in the loss of what the model did not write: reading along speeds up copying (docs/log). */
export const CONTEXT_WEIGHT = 0.25;

const chat = ({ messages }: Transcript): readonly ChatMessage[] =>
  messages.map(
    ({ role, text }): ChatMessage =>
      role === 'assistant' ? { role, parts: [], raw: text, echo: null } : { role, text },
  );

export const encode = (tokenizer: Tokenizer, transcript: Transcript): Encoded => {
  const { ids, sampled } = transcriptIds(tokenizer, chat(transcript), { written: 'demonstration' });
  return { ids: Int32Array.from(ids), own: Uint8Array.from(sampled, Number) };
};

/** Many transcripts in two arrays: the collector of garbage visits two buffers at each round, not two a transcript. */
export interface Store {
  readonly lengths: readonly number[];
  /** A copy of one. */
  at(index: number): Encoded;
}

export const storeOf = (all: readonly Encoded[]): Store => {
  const lengths = all.map(({ ids }) => ids.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const [ids, own] = [new Int32Array(total), new Uint8Array(total)];
  const starts: number[] = [];
  let end = 0;
  for (const one of all) {
    starts.push(end);
    ids.set(one.ids, end);
    own.set(one.own, end);
    end += one.ids.length;
  }
  return {
    lengths,
    at: (index) => {
      const [start, length] = [starts[index], lengths[index]];
      if (start === undefined || length === undefined) throw new RangeError(`no transcript ${index}`);
      return { ids: ids.slice(start, start + length), own: own.slice(start, start + length) };
    },
  };
};

const weightAt = ({ own }: Encoded, index: number): number => (own[index] === 1 ? 1 : CONTEXT_WEIGHT);

/** Cross-entropy over a batch: the weighted mean of -log p of every id but the first of each transcript. */
export const crossEntropy = (batch: readonly Encoded[]): Credit[] => {
  let total = 0;
  for (const one of batch) for (let t = 1; t < one.ids.length; t++) total += weightAt(one, t);
  return batch.map((one) => {
    const logprobs = new Float32Array(one.ids.length - 1);
    for (let t = 1; t < one.ids.length; t++) logprobs[t - 1] = -weightAt(one, t) / total;
    return { ids: one.ids, logprobs };
  });
};

/**
 * All transcripts once, in an order that the dice decide, in batches of about `tokens` tokens. Each batch is drawn from
 * a window of similar lengths, since a batch is as long as its longest transcript.
 */
export const batches = (lengths: readonly number[], tokens: number, dice: Rng): number[][] => {
  const order = dice.fork('order').shuffle(lengths.map((_, index) => index));
  const out: number[][] = [];
  for (let at = 0; at < order.length; at += WINDOW) {
    const window = order.slice(at, at + WINDOW).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
    const cut: number[][] = [];
    let held: number[] = [];
    let size = 0;
    for (const index of window) {
      held.push(index);
      size += lengths[index] ?? 0;
      if (size < tokens) continue;
      cut.push(held);
      held = [];
      size = 0;
    }
    if (held.length > 0) cut.push(held);
    out.push(...dice.fork(`window/${at}`).shuffle(cut));
  }
  return out;
};

const WINDOW = 2048;

/** Linear warm-up, a plateau, and a linear way down to nothing over the last 60 %. */
export const learningRate = (update: number, updates: number, peak: number, warmUp: number): number => {
  const up = Math.min(1, (update + 1) / warmUp);
  const down = Math.min(1, (updates - update) / (0.6 * updates));
  return peak * Math.min(up, down);
};
