/** Messages as OpenAI, Anthropic, Inspect and ShareGPT write them, read into one form. */
import type { Json } from '../../base/json.ts';
import type { CommandOutcome, CompletionStop } from '../../record/rollout.ts';
import { badLog, type Place, shown } from './bad-log.ts';
import type { LogMessage, LogPart } from './conversation.ts';
import { type Fields, fieldsIn, idIn, isFields, jsonIn, listIn, textIn } from './fields.ts';

const ROLES: Readonly<Record<string, LogMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  gpt: 'assistant',
  bot: 'assistant',
  chatgpt: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
};

const ALLOWED = 'messages with a role (system, user, assistant, tool) and content';

/** Blocks of a content that hold no text are named, so that a reader sees that something was there. */
const blockText = (block: unknown): string => {
  if (typeof block === 'string') return block.toWellFormed();
  const fields = fieldsIn(block);
  const text = textIn(fields.text) ?? textIn(fields.refusal);
  if (text !== null) return text;
  const type = textIn(fields.type);
  return type === null || type === 'text' || type.endsWith('_text') ? '' : `[${type}: not imported]`;
};

const textOfContent = (content: unknown): string => {
  if (typeof content === 'string') return content.toWellFormed();
  if (Array.isArray(content)) return content.map(blockText).join('');
  return isFields(content) ? blockText(content) : '';
};

const parsedInput = (given: unknown): { readonly input: Json; readonly problem: string | null } => {
  if (typeof given !== 'string') return { input: jsonIn(given), problem: null };
  try {
    return { input: jsonIn(JSON.parse(given)), problem: null };
  } catch {
    return { input: given.toWellFormed(), problem: 'its arguments are not JSON' };
  }
};

/** `id`: for a call that has none. */
const callOf = (raw: unknown, id: string): LogPart => {
  const call = fieldsIn(raw);
  // OpenAI nests name and arguments, Inspect has the name in `function`, Anthropic `name` and `input`.
  const inner = isFields(call.function) ? call.function : call;
  const name = textIn(inner.name) ?? textIn(call.function) ?? '';
  const { input, problem } = parsedInput(inner.arguments ?? inner.input ?? inner.args ?? null);
  return {
    kind: 'call',
    id: idIn(call.id) ?? idIn(call.call_id) ?? id,
    name,
    input,
    problem: textIn(call.parse_error) ?? (name === '' ? 'it has no name' : problem),
  };
};

const thoughtIn = (block: Fields): string | null => {
  switch (block.type) {
    case 'reasoning':
      return textIn(block.reasoning) ?? textIn(block.text) ?? textIn(block.summary);
    case 'thinking':
      return textIn(block.thinking);
    default:
      return null;
  }
};

const HIDDEN: ReadonlySet<unknown> = new Set(['reasoning', 'thinking', 'redacted_thinking']);

const STOPS: Readonly<Record<string, CompletionStop>> = {
  stop: 'end',
  end_turn: 'end',
  eos: 'end',
  stop_sequence: 'stop-sequence',
  tool_calls: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content-filter',
  refusal: 'content-filter',
};

/** A finish reason in any provider's words; null where there is none, or none that is known. */
export const stopIn = (reason: unknown): CompletionStop | null => STOPS[textIn(reason) ?? ''] ?? null;

const assistant = (message: Fields, content: unknown, at: number): LogMessage => {
  const parts: LogPart[] = [];
  const thought = textIn(message.reasoning_content) ?? textIn(message.reasoning);
  if (thought !== null) parts.push({ kind: 'thought', text: thought });
  const idOf = (): string => `call-${at}-${parts.length}`;
  for (const block of Array.isArray(content) ? content : [content]) {
    const fields = fieldsIn(block);
    const hidden = thoughtIn(fields);
    if (hidden !== null) parts.push({ kind: 'thought', text: hidden });
    else if (fields.type === 'tool_use' && (fields.input !== undefined || fields.arguments !== undefined))
      parts.push(callOf(fields, idOf()));
    else if (!HIDDEN.has(fields.type)) {
      const text = textOfContent(block);
      if (text !== '') parts.push({ kind: 'text', text });
    }
  }
  for (const call of listIn(message.tool_calls)) parts.push(callOf(call, idOf()));
  if (isFields(message.function_call)) parts.push(callOf(message.function_call, idOf()));
  return { role: 'assistant', parts, stop: stopIn(message.finish_reason ?? message.stop_reason) };
};

const outcomeIn = (error: Fields): CommandOutcome => {
  if (error.type === 'timeout') return 'timeout';
  return error.type === 'limit' || error.type === 'output_limit' ? 'limit' : 'ok';
};

const toolOf = (message: Fields, content: unknown): LogMessage => {
  const error = fieldsIn(message.error);
  const said = textIn(error.message) ?? textIn(message.error);
  return {
    role: 'tool',
    callId: idIn(message.tool_call_id) ?? idIn(message.tool_use_id),
    text: textOfContent(content),
    error: said ?? (message.is_error === true ? 'the tool reported an error' : null),
    outcome: outcomeIn(error),
  };
};

/** Anthropic answers calls inside a user message. */
const userOf = (content: unknown): LogMessage[] => {
  const blocks = listIn(content);
  const results = blocks.filter((block) => fieldsIn(block).type === 'tool_result').map(fieldsIn);
  if (results.length === 0) return [{ role: 'user', text: textOfContent(content) }];
  const text = textOfContent(blocks.filter((block) => fieldsIn(block).type !== 'tool_result'));
  const tools = results.map((result) => toolOf(result, result.content));
  return text === '' ? tools : [...tools, { role: 'user', text }];
};

/** Throws `bad-log` where a message is none. `at`: its place in the conversation, from 0. */
const messagesOf = (raw: unknown, at: number, place: Place): LogMessage[] => {
  const message = fieldsIn(raw);
  const given = textIn(message.role) ?? textIn(message.from);
  const role = given === null || !Object.hasOwn(ROLES, given.toLowerCase()) ? undefined : ROLES[given.toLowerCase()];
  if (role === undefined) {
    const found = given === null ? 'has no role' : `has the role "${shown(given)}", which is not known`;
    throw badLog(place, `message ${at + 1} ${found}`, ALLOWED);
  }
  const content = message.content ?? message.value ?? message.text ?? null;
  switch (role) {
    case 'system':
      return [{ role, text: textOfContent(content) }];
    case 'user':
      return userOf(content);
    case 'assistant':
      return [assistant(message, content, at)];
    default:
      return [toolOf(message, content)];
  }
};

/** Reads the messages of one conversation. Throws `bad-log` with the place of the conversation and the number of the message. */
export const readMessages = (raw: readonly unknown[], place: Place): LogMessage[] =>
  raw.flatMap((message, at) => messagesOf(message, at, place));
