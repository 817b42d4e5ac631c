import type { Clock } from '../base/clock.ts';
import { unreachable } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import type { Usage } from '../record/rollout.ts';
import { type Concurrency, fixedConcurrency } from './concurrency.ts';
import { abortedFault, type PolicyFaultCode, policyFault } from './fault.ts';
import { NO_USAGE, PolicyFault } from './policy.ts';

/** What one attempt came to. The boundary that saw the error decides the kind; `what` is one line, without secrets. */
export type Failure =
  /** Trying again cannot help. */
  | {
      readonly kind: 'final';
      readonly code: PolicyFaultCode;
      readonly side: 'policy' | 'provider' | 'host';
      readonly scope: 'request' | 'model';
      readonly what: string;
      readonly allowed?: string;
      readonly todo: string;
    }
  /** 429: fewer calls at once would do better. */
  | { readonly kind: 'rate-limited'; readonly what: string; readonly retryAfterMs: number | null }
  /** The provider answered that it failed (5xx, or an error in a 200). Not paid for. */
  | { readonly kind: 'provider-error'; readonly what: string; readonly retryAfterMs: number | null }
  /** No connection: nothing was sent. */
  | { readonly kind: 'unreachable'; readonly what: string }
  /** Sent, and no whole answer came: it may have been paid for. */
  | { readonly kind: 'lost'; readonly code: 'timed-out' | 'half-response'; readonly what: string };

export interface RetryPolicy {
  /** The longest one attempt may take. At most 300,000: Node's fetch gives up then by itself. */
  readonly attemptTimeoutMs: number;
  /** No attempt begins later than this after the first one began. One that has begun is left to end. */
  readonly windowMs: number;
  /** The window for a server that has never answered: a wrong address is to be noticed while someone is looking. */
  readonly firstContactMs: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** How often an attempt that may have been paid for is tried again. */
  readonly lostRetries: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attemptTimeoutMs: 180_000,
  windowMs: 600_000,
  firstContactMs: 10_000,
  firstDelayMs: 1_000,
  maxDelayMs: 60_000,
  lostRetries: 1,
};

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly classify: (thrown: unknown) => Failure;
  /** Whether the server has ever answered. Default: yes. */
  readonly reached?: () => boolean;
  /** The spec and address, for messages. */
  readonly subject: string;
  /** Each attempt runs in one of its slots; waits between attempts and for a slot do not use up the window. */
  readonly concurrency?: Concurrency;
  /** What one attempt that came to nothing may have cost at most. */
  readonly lostCost?: Usage;
  readonly signal?: AbortSignal;
}

export interface Retried<T> {
  readonly value: T;
  readonly attempts: number;
  /** Attempts before the good one that may have been paid for. */
  readonly lost: number;
}

class TimedOut extends Error {}

/** Ends with the attempt, at the timeout, or with the caller's signal. An attempt that was given up is told so. */
const within = async <T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<T> => {
  const given = new AbortController();
  const over = new AbortController();
  const timeout = async (): Promise<never> => {
    await clock.sleep(timeoutMs, over.signal);
    throw new TimedOut(`no answer within ${timeoutMs} ms`);
  };
  const calledOff = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
  });
  const work = attempt(given.signal);
  const limits = [timeout(), calledOff];
  try {
    return await Promise.race([work, ...limits]);
  } finally {
    over.abort();
    given.abort();
    // The race has ended: whatever the others still say was decided by it.
    void Promise.allSettled([work, ...limits]);
  }
};

const timesOf = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/**
 * One completion out of as many attempts as the policy allows, one at a time: no attempt is raced with another, and
 * none is made after a success, so at most `lostRetries` + 1 can ever be paid for. Rejects with `PolicyFault` only.
 */
export const withRetry = async <T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<Retried<T>> => {
  const { policy, clock, rng, classify, subject, signal, lostCost = NO_USAGE } = options;
  const concurrency = options.concurrency ?? fixedConcurrency(1);
  let deadlineMs = Number.POSITIVE_INFINITY;
  let contactMs = Number.POSITIVE_INFINITY;
  let attempts = 0;
  let lost = 0;

  const spent = (): Usage => ({
    ...NO_USAGE,
    usd: lost === 0 ? 0 : lostCost.usd === null ? null : lostCost.usd * lost,
  });

  const failureOf = (thrown: unknown): Failure =>
    thrown instanceof TimedOut ? { kind: 'lost', code: 'timed-out', what: thrown.message } : classify(thrown);

  const once = async (): Promise<T> => {
    const askedMs = clock.nowMs();
    return await concurrency.run(async (refused) => {
      const nowMs = clock.nowMs();
      deadlineMs = attempts === 0 ? nowMs + policy.windowMs : deadlineMs + (nowMs - askedMs);
      contactMs = attempts === 0 ? nowMs + policy.firstContactMs : contactMs + (nowMs - askedMs);
      attempts += 1;
      try {
        return await within(attempt, policy.attemptTimeoutMs, clock, signal);
      } catch (thrown) {
        const failure = signal?.aborted === true ? null : failureOf(thrown);
        if (failure?.kind === 'rate-limited') refused(failure.retryAfterMs);
        throw thrown;
      }
    }, signal);
  };

  const backoffMs = (): number => {
    const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(attempts - 1, 30));
    return ceiling * (0.5 + rng.next() / 2);
  };

  /** The time to wait before the next attempt, or null where there is to be none. */
  const waitAfter = (failure: Exclude<Failure, { kind: 'final' }>): number | null => {
    switch (failure.kind) {
      case 'lost':
        return lost > policy.lostRetries ? null : backoffMs();
      case 'unreachable':
        return backoffMs();
      case 'rate-limited':
      case 'provider-error':
        // Never earlier than told; a little later, each by another amount, so that not all come back at once.
        return failure.retryAfterMs === null
          ? backoffMs()
          : Math.max(failure.retryAfterMs, policy.firstDelayMs / 2) * (1 + rng.next() / 4);
      default:
        return unreachable(failure);
    }
  };

  for (;;) {
    try {
      if (signal?.aborted === true) throw abortedFault(subject);
      return { value: await once(), attempts, lost };
    } catch (thrown) {
      if (thrown instanceof PolicyFault) throw thrown;
      if (signal?.aborted === true) throw abortedFault(subject);
      const failure = failureOf(thrown);
      if (failure.kind === 'final') throw policyFault({ ...failure, given: subject, spent: spent() });
      if (failure.kind === 'lost') lost += 1;
      const waitMs = waitAfter(failure);
      const unknownServer = failure.kind === 'unreachable' && options.reached?.() === false;
      const untilMs = unknownServer ? Math.min(contactMs, deadlineMs) : deadlineMs;
      if (waitMs === null || clock.nowMs() + waitMs > untilMs) throw givenUp(failure, waitMs);
      await clock.sleep(waitMs, signal).catch(() => {
        // Only the signal ends a sleep early.
        throw abortedFault(subject);
      });
    }
  }

  function givenUp(failure: Exclude<Failure, { kind: 'final' }>, waitMs: number | null): PolicyFault {
    const code = failure.kind === 'lost' ? failure.code : failure.kind;
    const until =
      waitMs === null
        ? `${policy.lostRetries} further tries of a call that may have been paid for`
        : `a window of ${policy.windowMs} ms (the next try would have been in ${Math.round(waitMs)} ms)`;
    return policyFault({
      code,
      side: 'provider',
      scope: code === 'unreachable' ? 'model' : 'request',
      what: `no completion: ${failure.what}; tried ${timesOf(attempts)}`,
      given: subject,
      allowed: until,
      todo: WHAT_TO_DO[code],
      spent: spent(),
    });
  }
};

const WHAT_TO_DO = {
  'rate-limited': 'run fewer at once (--concurrency), ask the provider for a higher limit, or resume the run later',
  'provider-error': "look at the provider's status page and resume the run later",
  unreachable: 'check the address, the network and, for a local server, that it runs; then resume the run',
  'timed-out': 'allow a longer attempt, fewer output tokens, or fewer calls at once on a local server',
  'half-response': 'resume the run later; if it stays so, the server does not speak this API',
} as const;
