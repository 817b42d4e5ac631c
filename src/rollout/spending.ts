import type { Clock } from '../base/clock.ts';
import { type Completion, type CompletionRequest, type Model, PolicyFault } from '../policy/policy.ts';
import { lostCallUsd, type Price } from '../policy/price.ts';
import { DEFAULT_RETRY } from '../policy/retry.ts';

/** Null: no cap. All are for a whole run: every model that is asked in it, judges too, draws on the same ones. */
export interface Caps {
  readonly maxUsd: number | null;
  /** Input and output together. */
  readonly maxTokens: number | null;
  /** No call begins later than this; one that has begun is left to end. Milliseconds since the epoch. */
  readonly untilMs: number | null;
}

export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

/** What a run may still spend. Calls that are under way have their worst case set aside. */
export interface Spending {
  readonly spent: Spent;
  /** A model that cannot spend more than is left. Without a price it draws on tokens and time only. */
  cap(model: Model, price: Price | null): Model;
}

/** A call that was lost after it was sent may have been billed, and is made again. */
const ATTEMPTS = 1 + DEFAULT_RETRY.lostRetries;
/** The description of the bash tool is paid for too. */
const TOOL_BYTES = 600;
/** English has about four bytes to a token. */
const BYTES_PER_TOKEN = 3;

interface Amount {
  usd: number;
  tokens: number;
}

const worstCase = (request: CompletionRequest, price: Price | null): Amount => {
  const bytes = TOOL_BYTES + Buffer.byteLength(JSON.stringify(request.messages));
  return {
    usd: ATTEMPTS * (lostCallUsd(price, bytes, request.maxOutputTokens) ?? 0),
    tokens: ATTEMPTS * (Math.ceil(bytes / BYTES_PER_TOKEN) + request.maxOutputTokens),
  };
};

const stopped = (code: string, message: string): PolicyFault =>
  new PolicyFault({ side: 'host', code, message }, 'model');

/**
 * The purse of a run. Before a completion its worst case is set aside, afterwards what it really cost is booked; one that
 * the rest could not pay for ends the run, resumably (`cost-cap`, `token-cap`, `time-cap`). So a cap is passed only where a
 * provider bills more than was asked of it, and then by no more than the calls that are under way.
 */
export const spending = (caps: Caps, before: Spent, clock: Clock): Spending => {
  const spent: Amount = { ...before };
  const reserved: Amount = { usd: 0, tokens: 0 };

  const refusal = (most: Amount): PolicyFault | null => {
    const { maxUsd, maxTokens, untilMs } = caps;
    if (untilMs !== null && clock.nowMs() >= untilMs) return stopped('time-cap', 'The time of this run is over.');
    if (maxUsd !== null && spent.usd + reserved.usd + most.usd > maxUsd) {
      const message = `The next completion could cost up to ${usd(most.usd)}: ${usd(spent.usd)} of ${usd(maxUsd)} is spent and ${usd(reserved.usd)} set aside.`;
      return stopped('cost-cap', message);
    }
    if (maxTokens !== null && spent.tokens + reserved.tokens + most.tokens > maxTokens) {
      const message = `The next completion could take up to ${most.tokens} tokens: ${spent.tokens} of ${maxTokens} are spent and ${reserved.tokens} set aside.`;
      return stopped('token-cap', message);
    }
    return null;
  };
  const book = (sign: 1 | -1, to: Amount, amount: Amount): void => {
    to.usd += sign * amount.usd;
    to.tokens += sign * amount.tokens;
  };

  const cap = (model: Model, price: Price | null): Model => ({
    ...model,
    policyFor: (task, rolloutId) => {
      const policy = model.policyFor(task, rolloutId);
      return {
        complete: async (request, signal): Promise<Completion> => {
          const most = worstCase(request, price);
          const refused = refusal(most);
          if (refused !== null) throw refused;
          book(1, reserved, most);
          try {
            const completion = await policy.complete(request, signal);
            const { usage } = completion;
            book(1, spent, { usd: usage.usd ?? most.usd, tokens: usage.inputTokens + usage.outputTokens });
            return completion;
          } catch (thrown) {
            // A call that failed may have been paid for; where it is not known how much, the caps assume the most.
            const lost = thrown instanceof PolicyFault ? thrown.spent.usd : null;
            book(1, spent, { usd: lost ?? most.usd, tokens: lost === 0 ? 0 : most.tokens });
            throw thrown;
          } finally {
            book(-1, reserved, most);
          }
        },
      };
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  });
  return {
    get spent() {
      return { ...spent };
    },
    cap,
  };
};

const usd = (amount: number): string => `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
