import type { CompletionStop, Tokens } from '../record/rollout.ts';
import type { LlamaModel, Sequence, Token } from './gguf-library.ts';
import type { CompletionRequest } from './policy.ts';
import { cutAtStop } from './tags.ts';

export interface Sampled {
  readonly text: string;
  readonly stop: CompletionStop;
  readonly tokens: Tokens;
}

/** Bytes of one character may be spread over up to four tokens; until they are whole they decode to U+FFFD. */
const MOST_PENDING = 4;
const CONTEXT_FOR_DECODING = 8;

/** Turns tokens into text as they come, holding back halves of characters. */
const decoder = (model: LlamaModel) => {
  const done: Token[] = [];
  let pending: Token[] = [];
  const flush = (): string => {
    const piece = pending.length === 0 ? '' : model.detokenize(pending, false, done.slice(-CONTEXT_FOR_DECODING));
    done.push(...pending);
    pending = [];
    return piece;
  };
  return {
    flush,
    push: (token: Token): string => {
      pending.push(token);
      const whole = !model.detokenize(pending, false, done.slice(-CONTEXT_FOR_DECODING)).endsWith('\uFFFD');
      return whole || pending.length >= MOST_PENDING ? flush() : '';
    },
  };
};

/**
 * Samples from the whole distribution (no top-k, top-p or penalties). `tokens` are all that were sampled, also those
 * of the stop sequence and of the end of the turn, each with its log-probability under the distribution that it was
 * drawn from; at temperature 0, under the model's own.
 */
export const sample = async (
  model: LlamaModel,
  sequence: Sequence,
  prompt: readonly Token[],
  request: Pick<CompletionRequest, 'seed' | 'stop'> & {
    readonly temperature: number;
    readonly maxTokens: number;
    /** Texts that end a turn, beside the tokens that do. */
    readonly ends: readonly string[];
  },
  signal: AbortSignal,
): Promise<Sampled> => {
  const ids: number[] = [];
  const logprobs: number[] = [];
  const decode = decoder(model);
  let text = '';
  let stop: CompletionStop = 'length';
  const { temperature, seed } = request;
  const cuts = [...request.stop, ...request.ends];
  const options = { temperature, seed, topK: 0, topP: 1, minP: 0, yieldEogToken: true } as const;
  for await (const { token, confidence } of sequence.evaluateWithMetadata(prompt, { confidence: true }, options)) {
    signal.throwIfAborted();
    ids.push(token);
    logprobs.push(Math.min(0, Math.log(Math.max(confidence, Number.MIN_VALUE))));
    if (model.isEogToken(token)) {
      stop = 'end';
      break;
    }
    text += decode.push(token);
    if (cutAtStop(text, cuts).cut) {
      stop = cutAtStop(text, request.stop).cut ? 'stop-sequence' : 'end';
      break;
    }
    if (ids.length >= request.maxTokens) break;
  }
  text += decode.flush();
  return { text: cutAtStop(text, cuts).text, stop, tokens: { ids, logprobs } };
};
