import { contentHash } from '../base/json.ts';
import { type Completion, type CompletionRequest, type Model, PolicyFault } from '../policy/policy.ts';
import type { Spent } from '../rollout/spending.ts';
import type { RunReader, RunStore } from '../store/run-store.ts';

/**
 * A model whose answers are written down as they come, and that answers from what is written before it asks again. So
 * an episode that was cut short (a crash, a fault, a cap, a lost sandbox) goes on where it was, and nothing is paid twice.
 * A repeatable model is left as it is: asking again costs less than writing down.
 */
export const withRecordedCalls = (model: Model, store: RunStore): Model =>
  model.repeatable === true ? model : recordedCalls(model, store);

const recordedCalls = (model: Model, store: RunStore): Model => ({
  ...model,
  policyFor: (task, rolloutId) => {
    const policy = model.policyFor(task, rolloutId);
    let known: Promise<Map<string, Completion>> | null = null;
    return {
      complete: async (request, signal): Promise<Completion> => {
        const asked = identityOf(request);
        known ??= recordedAnswers(store, rolloutId);
        const answers = await known;
        const before = answers.get(asked);
        if (before !== undefined) return before;
        const turn = request.messages.filter((message) => message.role === 'assistant').length;
        const call = { schema: 'subterfuge/call@1', rollout: rolloutId, turn, request: asked } as const;
        let completion: Completion;
        try {
          completion = await policy.complete(request, signal);
        } catch (thrown) {
          if (thrown instanceof PolicyFault && thrown.spent.usd !== 0) {
            await store.append({ kind: 'call', call: { ...call, usage: thrown.spent, completion: null } });
          }
          throw thrown;
        }
        const { usage } = completion;
        const parts = [...completion.parts];
        await store.append({ kind: 'call', call: { ...call, usage, completion: { ...completion, parts } } });
        answers.set(asked, completion);
        return completion;
      },
    };
  },
  [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
});

/** Everything that an answer depends on. */
const identityOf = ({
  dialect,
  messages,
  offersBash,
  stop,
  maxOutputTokens,
  temperature,
  seed,
}: CompletionRequest): string =>
  contentHash({ dialect, messages, offersBash, stop, maxOutputTokens, temperature, seed });

const recordedAnswers = async (store: RunStore, rolloutId: string): Promise<Map<string, Completion>> => {
  const answers = new Map<string, Completion>();
  for await (const { request, completion } of store.calls(rolloutId)) {
    if (completion !== null) answers.set(request, completion);
  }
  return answers;
};

/** What all calls of a run have used so far, those that came to nothing included. Calls without a price count no money. */
export const spentSoFar = async (store: RunReader): Promise<Spent> => {
  let usd = 0;
  let tokens = 0;
  for await (const { usage } of store.calls()) {
    usd += usage.usd ?? 0;
    tokens += usage.inputTokens + usage.outputTokens;
  }
  return { usd, tokens };
};

export const spentUsd = async (store: RunStore): Promise<number> => (await spentSoFar(store)).usd;
