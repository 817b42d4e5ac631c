import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/clock.ts';
import { rng } from '../base/rng.ts';
import { adaptiveConcurrency } from './concurrency.ts';
import { PolicyFault } from './policy.ts';
import { DEFAULT_RETRY, type Failure, type RetryOptions, withRetry } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';

class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

const busy = (waitMs: number | null = null): Failure => ({ kind: 'rate-limited', what: '429', retryAfterMs: waitMs });
const broken: Failure = { kind: 'provider-error', what: '500', retryAfterMs: null };
const lost: Failure = { kind: 'lost', code: 'half-response', what: 'cut off' };
const away: Failure = { kind: 'unreachable', what: 'ECONNREFUSED' };

/** All that can go on without time passing has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs a script of failures, then succeeds; moves the clock until it has ended. Returns when each attempt began. */
const run = async (script: readonly (Failure | 'hang')[], change: Partial<RetryOptions> = {}, endless = false) => {
  const clock = manualClock();
  const began: number[] = [];
  const signals: AbortSignal[] = [];
  let ended = false;
  const work = withRetry(
    async (signal) => {
      const failure = script[began.length] ?? (endless ? script.at(-1) : undefined);
      began.push(clock.nowMs());
      signals.push(signal);
      if (failure === 'hang') return await new Promise<string>(() => undefined);
      if (failure !== undefined) throw new Failed(failure);
      return 'answer';
    },
    {
      policy: DEFAULT_RETRY,
      clock,
      rng: rng('retry'),
      classify: (thrown) => (thrown as Failed).failure,
      subject: 'openai:x at https://example.org',
      lostCost: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: 0.5 },
      ...change,
    },
  ).then(
    (value) => ({ value, fault: null }),
    (thrown: unknown) => ({ value: null, fault: thrown }),
  );
  void work.finally(() => {
    ended = true;
  });
  for (let i = 0; i < 40_000; i++) {
    await settled();
    if (ended) break;
    await clock.advance(100);
  }
  const { value, fault } = await work;
  return { value, fault, began, signals, endMs: clock.nowMs() };
};

const faultOf = (fault: unknown): PolicyFault => {
  if (!(fault instanceof PolicyFault)) throw new Error('expected a PolicyFault', { cause: fault });
  return fault;
};

describe('withRetry', () => {
  test('a success is not tried again', async () => {
    const { value, began } = await run([]);
    expect(value).toEqual({ value: 'answer', attempts: 1, lost: 0 });
    expect(began).toEqual([0]);
  });

  test('waits longer and longer, within half of its ceiling, and alike for one seed', async () => {
    const script = [broken, broken, broken, broken];
    const { began } = await run(script);
    const waits = began.slice(1).map((at, i) => at - (began[i] ?? 0));
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(1000 * 2 ** i);
    });
    expect((await run(script)).began).toEqual(began);
  });

  test('never comes back earlier than told, and only a little later', async () => {
    const { began } = await run([busy(20_000)]);
    expect(began[1]).toBeGreaterThanOrEqual(20_000);
    expect(began[1]).toBeLessThanOrEqual(25_000);
  });

  test('does not wait for what lies beyond the window', async () => {
    const { fault, began, endMs } = await run([busy(3_600_000)]);
    expect(faultOf(fault).fault).toMatchObject({ code: 'rate-limited', side: 'provider' });
    expect(began).toHaveLength(1);
    expect(endMs).toBeLessThan(1000);
  });

  test.each([
    ['rate-limited', busy(), 'request'],
    ['provider-error', broken, 'request'],
    ['unreachable', away, 'model'],
  ] as const)('%s until the window ends is a fault', async (code, failure, scope) => {
    const { fault, began } = await run([failure], {}, true);
    expect(faultOf(fault).fault.code).toBe(code);
    expect(faultOf(fault).scope).toBe(scope);
    expect(began.at(-1)).toBeLessThanOrEqual(DEFAULT_RETRY.windowMs);
    expect(began.length).toBeGreaterThan(8);
    expect(faultOf(fault).message).toMatch(/given: {3}openai:x at https:[\s\S]*allowed:[\s\S]*to do:/);
  });

  test('a call that may have been paid for is made again as often as allowed, and counted', async () => {
    expect((await run([lost])).value).toEqual({ value: 'answer', attempts: 2, lost: 1 });
    const { fault, began } = await run([lost], {}, true);
    expect(began).toHaveLength(2);
    expect(faultOf(fault)).toMatchObject({ fault: { code: 'half-response' }, spent: { usd: 1 } });
    const never = await run([lost], { policy: { ...DEFAULT_RETRY, lostRetries: 0 } }, true);
    expect(never.began).toHaveLength(1);
  });

  test('a hung attempt ends at its timeout, is told so, and no other ran beside it', async () => {
    const { value, began, signals } = await run(['hang']);
    expect(value).toMatchObject({ attempts: 2, lost: 1 });
    expect(began[1]).toBeGreaterThanOrEqual(DEFAULT_RETRY.attemptTimeoutMs);
    expect(signals[0]?.aborted).toBe(true);
    const { fault } = await run(['hang'], {}, true);
    expect(faultOf(fault).fault.code).toBe('timed-out');
  });

  test('what cannot work is not tried again', async () => {
    const failure: Failure = {
      kind: 'final',
      code: 'bad-key',
      side: 'provider',
      scope: 'model',
      what: '401',
      todo: 'x',
    };
    const { fault, began } = await run([failure]);
    expect(faultOf(fault)).toMatchObject({ scope: 'model', fault: { code: 'bad-key' } });
    expect(began).toHaveLength(1);
  });

  test('only a 429 cuts the concurrency', async () => {
    const clock = manualClock();
    const concurrency = adaptiveConcurrency({ clock, max: 10, start: 10 });
    const often = <F>(failure: F): F[] => Array.from({ length: 5 }, () => failure);
    await run([...often(broken), lost, ...often(away)], { concurrency });
    expect(concurrency.limit).toBe(10);
    await run([...often(busy()), ...often(busy())], { concurrency });
    expect(concurrency.limit).toBeLessThan(10);
  });

  test.each(['hang', 'wait'] as const)('the signal ends it at once (%s)', async (where) => {
    const clock = manualClock();
    const controller = new AbortController();
    const work = withRetry(
      async () => {
        if (where === 'hang') return await new Promise<string>(() => undefined);
        throw new Failed(busy(60_000));
      },
      {
        policy: DEFAULT_RETRY,
        clock,
        rng: rng('x'),
        classify: (thrown) => (thrown as Failed).failure,
        subject: 'x',
        signal: controller.signal,
      },
    );
    const ended = expect(work).rejects.toMatchObject({ fault: { code: 'aborted', side: 'host' } });
    await clock.advance(10);
    controller.abort();
    await ended;
    expect(clock.nowMs()).toBe(10);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '99999999999' }, 86_400_000],
    [{}, null],
    [undefined, null],
  ])('%j is %s', (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });
});
