import { z } from 'zod';
import { inputError } from '../../base/errors.ts';
import type { ChatMessage } from '../../policy/policy.ts';
import { BASH_CLOSE, closeCall } from '../../policy/tags.ts';
import type { Tokenizer } from './tokenizer.ts';

const START = '<|im_start|>';

/**
 * What the engine's policy puts into `echo`: the ids as they were sampled, so that no turn is ever tokenised again. A
 * transcript may be of another checkpoint with another vocabulary: ids that do not spell the turn here are none of ours.
 */
const echoSchema = z.object({ ids: z.array(z.int().min(0)) });

/** A transcript as token ids. */
export interface TranscriptIds {
  readonly ids: readonly number[];
  /** One for each id: the policy sampled it, so training may count it. All others are context. */
  readonly sampled: readonly boolean[];
}

export interface TranscriptOptions {
  /**
   * What an assistant turn without sampled ids is: `context` (default), or `demonstration`, whose text counts as if
   * it had been sampled, with the end of its turn (for a command, its closing tag: the sampler stops there).
   */
  readonly written?: 'context' | 'demonstration';
}

type OutsideTurn = { readonly role: 'system' | 'user'; readonly text: string };
type AssistantTurn = Extract<ChatMessage, { role: 'assistant' }>;

/** Turns of the same side are joined, and what a tool said is the user's: the template knows three roles, alternating. */
const turnsOf = (messages: readonly ChatMessage[]): readonly (OutsideTurn | AssistantTurn)[] => {
  const turns: (OutsideTurn | AssistantTurn)[] = [];
  for (const message of messages) {
    if (message.role === 'assistant') {
      turns.push(message);
      continue;
    }
    const role = message.role === 'system' ? 'system' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, text: `${last.text}\n\n${message.text}` };
    else turns.push({ role, text: message.text });
  }
  return turns;
};

const writer = (tokenizer: Tokenizer) => {
  const startId = tokenizer.special(START);
  if (startId === null) {
    throw inputError({
      code: 'no-chat-tokens',
      what: `The tokenizer has no special token ${START}, so a turn cannot begin.`,
      given: `a tokenizer of ${tokenizer.vocabSize} tokens without it`,
      allowed: 'a model with the ChatML format',
      todo: 'Take the instruct version of the model.',
    });
  }
  const ids: number[] = [];
  const sampled: boolean[] = [];
  const add = (more: readonly number[], bySampling: boolean): void => {
    for (const id of more) {
      ids.push(id);
      sampled.push(bySampling);
    }
  };
  const newline = tokenizer.encode('\n');
  const header = tokenizer.encode('assistant\n');
  return {
    ids,
    sampled,
    add,
    outside: ({ role, text }: OutsideTurn): void => {
      add([startId, ...tokenizer.encode(`${role}\n${text}`), tokenizer.endId, ...newline], false);
    },
    begin: (): void => add([startId, ...header], false),
    /** Of a turn of these ids: what a stop sequence or the limit left out, so that the next turn can begin. */
    finish: (turn: readonly number[]): void => {
      if (turn.at(-1) !== tokenizer.endId) {
        const text = tokenizer.decode(turn);
        add([...tokenizer.encode(closeCall(text).slice(text.length)), tokenizer.endId], false);
      }
      add(newline, false);
    },
  };
};

/**
 * The prompt of the next assistant turn, in ChatML (as SmolLM2 has it, without its default system message). Earlier
 * turns of the model are their ids as sampled (`echo`), or their text encoded where there are none; each is ended as
 * it ought to have been. A last assistant message is an answer begun, which the model goes on with.
 */
export const chatIds = (tokenizer: Tokenizer, messages: readonly ChatMessage[]): number[] => {
  const out = writer(tokenizer);
  const turns = turnsOf(messages);
  for (const [index, turn] of turns.entries()) {
    if (turn.role !== 'assistant') {
      out.outside(turn);
      continue;
    }
    const ids = idsOfTurn(tokenizer, turn).ids;
    out.begin();
    out.add(ids, true);
    if (index < turns.length - 1) out.finish(ids);
  }
  if (turns.at(-1)?.role !== 'assistant') out.begin();
  return out.ids;
};

/**
 * A whole transcript, and which of its ids the policy sampled. The ids up to an assistant turn are `chatIds` of the
 * messages before it. Nothing is added after the last assistant turn.
 */
export const transcriptIds = (
  tokenizer: Tokenizer,
  messages: readonly ChatMessage[],
  options: TranscriptOptions = {},
): TranscriptIds => {
  const out = writer(tokenizer);
  const demonstration = options.written === 'demonstration';
  const turns = turnsOf(messages);
  for (const [index, turn] of turns.entries()) {
    if (turn.role !== 'assistant') {
      out.outside(turn);
      continue;
    }
    const written = idsOfTurn(tokenizer, turn);
    const ids = demonstration && !written.sampled ? demonstrated(tokenizer, turn.raw) : written.ids;
    out.begin();
    out.add(ids, written.sampled || demonstration);
    if (index < turns.length - 1) out.finish(ids);
  }
  return { ids: out.ids, sampled: out.sampled };
};

/** What a sampler would have given for this text: it stops at the end of a command, and else at the end of the turn. */
const demonstrated = (tokenizer: Tokenizer, raw: string): number[] => {
  const closed = closeCall(raw);
  const ids = tokenizer.encode(closed);
  return closed === raw && !raw.endsWith(BASH_CLOSE) ? [...ids, tokenizer.endId] : ids;
};

const idsOfTurn = (tokenizer: Tokenizer, turn: AssistantTurn): { ids: readonly number[]; sampled: boolean } => {
  const echo = echoSchema.safeParse(turn.echo);
  if (echo.success) {
    const { ids } = echo.data;
    // What completed a stop sequence is in the ids and not in the text.
    if (tokenizer.decode(ids).startsWith(turn.raw)) return { ids, sampled: true };
  }
  return { ids: tokenizer.encode(turn.raw), sampled: false };
};
