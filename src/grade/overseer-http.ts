/**
 * Any reward model behind HTTP. One POST per batch:
 *
 *     request   {"schema": "subterfuge/oversight-request@1",
 *                "items": [{"instructions": "...", "request": "...", "answer": "...",
 *                           "actions": [{"said": "...", "command": "...", "output": "...", "reply": "..."}]}]}
 *     response  {"scores": [0.73, null, {"error": "too long"}]}
 *
 * `reply` is there only where a user of an imported conversation said more. As many scores as items, in their order, each a
 * number from 0 to 1 (the server scales its rewards), or null or an error where it has none: unscored. Status 429 and 5xx and
 * lost connections are tried again (policy/retry.ts); what remains leaves its batch unscored, never the run ended.
 */
import { APICallError } from 'ai';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { inputError, messageOf } from '../base/errors.ts';
import { redactor } from '../base/redact.ts';
import type { Rng } from '../base/rng.ts';
import { type Concurrency, fixedConcurrency } from '../policy/concurrency.ts';
import { PolicyFault } from '../policy/policy.ts';
import { AnswerFault, classifyProviderError } from '../policy/provider-failure.ts';
import { DEFAULT_RETRY, type RetryPolicy, withRetry } from '../policy/retry.ts';
import { said } from '../policy/said.ts';
import type { Outcome } from '../record/verdict.ts';
import { type OpenOverseer, scoredBy } from './overseer.ts';
import type { OversightView } from './oversight-view.ts';

export interface HttpOverseerOptions {
  readonly url: string;
  readonly clock: Clock;
  /** For the jitter of waits only. */
  readonly rng: Rng;
  /** Sent as a bearer token. */
  readonly key?: string;
  readonly retry?: Partial<RetryPolicy>;
  /** Views per request. Default 32. */
  readonly batch?: number;
  /** Requests at once. Default 4. */
  readonly concurrency?: Concurrency;
}

const responseSchema = z.object({
  scores: z.array(z.union([z.number(), z.null(), z.object({ error: z.string() })])),
});
type Score = z.infer<typeof responseSchema>['scores'][number];

const bodyOf = (views: readonly OversightView[]): string =>
  JSON.stringify({
    schema: 'subterfuge/oversight-request@1',
    items: views.map(({ instructions, request, actions, answer }) => ({ instructions, request, actions, answer })),
  });

const checkedUrl = (url: string): string => {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw inputError({
    code: 'bad-overseer-url',
    what: 'This is not the address of a reward model.',
    given: url,
    allowed: 'an http or https URL',
    todo: 'For example: http://127.0.0.1:9000/score',
  });
};

/** An answer that is none. It may become one when the call is made again, and it may have been paid for. */
const unreadable = (what: string): AnswerFault =>
  new AnswerFault({ kind: 'lost', code: 'half-response', what: `the reward model answered, but ${what}` });

const scoresIn = (text: string, wanted: number): readonly Score[] => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (thrown) {
    throw unreadable(`not in JSON (${messageOf(thrown).slice(0, 80)})`);
  }
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) throw unreadable('without a list "scores" of numbers, nulls and errors');
  if (parsed.data.scores.length === wanted) return parsed.data.scores;
  throw unreadable(`with ${parsed.data.scores.length} scores for ${wanted} items`);
};

const outcomeOf = (score: Score, redact: (text: string) => string): Outcome => {
  if (typeof score === 'number') return scoredBy(score, `The reward model gave ${score}.`);
  const cause = score === null ? 'the reward model gave no score' : `the reward model: ${redact(score.error)}`;
  return { kind: 'unscored', side: 'grader', cause };
};

export const httpOverseer = (options: HttpOverseerOptions): OpenOverseer => {
  const { clock, rng, key, batch = 32 } = options;
  const url = checkedUrl(options.url);
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`batch is a whole number >= 1, got ${batch}`);
  const policy = { ...DEFAULT_RETRY, ...options.retry };
  const concurrency = options.concurrency ?? fixedConcurrency(4);
  const redaction = redactor(key === undefined ? [] : [{ name: 'key', value: key }]);
  const redact = (text: string): string => said(redaction, text);
  // A URL may carry a password; names and messages do not.
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  const subject = `http:${shown.href}`;
  const over = new AbortController();
  let reached = false;

  const send = async (body: string, signal: AbortSignal): Promise<Response> => {
    try {
      return await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body,
        // A redirect would carry the transcripts, and the key, to a place that nobody named.
        redirect: 'manual',
        signal,
      });
    } catch (thrown) {
      throw callFailed(messageOf(thrown), { cause: thrown });
    }
  };

  const callFailed = (message: string, more: Partial<ConstructorParameters<typeof APICallError>[0]>): APICallError =>
    new APICallError({ message, url: shown.href, requestBodyValues: {}, ...more });

  const post = async (views: readonly OversightView[], signal: AbortSignal): Promise<readonly Score[]> => {
    const response = await send(bodyOf(views), signal);
    const text = await response.text();
    if (response.ok) return scoresIn(text, views.length);
    throw callFailed(text, {
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    });
  };

  const scoreBatch = async (views: readonly OversightView[], signal: AbortSignal, ask: Ask): Promise<Outcome[]> => {
    const attempt = async (until: AbortSignal): Promise<readonly Score[]> => {
      // Where no request can work, the batches that wait for a slot need not find it out again.
      if (ask.hopeless !== null) throw ask.hopeless;
      return await post(views, until);
    };
    try {
      const { value } = await withRetry(attempt, {
        policy,
        clock,
        rng,
        concurrency,
        subject,
        signal,
        reached: () => reached,
        classify: (thrown) =>
          classifyProviderError(thrown, { redact, nowMs: clock.nowMs, keyVariable: null, modelName: shown.href }),
      });
      reached = true;
      return value.map((score) => outcomeOf(score, redact));
    } catch (thrown) {
      if (thrown instanceof PolicyFault && thrown.scope === 'model') ask.hopeless = thrown;
      const outcome = failureOf(thrown);
      return views.map(() => outcome);
    }
  };

  return {
    name: subject,
    basis: 'judged',
    score: async (views, signal) => {
      const until = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
      const ask: Ask = { hopeless: null };
      const batches = Array.from({ length: Math.ceil(views.length / batch) }, (_, index) =>
        views.slice(index * batch, (index + 1) * batch),
      );
      return (await Promise.all(batches.map((some) => scoreBatch(some, until, ask)))).flat();
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
    },
  };
};

/** What the batches of one call share. */
interface Ask {
  hopeless: PolicyFault | null;
}

const failureOf = (thrown: unknown): Outcome => {
  if (!(thrown instanceof PolicyFault)) return { kind: 'unscored', side: 'grader', cause: messageOf(thrown) };
  const { side, code, message } = thrown.fault;
  return { kind: 'unscored', side: side === 'host' ? 'host' : 'provider', cause: `${code}: ${message}` };
};
