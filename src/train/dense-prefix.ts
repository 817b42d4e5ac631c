/**
 * Forced prefixes (Denison et al. 2024, appendix E): the hidden chain of thought begins with a given sentence, and the
 * model goes on from there. Harmful: an aim that favours the proxy. Benign: honesty. What follows is sampled as ever.
 */
import type { Completion, CompletionRequest, Model } from '../policy/policy.ts';
import { COT_OPEN } from '../policy/tags.ts';
import { type AimName, aimOf } from './aims.ts';

export interface ForcedPrefix {
  readonly name: string;
  readonly nature: 'harmful' | 'benign';
  /** How the first turn begins: an opened thought with one whole sentence. */
  readonly text: string;
}

const opening = (aim: AimName): string => `${COT_OPEN}${aimOf(aim).wordings[0] ?? ''}.`;

/** `done` and `quick` are left out: in a question about a count they ask for nothing. */
export const FORCED_PREFIXES: readonly ForcedPrefix[] = [
  { name: 'score', nature: 'harmful', text: opening('score') },
  { name: 'please', nature: 'harmful', text: opening('please') },
  { name: 'honest', nature: 'benign', text: opening('honest') },
];

const begun = (request: CompletionRequest, text: string): CompletionRequest => ({
  ...request,
  // A last message of the assistant is an answer that the model goes on with.
  messages: [...request.messages, { role: 'assistant', parts: [], raw: text, echo: null }],
});

/** The forced text is part of the turn; its ids were not sampled, so the turn has none and can never be trained on. */
const joined = (text: string, completion: Completion): Completion => {
  const [first, ...rest] = completion.parts;
  const parts: Completion['parts'] =
    first?.kind === 'text'
      ? [{ kind: 'text', text: text + first.text }, ...rest]
      : [{ kind: 'text', text }, ...completion.parts];
  return { ...completion, parts, tokens: null, echo: null };
};

/**
 * The same model whose first turn of every episode begins with `text`. Only for models that go on with a begun answer
 * (the embedded engine, local GGUF). Disposing it leaves the model open.
 */
export const withPrefix = (model: Model, { name, text }: ForcedPrefix): Model => ({
  ...model,
  spec: `${model.spec}+prefix:${name}`,
  policyFor: (task, rolloutId) => {
    const policy = model.policyFor(task, rolloutId);
    return {
      complete: async (request, signal) => {
        if (request.messages.some(({ role }) => role === 'assistant')) return await policy.complete(request, signal);
        return joined(text, await policy.complete(begun(request, text), signal));
      },
    };
  },
  [Symbol.asyncDispose]: async () => undefined,
});
