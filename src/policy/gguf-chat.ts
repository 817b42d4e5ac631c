import { inputError, messageOf } from '../base/errors.ts';
import type { ChatTemplate } from '../record/run.ts';
import type { ChatItem, ChatWrapper, LlamaLibrary, LlamaModel, Token } from './gguf-library.ts';
import type { ChatMessage } from './policy.ts';
import { closeCall } from './tags.ts';

/** How a model in a GGUF file is told who speaks. */
export interface GgufChat {
  readonly encode: (messages: readonly ChatMessage[]) => Token[];
  /** Texts with which the user's next turn begins: a model that writes one has ended its own. Often none: tokens end it. */
  readonly ends: readonly string[];
}

/** Turns of the same side are joined: most templates want them to alternate. */
const toChat = (messages: readonly ChatMessage[]): ChatItem[] => {
  const items: ChatItem[] = [];
  for (const [index, message] of messages.entries()) {
    const last = items.at(-1);
    if (message.role === 'assistant') {
      const begun = index === messages.length - 1;
      items.push({ type: 'model', response: [begun ? message.raw : closeCall(message.raw)] });
      continue;
    }
    const type = message.role === 'system' ? 'system' : 'user';
    if (last?.type === type) items[items.length - 1] = { type, text: `${last.text}\n\n${message.text}` };
    else items.push({ type, text: message.text });
  }
  if (items.at(-1)?.type !== 'model') items.push({ type: 'model', response: [] });
  return items;
};

const ownTemplate = (model: LlamaModel, path: string): string => {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template === 'string' && template !== '') return template;
  throw inputError({
    code: 'no-chat-template',
    what: 'this model has no chat template, so it cannot be told who speaks',
    given: path,
    allowed: 'a GGUF file with tokenizer.chat_template (an instruct or chat model), or a template in a file',
    todo: 'take the instruct version of the model, or give eval a template for this one: --chat-template FILE (docs/models.md)',
  });
};

const opened = (library: LlamaLibrary, template: string, from: string): ChatWrapper => {
  try {
    return new library.JinjaTemplateChatWrapper({ template });
  } catch (thrown) {
    throw inputError({
      code: 'bad-chat-template',
      what: `The chat template cannot be used: ${messageOf(thrown)}`,
      given: from,
      allowed: "a Jinja template as Hugging Face's chat_template, which writes every message of user and assistant",
      todo: 'Give eval one that can: --chat-template FILE (docs/models.md).',
      cause: thrown,
    });
  }
};

const ANSWER = 'answer 7d1f';
const NEXT = 'question 93c4';

/**
 * What the template writes between an answer and the user's next words, where the model has no token for the end of a turn in
 * it: else none. The blank before the user's words is left out, since a model joins it to the next word.
 */
const turnEnds = (model: LlamaModel, wrapper: ChatWrapper): readonly string[] => {
  const { contextText } = wrapper.generateContextState({
    chatHistory: [
      { type: 'user', text: 'question' },
      { type: 'model', response: [ANSWER] },
      { type: 'user', text: NEXT },
      { type: 'model', response: [] },
    ],
  });
  const values = [contextText.toJSON()].flat();
  const [from, to] = [values.indexOf(ANSWER), values.indexOf(NEXT)];
  const between = from < 0 ? [] : values.slice(from + 1, Math.max(from + 1, to));
  const texts = between.flatMap((part) => {
    if (typeof part === 'string') return [part];
    return part.type === 'specialTokensText' && typeof part.value === 'string' ? [part.value] : [];
  });
  const text = texts.join('').trimEnd();
  const isEnded = texts.length < between.length || model.tokenize(text, true).some((token) => model.isEogToken(token));
  return isEnded || text.trim() === '' ? [] : [text];
};

/** Throws `no-chat-template` and `bad-chat-template` (exit code 2). */
export const ggufChat = (
  library: LlamaLibrary,
  model: LlamaModel,
  path: string,
  given: ChatTemplate | undefined,
): GgufChat => {
  const wrapper =
    given === undefined
      ? opened(library, ownTemplate(model, path), path)
      : opened(library, given.text, `${given.name} for ${path}`);
  return {
    encode: (messages) => {
      const { contextText } = wrapper.generateContextState({ chatHistory: toChat(messages) });
      const tokens = contextText.tokenize(model.tokenizer);
      const { shouldPrependBosToken, bos } = model.tokens;
      return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
    },
    // A model has tokens for the turns of its own template, and perhaps none for those of another.
    ends: given === undefined ? [] : turnEnds(model, wrapper),
  };
};
