import { type Completion, type CompletionRequest, type Model, PolicyFault } from '../policy/policy.ts';
import { lostCallUsd, type Price } from '../policy/price.ts';
import { DEFAULT_RETRY } from '../policy/retry.ts';

export interface CostCap {
  /** For the whole run, what was spent before a resume included. */
  readonly maxUsd: number;
  readonly spentUsd: number;
  readonly price: Price;
}

/** A call that was lost after it was sent may have been billed, and is made again. */
const ATTEMPTS = 1 + DEFAULT_RETRY.lostRetries;
/** The description of the bash tool is paid for too. */
const TOOL_BYTES = 600;

/**
 * A model that cannot spend more than the cap: before a completion its worst case is set aside, afterwards what it
 * really cost is booked. A completion that the rest of the money could not pay for ends the run, resumably.
 */
export const capCost = (model: Model, cap: CostCap): Model => {
  let spent = cap.spentUsd;
  let reserved = 0;
  const worstCase = (request: CompletionRequest): number =>
    ATTEMPTS *
    (lostCallUsd(
      cap.price,
      TOOL_BYTES + Buffer.byteLength(JSON.stringify(request.messages)),
      request.maxOutputTokens,
    ) ?? 0);
  return {
    ...model,
    policyFor: (task, rolloutId) => {
      const policy = model.policyFor(task, rolloutId);
      return {
        complete: async (request, signal): Promise<Completion> => {
          const most = worstCase(request);
          if (spent + reserved + most > cap.maxUsd) {
            const message = `The next completion could cost up to ${usd(most)}: ${usd(spent)} of ${usd(cap.maxUsd)} is spent and ${usd(reserved)} set aside.`;
            throw new PolicyFault({ side: 'host', code: 'cost-cap', message }, 'model');
          }
          reserved += most;
          try {
            const completion = await policy.complete(request, signal);
            spent += completion.usage.usd ?? most;
            return completion;
          } catch (thrown) {
            // A call that failed may have been paid for; where it is not known how much, the cap assumes the most.
            spent += thrown instanceof PolicyFault ? (thrown.spent.usd ?? most) : most;
            throw thrown;
          } finally {
            reserved -= most;
          }
        },
      };
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
};

const usd = (amount: number): string => `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
