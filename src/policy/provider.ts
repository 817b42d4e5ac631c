import { generateText, type JSONValue, jsonSchema, type ToolSet } from 'ai';
import type { Clock } from '../base/clock.ts';
import { inputError } from '../base/errors.ts';
import { canonicalJson, type Json } from '../base/json.ts';
import { redactor } from '../base/redact.ts';
import type { Rng } from '../base/rng.ts';
import type { DialectName } from '../record/rollout.ts';
import { type Concurrency, fixedConcurrency } from './concurrency.ts';
import { abortedFault, disposedFault } from './fault.ts';
import { type Completion, type CompletionRequest, type Model, NO_USAGE } from './policy.ts';
import { lostCallUsd, type Prices, priceOf } from './price.ts';
import { toCompletion } from './provider-answer.ts';
import { type Client, clientFor } from './provider-client.ts';
import { classifyProviderError } from './provider-failure.ts';
import { toModelMessages } from './provider-messages.ts';
import { parseProviderSpec } from './provider-spec.ts';
import { DEFAULT_RETRY, type RetryPolicy, withRetry } from './retry.ts';
import { said } from './said.ts';

export interface ProviderOptions {
  /** Where keys are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** For the jitter of waits only. */
  readonly rng: Rng;
  readonly retry?: Partial<RetryPolicy>;
  /** Shared by all completions of this model. Default: 8 at once. */
  readonly concurrency?: Concurrency;
  /** Without a price, cost is null. */
  readonly prices?: Prices;
  /** Each different warning once, e.g. a setting that the provider ignores. Never holds a secret. */
  readonly onWarning?: (warning: string) => void;
  /** Ask for token ids and log-probabilities (vLLM, llama-server). Default false. */
  readonly tokens?: boolean;
  /** Passed to the provider as they are, e.g. `{ thinking: { type: 'enabled', budgetTokens: 4000 } }` for Anthropic. */
  readonly settings?: Readonly<Record<string, Json>>;
}

const DIALECTS: readonly DialectName[] = ['tags', 'native'];

const BASH: ToolSet = {
  bash: {
    description: 'Runs a command in a bash shell and returns its output.',
    inputSchema: jsonSchema<{ command: string }>({
      type: 'object',
      properties: { command: { type: 'string', description: 'The command.' } },
      required: ['command'],
      additionalProperties: false,
    }),
  },
};

const checkedRetry = (given: Partial<RetryPolicy> | undefined): RetryPolicy => {
  const policy = { ...DEFAULT_RETRY, ...given };
  if (policy.attemptTimeoutMs > 0 && policy.attemptTimeoutMs <= 300_000) return policy;
  throw inputError({
    code: 'bad-attempt-timeout',
    what: 'the timeout of an attempt is out of range',
    given: `${policy.attemptTimeoutMs} ms`,
    allowed: 'more than 0 and at most 300000 ms: Node gives up a silent connection then by itself',
    todo: 'choose a timeout in the range, or ask for fewer output tokens',
  });
};

const isOpenHttp = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(hostname);
};

/**
 * A provider's model over the AI SDK, with our own retries (retry.ts). Throws `inputError` for a spec or key that
 * cannot work; everything later is a `PolicyFault`. Stop sequences hold even where a server ignores them.
 */
export const providerModel = (spec: string, options: ProviderOptions): Model => {
  const parsed = parseProviderSpec(spec, options.env);
  const policy = checkedRetry(options.retry);
  const concurrency = options.concurrency ?? fixedConcurrency(8);
  let reached = false;
  let tookTemperature = false;
  const price = priceOf(options.prices, spec, parsed.name);
  const redaction = redactor(parsed.key === null ? [] : [{ name: 'key', value: parsed.key }]);
  const redact = (text: string): string => said(redaction, text);
  const subject = `${spec} at ${parsed.url}`;
  const clients: Record<DialectName, Client> = { tags: clientFor(parsed, 'tags'), native: clientFor(parsed, 'native') };
  const over = new AbortController();
  const warned = new Set<string>();
  const warn = (text: string): void => {
    const safe = redact(text);
    if (warned.has(safe)) return;
    warned.add(safe);
    options.onWarning?.(`${spec}: ${safe}`);
  };
  if (parsed.key !== null && isOpenHttp(parsed.url)) warn('the key is sent over plain http');
  // The SDK would print them; they are handed on below instead.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

  const settingsFor = (optionsName: string): Record<string, Record<string, JSONValue>> => ({
    [optionsName]: {
      ...(parsed.provider === 'openai' ? { store: false } : {}),
      ...(options.tokens === true ? { logprobs: true, return_token_ids: true } : {}),
      ...(options.settings as Record<string, JSONValue> | undefined),
    },
  });

  const complete = async (request: CompletionRequest, signal: AbortSignal): Promise<Completion> => {
    const { model, optionsName } = clients[request.dialect];
    const messages = toModelMessages(request, subject);
    const promptBytes = Buffer.byteLength(canonicalJson(messages));
    const temperature = parsed.sendsTemperature ? request.temperature : null;
    const lostUsd = lostCallUsd(price, promptBytes, request.maxOutputTokens);
    const attempt = async (abortSignal: AbortSignal) => {
      const answer = await generateText({
        model,
        messages,
        allowSystemInMessages: true,
        maxRetries: 0,
        abortSignal,
        maxOutputTokens: request.maxOutputTokens,
        seed: request.seed,
        // A model that refuses one gives a `refused-temperature`: nothing is dropped unasked.
        ...(temperature === null ? {} : { temperature }),
        ...(request.stop.length === 0 ? {} : { stopSequences: [...request.stop] }),
        ...(request.dialect === 'native' && request.offersBash ? { tools: BASH } : {}),
        providerOptions: settingsFor(optionsName),
        include: { responseBody: true },
      });
      for (const warning of answer.warnings ?? []) warn(canonicalJson(warning));
      // Here, so that an answer that is none counts as a failed attempt.
      toCompletion(answer, request, price, 0);
      return answer;
    };
    const { value, lost } = await withRetry(attempt, {
      policy,
      reached: () => reached,
      clock: options.clock,
      rng: options.rng,
      concurrency,
      subject,
      signal,
      lostCost: { ...NO_USAGE, usd: lostUsd },
      classify: (thrown) =>
        classifyProviderError(thrown, {
          redact,
          nowMs: options.clock.nowMs,
          keyVariable: parsed.keyVariable,
          modelName: parsed.name,
          ...(temperature === null || tookTemperature ? {} : { mayRefuseTemperature: { spec } }),
        }),
    });
    reached = true;
    if (temperature !== null) tookTemperature = true;
    if (lost > 0) warn('a call that ended without an answer may have been paid for, and was made again');
    if (value.usage.outputTokens === undefined) warn('the provider does not count tokens: usage is 0 and cost unknown');
    return toCompletion(value, request, price, lost === 0 ? 0 : lostUsd === null ? null : lostUsd * lost);
  };

  return {
    spec,
    version: parsed.name,
    dialects: DIALECTS,
    maxConcurrency: concurrency.max,
    hasOwnTemperature: true,
    ...(parsed.sendsTemperature ? {} : { sendsNoTemperature: true }),
    policyFor: () => ({
      complete: async (request, signal) => {
        if (over.signal.aborted) throw disposedFault(subject);
        if (signal?.aborted === true) throw abortedFault(subject);
        return await complete(request, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]));
      },
    }),
    [Symbol.asyncDispose]: async () => {
      over.abort();
    },
  };
};
