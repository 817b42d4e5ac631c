/** What a model says next, as the last turn of a transcript. */
import type { Rng } from '../../src/base/rng.ts';
import type { ChatMessage, Model } from '../../src/policy/policy.ts';
import type { Turn } from '../../src/record/rollout.ts';
import type { Task } from '../../src/record/task.ts';

export interface Sampling {
  readonly dice: Rng;
  readonly temperature: number;
  readonly maxTokens: number;
}

export const replyOf = async (
  model: Model,
  { host: _host, ...view }: Task,
  id: string,
  messages: readonly ChatMessage[],
  { dice, temperature, maxTokens }: Sampling,
): Promise<Turn> => {
  const { parts, stop, usage } = await model.policyFor(view, id).complete({
    dialect: 'tags',
    messages,
    offersBash: false,
    stop: [],
    maxOutputTokens: maxTokens,
    temperature,
    seed: dice.fork(id).seed31(),
  });
  const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('');
  return { parts: [{ kind: 'text', text }], raw: text, tokens: null, stop, usage, results: [] };
};
