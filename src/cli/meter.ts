/** What the models of a run use while it goes: whoever is measured and whoever judges, in one sum. */
import { type Model, PolicyFault } from '../policy/policy.ts';

export interface Used {
  /** Since this process began. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the whole run. Null once something without a price was asked. */
  readonly usd: number | null;
}

export interface Meter {
  readonly used: Used;
  /** Who is to be told of what is paid for. The latest is the one. */
  onPaid: () => void;
  /** A model whose calls are counted, lost ones too. Answers that were read out of the record do not pass through it. */
  readonly count: (model: Model) => Model;
}

/** `spentUsd`: before this process began. */
export const meterFrom = (spentUsd: number): Meter => {
  let used: Used = { inputTokens: 0, outputTokens: 0, usd: spentUsd };
  const add = ({ inputTokens, outputTokens, usd }: Used): void => {
    used = {
      inputTokens: used.inputTokens + inputTokens,
      outputTokens: used.outputTokens + outputTokens,
      usd: used.usd === null || usd === null ? null : used.usd + usd,
    };
  };
  const meter: Meter = {
    get used() {
      return used;
    },
    onPaid: () => undefined,
    count: (model) => {
      // Thousands a second of these cost nothing: who shows what is done shows them too.
      const told = (usage: Used): void => {
        add(usage);
        if (model.repeatable !== true) meter.onPaid();
      };
      return {
        ...model,
        policyFor: (task, rolloutId) => {
          const policy = model.policyFor(task, rolloutId);
          return {
            complete: async (request, signal) => {
              try {
                const completion = await policy.complete(request, signal);
                told(completion.usage);
                return completion;
              } catch (thrown) {
                if (thrown instanceof PolicyFault) told(thrown.spent);
                throw thrown;
              }
            },
          };
        },
        [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
      };
    },
  };
  return meter;
};
