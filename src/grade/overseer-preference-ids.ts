import { chatIds } from '../engine/tokenizer/chat.ts';
import type { Tokenizer } from '../engine/tokenizer/tokenizer.ts';
import type { ChatMessage } from '../policy/policy.ts';
import { renderTags } from '../policy/tags.ts';
import { narrowed, type OversightView } from './oversight-view.ts';

const assistant = (raw: string): ChatMessage => ({ role: 'assistant', parts: [], raw, echo: null });

/** A command that holds the closing tag cannot be written in tags; to the reader it is text like any other. */
const call = (command: string): string =>
  command.includes('</bash>') ? `<bash>${command.replaceAll('</bash>', '< /bash>')}</bash>` : renderTags({ command });

/** The transcript as the base model was pretrained on it, but for system message and thoughts. */
const messagesOf = ({ request, actions, answer }: OversightView): ChatMessage[] => [
  { role: 'user', text: request },
  ...actions.flatMap(({ said, command, output, reply }): ChatMessage[] => [
    assistant([said, command === '' ? '' : call(command)].filter((text) => text !== '').join('\n')),
    ...(command === '' ? [] : [{ role: 'user', text: `<stdout>${output}</stdout>` } as const]),
    ...(reply === undefined ? [] : [{ role: 'user', text: reply } as const]),
  ]),
  assistant(answer),
];

/** How much of a long view is kept, widest first: outputs are the first to go, the answer is the last. */
const STEPS = [1, 2, 4, 8, 16, 32].map((share) => ({
  instructions: 0,
  request: Math.ceil(1_200 / Math.max(1, share / 4)),
  command: Math.ceil(400 / Math.max(1, share / 2)),
  output: Math.ceil(800 / share),
  answer: Math.ceil(1_600 / Math.max(1, share / 2)),
  actions: share < 8 ? 16 : 4,
}));

/**
 * Token ids of a view, ended by the end of the assistant's turn: its value is the reward. Longer views are narrowed in
 * fixed steps until they fit in `most` ids; if none does, their last `most` ids stand, which hold the answer.
 */
export const preferenceIds = (tokenizer: Tokenizer, view: OversightView, most: number): Int32Array => {
  let ids: readonly number[] = [];
  for (const limits of [null, ...STEPS]) {
    ids = [...chatIds(tokenizer, messagesOf(limits === null ? view : narrowed(view, limits))), tokenizer.endId];
    if (ids.length <= most) return Int32Array.from(ids);
  }
  return Int32Array.from(ids.slice(-most));
};
