/**
 * A grader behind HTTP. One POST for each batch:
 *
 *     request   {"schema": "subterfuge/grade-request@1",
 *                "items": [{"id": "0", "input": ..., "answer": ..., "reference": ..., "opponent": ..., "items": ..., "options": ..., "fields": {...}}]}
 *     response  {"scores": [0.73, {"score": 0.2, "reason": "..."}, null, {"error": "too long"}]}
 *
 * As many scores as items, in their order. Status 429, 502, 503, 504 and lost connections are tried again (policy/retry.ts); any other status is a
 * fault of the call, which a batch is cut down to find. A key from SUBTERFUGE_GRADER_KEY is sent as bearer.
 */
import { z } from 'zod';
import { inputError } from '../../../base/errors.ts';
import { sha256 } from '../../../base/json.ts';
import { redactor } from '../../../base/redact.ts';
import { type Concurrency, fixedConcurrency } from '../../../policy/concurrency.ts';
import type { RetryPolicy } from '../../../policy/retry.ts';
import type { Graded, ScoreScale } from '../../../record/audit.ts';
import type { ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import type { Subject, SubjectOptions } from '../../subject.ts';
import { openPatience } from '../patience.ts';
import { faulty } from './faulty.ts';
import { capabilitiesOfForm, formOfTask } from './form.ts';
import { httpExchange } from './http-exchange.ts';
import { type Attempted, isolate } from './isolate.ts';
import { parseLooseJson } from './loose-json.ts';
import { gradeForm, scaleOfForm } from './pairwise.ts';
import { gradedFromReply } from './reply.ts';
import { type WireCall, wireCall } from './wire-call.ts';

export const GRADER_KEY_VARIABLE = 'SUBTERFUGE_GRADER_KEY';
const BATCH = 32;
const REQUESTS_AT_ONCE = 4;

/** What tests change. */
export interface HttpOptions {
  readonly retry?: Partial<RetryPolicy>;
  readonly concurrency?: Concurrency;
}

export const openHttp = async (
  spec: string,
  options: SubjectOptions,
  examples: ExampleSet,
  sources: SubjectSources,
  { retry = {}, concurrency = fixedConcurrency(REQUESTS_AT_ONCE) }: HttpOptions = {},
): Promise<Subject> => {
  const shownUrl = withoutSecrets(spec);
  const key = sources.keys[GRADER_KEY_VARIABLE];
  const { clock, dice } = sources;
  const patience = openPatience(options.timeoutMs);
  const form = options.form ?? formOfTask(examples.task);
  const scale = scaleOfForm(form, options.scale);
  const closed = new AbortController();
  const exchange = httpExchange({
    ...{ url: spec, shownUrl, key, patience, retry, clock, dice, slots: concurrency },
    redaction: redactor(key === undefined ? [] : [{ name: 'key', value: key }]),
  });

  const ask = async (items: readonly WireCall[], signal: AbortSignal): Promise<readonly Graded[]> => {
    // Where no request can work, the batches that wait for a slot need not find it out again.
    let hopeless: Graded | null = null;
    const attempt = async (some: readonly WireCall[]): Promise<Attempted> => {
      if (hopeless !== null) return allFailed(some, hopeless);
      const body = JSON.stringify({
        schema: 'subterfuge/grade-request@1',
        items: some.map((item, index) => ({ id: String(index), ...item })),
      });
      const exchanged = await exchange.post(body, signal);
      if (exchanged.kind === 'answered') return readScores(exchanged.text, some.length, scale);
      const { failure, slow } = exchanged;
      if (!exchanged.hopeless) return { replies: some.map(() => null), failure, slow };
      hopeless = failure;
      return allFailed(some, failure);
    };
    const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
      items.slice(index * BATCH, (index + 1) * BATCH),
    );
    return (await Promise.all(batches.map((batch) => isolate(batch, attempt, patience)))).flat();
  };

  return {
    record: { spec: shownUrl, kind: 'http', form, version: sha256(shownUrl), scale },
    capabilities: capabilitiesOfForm(form, BATCH * REQUESTS_AT_ONCE),
    grade: async (calls, signal) => {
      const until = signal === undefined ? closed.signal : AbortSignal.any([signal, closed.signal]);
      until.throwIfAborted();
      return await gradeForm(form, calls, scale, wireCall, (questions) => ask(questions, until));
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort(new Error('the grader was closed'));
    },
  };
};

/** A URL may carry a password and a token; records and messages do not. */
const withoutSecrets = (spec: string): string => {
  if (!URL.canParse(spec)) {
    throw inputError({
      code: 'unreadable-grader',
      what: 'This is not the address of a grader.',
      given: spec,
      allowed: 'an http or https URL',
      todo: 'For example: http://127.0.0.1:9000/score',
    });
  }
  const url = new URL(spec);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
};

const allFailed = (some: readonly unknown[], failure: Graded): Attempted => ({
  replies: some.map(() => failure),
  failure,
  slow: false,
});

const responseSchema = z.object({ scores: z.array(z.unknown()) });

const readScores = (text: string, wanted: number, scale: ScoreScale): Attempted => {
  const unusable = (what: string): Attempted => ({
    replies: Array.from({ length: wanted }, () => null),
    failure: faulty('malformed', `it answered ${what}: ${text.slice(0, 100)}`),
    slow: false,
  });
  let body: unknown;
  try {
    body = parseLooseJson(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return unusable('no JSON');
    throw thrown;
  }
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) return unusable('without a list "scores"');
  const { scores } = parsed.data;
  if (scores.length !== wanted) return unusable(`with ${scores.length} scores for ${wanted} items`);
  const failure = faulty('no-score', 'there was no score');
  return { replies: scores.map((score) => gradedFromReply(score, scale)), failure, slow: false };
};
