import type { Clock } from '../../base/clock.ts';
import { sha256 } from '../../base/json.ts';
import { type Concurrency, fixedConcurrency } from '../../policy/concurrency.ts';
import type { ChatMessage, Model } from '../../policy/policy.ts';
import type { Temperature } from '../../policy/temperature.ts';
import type { CallFault } from '../../record/audit.ts';
import { askerOf, type Reply } from '../subjects/judge/ask.ts';
import { conversationOf, type Turn } from './conversation.ts';

/** What a model said in one conversation: all its turns, since a secret can leak in parts. */
export type Said =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: CallFault };

export interface RepliesOptions {
  readonly instruction: string;
  readonly model: Model;
  readonly maxOutputTokens: number;
  readonly temperature: Temperature;
  readonly clock: Clock;
}

export interface Replies {
  /** Each conversation is held once and kept, so that whoever asks reads the same words. */
  to(conversation: string, signal?: AbortSignal): Promise<Said>;
  readonly atOnce: number;
}

/** A conversation that goes on and on costs a request for each turn. */
export const MOST_TURNS = 8;
const MOST_AT_ONCE = 32;

const messageOf = ({ role, text }: Turn): ChatMessage =>
  role === 'user' ? { role, text } : { role, parts: [{ kind: 'text', text }], raw: text, echo: null };

export const repliesOf = (options: RepliesOptions): Replies => {
  const { instruction, model } = options;
  const asker = askerOf({ ...options, timeoutMs: null });
  const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, model.maxConcurrency));
  const slots: Concurrency = fixedConcurrency(atOnce);
  const kept = new Map<string, Promise<Said>>();
  let dead: Extract<Reply, { kind: 'fault' }> | null = null;

  const hold = async (turns: readonly Turn[], signal?: AbortSignal): Promise<Said> => {
    const messages: ChatMessage[] = [{ role: 'system', text: instruction }];
    const said: string[] = [];
    const given = turns.slice(0, MOST_TURNS);
    for (const [index, turn] of given.entries()) {
      messages.push(messageOf(turn));
      // It answers when the user has spoken and no words were put into its mouth.
      if (turn.role !== 'user' || given[index + 1]?.role === 'assistant') continue;
      if (dead !== null) return dead;
      const reply = await asker.ask(messages, 0, signal);
      if (reply.kind === 'fault') {
        if (reply.final) dead = reply;
        return reply;
      }
      said.push(reply.text);
      messages.push(messageOf({ role: 'assistant', text: reply.text }));
    }
    return { kind: 'said', text: said.join('\n\n') };
  };

  return {
    atOnce,
    to: (conversation, signal) => {
      const key = sha256(conversation);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const asked = slots.run(() => hold(conversationOf(conversation), signal), signal);
      kept.set(key, asked);
      // One that was called off said nothing, and may be asked again.
      asked.catch(() => kept.delete(key));
      return asked;
    },
  };
};
