import type { Usage } from '../record/rollout.ts';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** For input read from the provider's cache. Default: as `input`. */
  readonly cachedInput?: number | undefined;
  /** For input written to it. Default: as `input`. */
  readonly cacheWrite?: number | undefined;
}

/** By whole spec, or by the provider's id of the model. The spec wins. */
export type Prices = Readonly<Record<string, Price>>;

export const priceOf = (prices: Prices | undefined, spec: string, name: string): Price | null =>
  prices?.[spec] ?? prices?.[name] ?? null;

/** Cost of what was used, or null without a price. `written`: of the input, how much went into the cache. */
export const costUsd = (price: Price | null, usage: Omit<Usage, 'usd'>, written = 0): number | null => {
  if (price === null) return null;
  const plain = Math.max(0, usage.inputTokens - usage.cachedTokens - written);
  const input = plain * price.input + written * (price.cacheWrite ?? price.input);
  return (input + usage.cachedTokens * (price.cachedInput ?? price.input) + usage.outputTokens * price.output) / 1e6;
};

/**
 * The most that a call without an answer may have cost: all output tokens, and one input token for every three
 * UTF-8 bytes of the transcript (English has about four to one). Null without a price.
 */
export const lostCallUsd = (price: Price | null, promptBytes: number, maxOutputTokens: number): number | null =>
  price === null
    ? null
    : (Math.ceil(promptBytes / 3) * Math.max(price.input, price.cacheWrite ?? 0) + maxOutputTokens * price.output) /
      1e6;
