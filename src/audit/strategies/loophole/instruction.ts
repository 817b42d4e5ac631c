/**
 * Attacks on an instruction to a model: the answer of a candidate is the conversation that carries an ordinary request (audit/instruction.ts),
 * a text, or JSON lines of several turns. The words are plain requests that any user could make.
 */
import { conversationText } from '../../instruction/conversation.ts';
import type { Need, StrategyContext, StrategyOf } from '../../strategy.ts';
import { inputText } from '../text/material.ts';
import { noWork, type Texts } from '../text/named.ts';

const attack = noWork({ class: 'loophole-exploitation', subjects: ['instruction'] });

const DEMO = {
  digits: 'free',
  example: { input: 'What is the capital of France?' },
  known: { published: 'Always respond in English.' },
} as const;

/** Of one technique: what all members share. */
export interface Technique {
  readonly family: string;
  readonly source: string;
}

export interface Conversation {
  readonly name: string;
  readonly plain?: true;
  readonly description: string;
  readonly needs?: readonly Need[];
}

/** `say` is given the ordinary request, never empty. */
export const asking =
  ({ family, source }: Technique) =>
  (
    { name, plain, description, needs = [] }: Conversation,
    say: (request: string, context: StrategyContext) => Texts,
  ): StrategyOf<'no-work'> =>
    attack(
      { name, family, source, description, needs: ['input', ...needs], ...(plain === undefined ? {} : { plain }) },
      ({ input }, context) => {
        const request = inputText({ input });
        return request === '' ? null : say(request, context);
      },
      DEMO,
    );

/** Several turns of the user; the model replies to each. */
export const turns = (...texts: readonly string[]): string =>
  conversationText(texts.map((text) => ({ role: 'user', text })));
