import type { generateText } from 'ai';
import type { Json } from '../base/json.ts';
import type { CompletionStop, Tokens, Usage } from '../record/rollout.ts';
import type { Completion, CompletionPart, CompletionRequest } from './policy.ts';
import { costUsd, type Price } from './price.ts';
import { AnswerFault } from './provider-failure.ts';
import { cutAtStop, hasOpenCall } from './tags.ts';

/** The part of the AI SDK's result that is read here. */
export type Answer = Pick<
  Awaited<ReturnType<typeof generateText>>,
  'content' | 'finishReason' | 'rawFinishReason' | 'usage' | 'response' | 'responseMessages'
>;

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

const partsOf = (answer: Answer): CompletionPart[] =>
  answer.content.flatMap((part): CompletionPart[] => {
    switch (part.type) {
      case 'reasoning':
        // Providers that hide reasoning send empty parts; their signatures travel in the echo.
        return part.text === '' ? [] : [{ kind: 'reasoning', text: part.text }];
      case 'text':
        return part.text === '' ? [] : [{ kind: 'text', text: part.text }];
      case 'tool-call':
        return [{ kind: 'call', id: part.toolCallId, name: part.toolName, input: toJson(part.input) }];
      default:
        // Sources, files and the SDK's own notes on calls that it could not read.
        return [];
    }
  });

/** The message as the provider wants it back: with ids and signatures, in its order. Native dialect only. */
const echoOf = (answer: Answer): Json => {
  const message = answer.responseMessages.find((m) => m.role === 'assistant');
  return message === undefined || typeof message.content === 'string' ? null : toJson(message.content);
};

interface Choice {
  readonly stop_reason?: unknown;
  readonly token_ids?: unknown;
  readonly logprobs?: { readonly content?: unknown } | null;
}

const choiceOf = (answer: Answer): Choice => {
  const body = answer.response.body as { choices?: readonly Choice[] } | null | undefined;
  return body?.choices?.[0] ?? {};
};

/** Ids and log-probabilities as vLLM (`token_ids`) and llama-server (`id` of each entry) give them. */
const tokensOf = (choice: Choice): Tokens | null => {
  const content = choice.logprobs?.content;
  if (!Array.isArray(content)) return null;
  const entries = content as readonly { readonly logprob?: unknown; readonly id?: unknown }[];
  const listed = choice.token_ids;
  const ids = Array.isArray(listed) ? listed : entries.map((entry) => entry.id);
  const logprobs = entries.map((entry) => entry.logprob);
  if (ids.length !== logprobs.length || !ids.every(Number.isInteger) || !logprobs.every(Number.isFinite)) return null;
  return { ids: ids as number[], logprobs: logprobs as number[] };
};

const usageOf = (answer: Answer, price: Price | null, lostUsd: number | null): Usage => {
  const { inputTokens = 0, outputTokens = 0, inputTokenDetails, outputTokenDetails } = answer.usage;
  const count = (n: number | undefined): number => Math.max(0, Math.round(n ?? 0));
  const known = {
    inputTokens: count(inputTokens),
    outputTokens: count(outputTokens),
    cachedTokens: count(inputTokenDetails.cacheReadTokens),
    reasoningTokens: count(outputTokenDetails.reasoningTokens),
  };
  const silent = answer.usage.inputTokens === undefined || answer.usage.outputTokens === undefined;
  const usd = silent ? null : costUsd(price, known, count(inputTokenDetails.cacheWriteTokens));
  return { ...known, usd: usd === null || lostUsd === null ? null : usd + lostUsd };
};

const lostAnswer = (what: string): AnswerFault => new AnswerFault({ kind: 'lost', code: 'half-response', what });

const stopOf = (answer: Answer, parts: readonly CompletionPart[]): CompletionStop => {
  switch (answer.finishReason) {
    case 'length':
      return 'length';
    case 'content-filter':
      return 'content-filter';
    case 'tool-calls':
      return 'tool-calls';
    case 'stop':
      // Some servers say "stop" beside calls.
      return parts.some((part) => part.kind === 'call') ? 'tool-calls' : 'end';
    case 'error':
      throw new AnswerFault({
        kind: 'provider-error',
        what: `the answer says that it ended in an error (${answer.rawFinishReason ?? 'no reason'})`,
        retryAfterMs: null,
      });
    default:
      if (answer.rawFinishReason === undefined) throw lostAnswer('the answer does not say why it ended');
      return 'end';
  }
};

/** Text before the first stop sequence, for servers that ignore them; parts after it are dropped. */
const cutParts = (
  parts: readonly CompletionPart[],
  stop: readonly string[],
): { parts: CompletionPart[]; cut: boolean } => {
  const kept: CompletionPart[] = [];
  for (const part of parts) {
    if (part.kind !== 'text') {
      kept.push(part);
      continue;
    }
    const { text, cut } = cutAtStop(part.text, stop);
    if (text !== '') kept.push({ kind: 'text', text });
    if (cut) return { parts: kept, cut };
  }
  return { parts: kept, cut: false };
};

/**
 * A completion out of the provider's answer. Throws `AnswerFault` for an answer that is none: nothing in it and no
 * reason or usage, no reason at all, or an error. `lostUsd`: for earlier attempts that may have been paid for.
 */
export const toCompletion = (
  answer: Answer,
  request: CompletionRequest,
  price: Price | null,
  lostUsd: number | null,
): Completion => {
  const all = partsOf(answer);
  const ended = stopOf(answer, all);
  if (all.length === 0 && ended === 'end' && answer.usage.outputTokens === undefined) {
    throw lostAnswer('the answer is empty and counts no tokens');
  }
  const { parts, cut } = cutParts(all, request.stop);
  const choice = choiceOf(answer);
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const named =
    (typeof choice.stop_reason === 'string' && request.stop.includes(choice.stop_reason)) ||
    answer.rawFinishReason === 'stop_sequence' ||
    // Most servers say "stop" for both; an open call can only have been ended by its stop sequence.
    (ended === 'end' && request.stop.includes('</bash>') && hasOpenCall(text));
  return {
    parts,
    stop: cut || (named && ended === 'end') ? 'stop-sequence' : ended,
    usage: usageOf(answer, price, lostUsd),
    // After a cut of ours the ids would be those of another text.
    tokens: cut ? null : tokensOf(choice),
    echo: request.dialect === 'native' ? echoOf(answer) : null,
  };
};
