import type { AssistantContent, ModelMessage } from 'ai';
import { unreachable } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Part } from '../record/rollout.ts';
import { policyFault } from './fault.ts';
import type { ChatMessage, CompletionRequest } from './policy.ts';
import { closeCall } from './tags.ts';

type AssistantPart = Exclude<AssistantContent, string>[number];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Providers refuse a call whose input is no object, also when the model itself wrote it so. */
const asInput = (input: unknown): Record<string, unknown> => (isObject(input) ? input : { command: String(input) });

/** What `echoOf` kept, given back to the AI SDK that made it. */
const fromEcho = (echo: Json): AssistantPart[] | null => {
  if (!Array.isArray(echo)) return null;
  return echo.map((part) => {
    const kept = part as unknown as AssistantPart;
    return kept.type === 'tool-call' ? { ...kept, input: asInput(kept.input) } : kept;
  });
};

const fromParts = (parts: readonly Part[]): AssistantPart[] =>
  parts.map((part): AssistantPart => {
    switch (part.kind) {
      case 'thought':
        return { type: 'reasoning', text: part.text };
      case 'text':
        return { type: 'text', text: part.text };
      case 'call':
        return { type: 'tool-call', toolCallId: part.id, toolName: 'bash', input: { command: part.command } };
      case 'malformed':
        return { type: 'tool-call', toolCallId: part.id, toolName: 'bash', input: { command: part.text } };
      default:
        return unreachable(part);
    }
  });

const nameOfCall = (messages: readonly ModelMessage[], callId: string): string => {
  for (const message of messages) {
    if (message.role !== 'assistant' || typeof message.content === 'string') continue;
    for (const part of message.content)
      if (part.type === 'tool-call' && part.toolCallId === callId) return part.toolName;
  }
  return 'bash';
};

const ofNative = (message: ChatMessage, before: readonly ModelMessage[]): ModelMessage => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant': {
      const parts = fromEcho(message.echo) ?? fromParts(message.parts);
      // Providers refuse empty texts.
      return { role: 'assistant', content: parts.filter((part) => part.type !== 'text' || part.text !== '') };
    }
    case 'tool': {
      const { callId: toolCallId, text } = message;
      const toolName = nameOfCall(before, toolCallId);
      return {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId, toolName, output: { type: 'text', value: text } }],
      };
    }
  }
};

const ofTags = (message: ChatMessage): ModelMessage => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant':
      return { role: 'assistant', content: closeCall(message.raw) };
    case 'tool':
      return { role: 'user', content: message.text };
  }
};

/** The transcript for the AI SDK. An assistant turn without any content is left out, since providers refuse it. */
export const toModelMessages = (request: CompletionRequest, subject: string): ModelMessage[] => {
  if (request.messages.at(-1)?.role === 'assistant') {
    throw policyFault({
      code: 'bad-request',
      side: 'host',
      scope: 'request',
      what: 'the transcript ends in a turn of the assistant, and providers do not continue a turn that was begun for them',
      given: subject,
      allowed: 'a transcript that ends in a user message or tool results',
      todo: 'use a chain-of-thought prefix with local models only (gguf:, or an engine)',
    });
  }
  const out: ModelMessage[] = [];
  for (const message of request.messages) {
    const next = request.dialect === 'tags' ? ofTags(message) : ofNative(message, out);
    if (next.role !== 'assistant' || next.content.length > 0) out.push(next);
  }
  return out;
};
