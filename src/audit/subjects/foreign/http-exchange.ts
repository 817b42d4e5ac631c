import { APICallError } from 'ai';
import type { Clock } from '../../../base/clock.ts';
import { messageOf } from '../../../base/errors.ts';
import type { Redactor } from '../../../base/redact.ts';
import type { Rng } from '../../../base/rng.ts';
import type { Concurrency } from '../../../policy/concurrency.ts';
import { PolicyFault } from '../../../policy/policy.ts';
import { classifyProviderError } from '../../../policy/provider-failure.ts';
import { DEFAULT_RETRY, type RetryPolicy, withRetry } from '../../../policy/retry.ts';
import { said } from '../../../policy/said.ts';
import type { Graded } from '../../../record/audit.ts';
import type { Patience } from '../patience.ts';
import { faulty } from './faulty.ts';

export interface ExchangeOptions {
  readonly url: string;
  /** Without password and query. */
  readonly shownUrl: string;
  readonly key: string | undefined;
  readonly redaction: Redactor;
  /** How long one attempt may take; told what each took. */
  readonly patience: Patience;
  readonly retry: Partial<RetryPolicy>;
  readonly clock: Clock;
  readonly dice: Rng;
  readonly slots: Concurrency;
}

/** One request and what came of it. `failure.slow`: it was a time limit. */
export type Exchanged =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'failed'; readonly failure: Graded; readonly slow: boolean; readonly hopeless: boolean };

/** Busy, not wrong: asked again. A 500 is what frameworks answer where a grader's own code threw, and will be one again. */
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** An audit asks thousands of times and somebody waits: shorter than for a run of hours. */
export const HTTP_RETRY: RetryPolicy = {
  ...DEFAULT_RETRY,
  windowMs: 30_000,
  firstContactMs: 3_000,
  firstDelayMs: 500,
  maxDelayMs: 10_000,
  lostRetries: 1,
};

/** A time limit is ours to notice before it is that of the retries: who hangs on an answer hangs on it again, and each try costs the whole limit. */
const LATE_MS = 1_000;

export interface Exchange {
  post(body: string, signal: AbortSignal): Promise<Exchanged>;
}

/** Sends requests, and tries again what policy/retry.ts tries again. Rejects with the signal's reason only. */
export const httpExchange = (options: ExchangeOptions): Exchange => {
  const { url, shownUrl, key, redaction, patience, clock, dice, slots } = options;
  const redact = (text: string): string => said(redaction, text);
  let reached = false;

  const policyNow = (): RetryPolicy => ({
    ...HTTP_RETRY,
    attemptTimeoutMs: patience.limitMs + LATE_MS,
    ...options.retry,
  });

  const callFailed = (message: string, more: Partial<ConstructorParameters<typeof APICallError>[0]>): APICallError =>
    new APICallError({ message, url: shownUrl, requestBodyValues: {}, ...more });

  const attempt = async (body: string, signal: AbortSignal): Promise<Exchanged> => {
    let response: Response;
    let text: string;
    const beforeMs = performance.now();
    const { limitMs } = patience;
    const limit = AbortSignal.timeout(limitMs);
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body,
        // A redirect would carry the answers, and the key, to a place that nobody named.
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
      });
      text = await response.text();
    } catch (thrown) {
      if (limit.aborted && !signal.aborted) {
        patience.hung();
        const failure = faulty('hung', `no answer within ${limitMs} ms`);
        return { kind: 'failed', failure, slow: true, hopeless: false };
      }
      throw callFailed(messageOf(thrown), { cause: thrown });
    }
    reached = true;
    patience.returned(performance.now() - beforeMs);
    if (response.ok) return { kind: 'answered', text };
    if (TRY_AGAIN.has(response.status)) {
      const responseHeaders = Object.fromEntries(response.headers);
      throw callFailed(text, { statusCode: response.status, responseHeaders, responseBody: text });
    }
    const message = `it answered ${response.status}: ${redact(text).slice(0, 200)}`;
    // Who is not let in is not let in with another answer.
    const hopeless =
      [401, 403, 404, 405].includes(response.status) || (response.status >= 300 && response.status < 400);
    return { kind: 'failed', failure: faulty('http-status', message), slow: false, hopeless };
  };

  return {
    post: async (body, signal) => {
      try {
        const { value } = await withRetry((until) => attempt(body, until), {
          policy: policyNow(),
          clock,
          rng: dice,
          concurrency: slots,
          subject: shownUrl,
          signal,
          reached: () => reached,
          classify: (thrown) =>
            classifyProviderError(thrown, { redact, nowMs: clock.nowMs, keyVariable: null, modelName: shownUrl }),
        });
        return value;
      } catch (thrown) {
        signal.throwIfAborted();
        if (thrown instanceof PolicyFault) return failureOf(thrown);
        throw thrown;
      }
    },
  };
};

const failureOf = ({ fault, scope }: PolicyFault): Exchanged => {
  const message = fault.message.split('\n')[0] ?? fault.message;
  const hopeless = scope === 'model';
  switch (fault.code) {
    case 'timed-out':
      return { kind: 'failed', failure: faulty('hung', message), slow: true, hopeless };
    case 'rate-limited':
    case 'provider-error':
      return { kind: 'failed', failure: faulty('http-status', message), slow: false, hopeless };
    default:
      return { kind: 'failed', failure: faulty('unreachable', message), slow: false, hopeless };
  }
};
