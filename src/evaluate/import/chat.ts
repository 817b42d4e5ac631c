/** A line of chat JSONL, in the layouts that are common: each is one conversation. */
import type { LogScore, Usage } from '../../record/rollout.ts';
import { badLog, type Place } from './bad-log.ts';
import type { Conversation } from './conversation.ts';
import { amountIn, countIn, type Fields, fieldsIn, idIn, isFields, jsonIn, listIn, textIn, timeIn } from './fields.ts';
import { readMessages, stopIn } from './messages.ts';

const LAYOUTS =
  'a list of messages; or an object with messages (also: conversation, conversations, chat, transcript, trajectory), prompt and completion (also: response, output), or request and response';
const LISTS = ['messages', 'conversations', 'conversation', 'chat', 'transcript', 'trajectory', 'dialog', 'dialogue'];

const asMessages = (value: unknown, role: 'user' | 'assistant'): readonly unknown[] | null => {
  if (typeof value === 'string') return [{ role, content: value }];
  if (Array.isArray(value)) return value;
  return isFields(value) && Array.isArray(value.messages) ? value.messages : null;
};

/** The first choice of an answer of OpenAI's, an answer of Anthropic's, or what else was said. */
const answerOf = (value: unknown): readonly unknown[] | null => {
  const answer = fieldsIn(value);
  const choice = listIn(answer.choices)[0];
  if (choice !== undefined) {
    const { message, text, finish_reason } = fieldsIn(choice);
    return [{ ...(isFields(message) ? message : { role: 'assistant', content: text }), finish_reason }];
  }
  if (isFields(answer.message)) return [answer.message];
  if (answer.role !== undefined || answer.content !== undefined) return [{ role: 'assistant', ...answer }];
  return asMessages(value, 'assistant');
};

const messageListIn = (record: Fields): readonly unknown[] | null => {
  for (const key of LISTS) if (Array.isArray(record[key])) return record[key];
  return null;
};

/** Logs of a provider's calls: what was sent, and what came back. */
const requestOf = (record: Fields): Fields => {
  const request = fieldsIn(record.request);
  return isFields(request.body) ? request.body : request;
};
const responseOf = (record: Fields): unknown => {
  const given = record.response ?? record.completion ?? record.output ?? record.answer;
  const response = fieldsIn(given);
  return isFields(response.body) ? response.body : given;
};

const rawMessages = (record: Fields): readonly unknown[] | null => {
  const request = requestOf(record);
  const asked =
    messageListIn(record) ??
    messageListIn(request) ??
    asMessages(record.prompt ?? record.input ?? request.input, 'user');
  if (asked === null) return null;
  const answered = responseOf(record) ?? (record.choices === undefined ? undefined : record);
  const last = fieldsIn(asked.at(-1));
  // Where a list is whole already, a copy of its answer beside it is not said twice.
  const whole = last.role === 'assistant' || last.from === 'gpt';
  const answer = answered === undefined || whole ? [] : (answerOf(answered) ?? []);
  const system = record.system ?? request.system;
  const before =
    system === undefined || fieldsIn(asked[0]).role === 'system' ? [] : [{ role: 'system', content: system }];
  return [...before, ...asked, ...answer];
};

/** Counts that a provider gave, in OpenAI's or Anthropic's words; null unless both are there. */
export const usageIn = (raw: unknown): Usage | null => {
  const usage = fieldsIn(raw);
  const inputTokens = countIn(usage.prompt_tokens) ?? countIn(usage.input_tokens);
  const outputTokens = countIn(usage.completion_tokens) ?? countIn(usage.output_tokens);
  if (inputTokens === null || outputTokens === null) return null;
  const cached =
    countIn(fieldsIn(usage.prompt_tokens_details).cached_tokens) ??
    countIn(usage.cache_read_input_tokens) ??
    countIn(usage.input_tokens_cache_read);
  const reasoning =
    countIn(fieldsIn(usage.completion_tokens_details).reasoning_tokens) ?? countIn(usage.reasoning_tokens);
  return { inputTokens, outputTokens, cachedTokens: cached ?? 0, reasoningTokens: reasoning ?? 0, usd: null };
};

const SCORES = ['score', 'reward', 'scores', 'rewards'];

/** Whatever the log calls a score or a reward, by name. */
const scoresIn = (record: Fields): LogScore[] =>
  SCORES.flatMap((key): LogScore[] => {
    const value = record[key];
    if (value === undefined || value === null) return [];
    if (!isFields(value)) return [{ name: key, value: jsonIn(value), reason: '' }];
    return Object.entries(value).map(([name, inner]) => ({
      name: name.toWellFormed(),
      value: jsonIn(inner),
      reason: '',
    }));
  });

/** Throws `bad-log` where the record is no conversation. */
export const readChat = (raw: unknown, place: Place): Conversation => {
  const record = Array.isArray(raw) ? { messages: raw } : fieldsIn(raw);
  const list = rawMessages(record);
  if (list === null || list.length === 0) {
    const alone = typeof record.role === 'string' ? ': it is one message, and one line is one conversation' : '';
    throw badLog(place, `this is not a conversation${alone}`, LAYOUTS);
  }
  const response = fieldsIn(responseOf(record));
  const meta = fieldsIn(record.metadata);
  const stop = stopIn(record.finish_reason ?? record.stop_reason);
  const messages = readMessages(list, place);
  const last = messages.at(-1);
  const seconds = amountIn(record.duration_seconds) ?? amountIn(record.total_time);
  return {
    place,
    id: idIn(record.id) ?? idIn(record.custom_id) ?? idIn(meta.id),
    model: textIn(record.model) ?? textIn(response.model) ?? textIn(requestOf(record).model) ?? textIn(meta.model),
    messages:
      last?.role === 'assistant' && last.stop === null && stop !== null
        ? messages.with(-1, { ...last, stop })
        : messages,
    stop: null,
    error: textIn(record.error) ?? textIn(fieldsIn(record.error).message),
    usage: usageIn(record.usage) ?? usageIn(response.usage),
    startedAt: timeIn(record.created_at ?? record.timestamp ?? record.created ?? response.created),
    durationMs: seconds === null ? null : seconds * 1_000,
    scores: scoresIn(record),
  };
};
