import { describe, expect, test } from 'vitest';
import { ggufChat } from './gguf-chat.ts';
import type { ChatItem, ChatWrapper, LlamaLibrary, LlamaModel, TextPart } from './gguf-library.ts';
import type { ChatMessage } from './policy.ts';

const END = '<end>';

/** Templates as small as they can be: `user|model`, each written before what that side says, and `end` after an answer. */
class LineWrapper implements ChatWrapper {
  readonly #parts: readonly string[];
  constructor({ template }: { readonly template: string }) {
    this.#parts = template.split('|', 3);
    if (this.#parts.length < 3) throw new Error('the template failed the sanity test');
  }
  generateContextState({ chatHistory }: { readonly chatHistory: readonly ChatItem[] }) {
    const [user = '', model = '', end = ''] = this.#parts;
    const written = (text: string): TextPart => ({ type: 'specialTokensText', value: text });
    const values = chatHistory.flatMap((item, index): TextPart[] => {
      if (item.type !== 'model') return [written(user), item.text];
      const after =
        index === chatHistory.length - 1
          ? []
          : end === 'EOS'
            ? [{ type: 'specialToken', value: 'EOS' }]
            : [written(end)];
      return [written(model), ...item.response, ...after];
    });
    const text = values.map((part) => (typeof part === 'string' ? part : String(part.value))).join('');
    return { contextText: { toJSON: () => values, tokenize: () => characters(text) } };
  }
}

const characters = (text: string): number[] => [...text].map((character) => character.codePointAt(0) ?? 0);
const EOG = 9_999;

const library: LlamaLibrary = {
  getLlama: async () => await Promise.reject(new Error('nothing is loaded here')),
  JinjaTemplateChatWrapper: LineWrapper,
};

/** Its tokens are characters, and one for the end of a turn. */
const modelWith = (template: unknown): LlamaModel => ({
  trainContextSize: 64,
  tokenizer: null,
  tokens: { shouldPrependBosToken: false, bos: null },
  fileInfo: { metadata: { tokenizer: { chat_template: template } } },
  tokenize: (text) => text.split(END).flatMap((part, index) => [...(index === 0 ? [] : [EOG]), ...characters(part)]),
  detokenize: (tokens) => String.fromCodePoint(...tokens),
  isEogToken: (token) => token === EOG,
  createContext: async () => await Promise.reject(new Error('nothing is evaluated here')),
  dispose: async () => undefined,
});

const messages: readonly ChatMessage[] = [{ role: 'user', text: 'Hi' }];
const encoded = (template: unknown, given?: string): string => {
  const chat = ggufChat(
    library,
    modelWith(template),
    'm.gguf',
    given === undefined ? undefined : { name: 'x.jinja', text: given },
  );
  return String.fromCodePoint(...chat.encode(messages));
};
const endsOf = (given: string): readonly string[] =>
  ggufChat(library, modelWith(null), 'm.gguf', { name: 'x.jinja', text: given }).ends;

describe('the template of a GGUF file', () => {
  test('is its own, or the one that is given in its place', () => {
    expect(encoded('U: |A: |')).toBe('U: HiA: ');
    expect(encoded('U: |A: |', '\nUser: |\nAssistant: |')).toBe('\nUser: Hi\nAssistant: ');
    expect(encoded(null, '\nUser: |\nAssistant: |')).toBe('\nUser: Hi\nAssistant: ');
  });

  test.each([[undefined], [null], ['']])('that is not there (%j) is bad input, which names the option', (template) => {
    expect(() => encoded(template)).toThrow(
      expect.objectContaining({
        code: 'no-chat-template',
        exitCode: 2,
        given: 'm.gguf',
        todo: expect.stringContaining('--chat-template FILE'),
      }),
    );
  });

  test('that cannot be used is bad input, with the file that it is from', () => {
    const bad = { code: 'bad-chat-template', exitCode: 2, what: expect.stringContaining('sanity test') };
    expect(() => encoded('nothing')).toThrow(expect.objectContaining({ ...bad, given: 'm.gguf' }));
    expect(() => encoded('U: |A: |', 'nothing')).toThrow(
      expect.objectContaining({ ...bad, given: 'x.jinja for m.gguf' }),
    );
  });
});

describe('a turn ends', () => {
  test("where the user's next one begins, if a given template has only text for that", () => {
    expect(endsOf('User: |\nAssistant: |\n\n')).toEqual(['\n\nUser:']);
    expect(endsOf('User: |\nAssistant: |')).toEqual(['User:']);
  });

  test('by its tokens, if it has some', () => {
    expect(endsOf(`User: |\nAssistant: |${END}\n`)).toEqual([]);
    expect(endsOf('User: |\nAssistant: |EOS')).toEqual([]);
    expect(endsOf('|\nAssistant: |\n')).toEqual([]);
    expect(ggufChat(library, modelWith('User: |A: |\n'), 'm.gguf', undefined).ends).toEqual([]);
  });
});
