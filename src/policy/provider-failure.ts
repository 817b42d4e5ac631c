import { AISDKError, APICallError } from 'ai';
import { messageOf } from '../base/errors.ts';
import { NO_TEMPERATURE } from './provider-spec.ts';
import type { Failure } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';

/** Thrown inside an attempt for an answer that came with status 200 and is none. */
export class AnswerFault extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.what);
    this.name = 'AnswerFault';
    this.failure = failure;
  }
}

export interface ClassifyOptions {
  readonly redact: (text: string) => string;
  readonly nowMs: () => number;
  /** Null where the provider needs no key. */
  readonly keyVariable: string | null;
  readonly modelName: string;
  /** The model of a call with a temperature, where none with one was answered before. Absent: nothing is taken for a refusal of it. */
  readonly mayRefuseTemperature?: { readonly spec: string };
}

const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
]);
const OURS_IS_OVER = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const BAD_ADDRESS = /\bbad port\b|unknown scheme|Failed to parse URL/;
const TLS = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const FLAGGED = /moderation|flagged|content[_ ]?(filter|policy|management)/i;
const FULL =
  /context[ _](length|window)|maximum context|prompt is too long|too many (input )?tokens|exceeds? .*context/i;

/** The first system error code along the chain of causes. */
const codeOf = (thrown: unknown, depth = 0): string | null => {
  if (depth > 5 || typeof thrown !== 'object' || thrown === null) return null;
  const { code, cause, errors } = thrown as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  const inner = codeOf(cause, depth + 1);
  return inner ?? (Array.isArray(errors) ? codeOf(errors[0], depth + 1) : null);
};

const transport = (thrown: unknown, redact: (text: string) => string): Failure => {
  const code = codeOf(thrown);
  if (code !== null && TLS.test(code)) {
    return {
      kind: 'final',
      code: 'unreachable',
      side: 'provider',
      scope: 'model',
      what: `the server's certificate was refused (${code})`,
      allowed: 'a certificate that Node trusts',
      todo: 'check the address, or give Node the issuer in NODE_EXTRA_CA_CERTS',
    };
  }
  if (BAD_ADDRESS.test(messageOf(thrown instanceof Error ? (thrown.cause ?? thrown) : thrown))) {
    return {
      kind: 'final',
      code: 'unreachable',
      side: 'provider',
      scope: 'model',
      what: 'Node refuses to connect to this address',
      allowed: 'http or https, and a port that the fetch standard does not block',
      todo: 'correct the address',
    };
  }
  if (code !== null && NOT_SENT.has(code))
    return { kind: 'unreachable', what: `the server cannot be reached (${code})` };
  if (code !== null && OURS_IS_OVER.has(code))
    return { kind: 'lost', code: 'timed-out', what: `no whole answer (${code})` };
  const what = code ?? redact(messageOf(thrown));
  return { kind: 'lost', code: 'half-response', what: `the connection broke before the answer was whole (${what})` };
};

const ofStatus = (
  status: number,
  said: string,
  body: string,
  wait: number | null,
  options: ClassifyOptions,
): Failure => {
  const final = { kind: 'final', side: 'provider' } as const;
  const answer = `the provider answered ${status}: ${said === '' ? '(nothing)' : said}`;
  if ((status === 400 || status === 403) && FLAGGED.test(body)) {
    const todo = 'nothing, where this is what the model is tested for; else word the task differently';
    return { ...final, code: 'content-filter', side: 'policy', scope: 'request', what: answer, todo };
  }
  if (status === 401 || status === 403) {
    const todo = `check ${options.keyVariable ?? 'the server'} and what its key may use`;
    return { ...final, code: 'bad-key', scope: 'model', what: answer, allowed: 'a key that may use this model', todo };
  }
  if (status === 402 || /insufficient_quota|credit balance is too low/.test(body)) {
    const todo = 'add credit with the provider, then resume the run';
    return { ...final, code: 'no-credit', scope: 'model', what: answer, allowed: 'an account with credit', todo };
  }
  if (status === 404) {
    const todo = `check the name "${options.modelName}" and the address; the provider lists its models`;
    return {
      ...final,
      code: 'unknown-model',
      scope: 'model',
      what: answer,
      allowed: 'a model that this server has',
      todo,
    };
  }
  if (status === 429) return { kind: 'rate-limited', what: answer, retryAfterMs: wait };
  if (GAVE_UP_WAITING.has(status)) return { kind: 'lost', code: 'timed-out', what: answer };
  if (status >= 500 || status === 409 || status === 425) {
    return { kind: 'provider-error', what: answer, retryAfterMs: wait };
  }
  if (status === 413 || FULL.test(body)) {
    const todo = 'give the episode a smaller limit of turns or bytes, or take a model that reads more';
    return { ...final, code: 'context-full', side: 'policy', scope: 'request', what: answer, todo };
  }
  // Once one was taken, a refusal that speaks of temperature quotes a transcript, or is of one server among several.
  if (options.mayRefuseTemperature !== undefined && /temperature/i.test(body)) {
    const { spec } = options.mayRefuseTemperature;
    const todo = `send none: begin again with --temperature none. Of a judge, proposer or overseer: name it ${NO_TEMPERATURE}${spec}`;
    const allowed = 'what this model accepts, or none';
    return { ...final, code: 'refused-temperature', scope: 'model', what: answer, allowed, todo };
  }
  const todo = 'look at what the provider says above; options of the model or of the dialect do not suit it';
  return { ...final, code: 'bad-request', scope: 'request', what: answer, allowed: 'what this model accepts', todo };
};

/** A gateway that gave up waiting: the model behind it may have finished, and billed. */
const GAVE_UP_WAITING: ReadonlySet<number> = new Set([408, 502, 504, 522, 524]);

/** An error object inside a 200, as gateways send them: its own status if it names one. */
const errorIn = (body: string): { readonly status: number | null; readonly text: string } | null => {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : null;
    if (error === null || error === undefined) return null;
    if (typeof error !== 'object') return { status: null, text: String(error) };
    const { code, status, message } = error as { code?: unknown; status?: unknown; message?: unknown };
    const number = [code, status].map(Number).find((n) => Number.isInteger(n) && n >= 400 && n < 600);
    return { status: number ?? null, text: typeof message === 'string' ? message : JSON.stringify(error) };
  } catch {
    // Not JSON: half a response, which the caller reports.
    return null;
  }
};

const ofCall = (error: APICallError, options: ClassifyOptions): Failure => {
  const status = error.statusCode;
  if (status === undefined) return transport(error, options.redact);
  const body = error.responseBody ?? '';
  const wait = retryAfterMs(error.responseHeaders, options.nowMs());
  if (status >= 400) return ofStatus(status, options.redact(error.message), body, wait, options);
  const inside = errorIn(body);
  if (inside === null) {
    return {
      kind: 'lost',
      code: 'half-response',
      what: `status ${status}, and ${body.length} characters that are no answer`,
    };
  }
  const text = options.redact(inside.text);
  if (inside.status !== null) return ofStatus(inside.status, text, body, wait, options);
  return { kind: 'provider-error', what: `status ${status} with an error inside: ${text}`, retryAfterMs: wait };
};

/** What an error of one attempt over the AI SDK means. Total: an error that nobody expects is a defect of ours. */
export const classifyProviderError = (thrown: unknown, options: ClassifyOptions): Failure => {
  if (thrown instanceof AnswerFault) return thrown.failure;
  if (APICallError.isInstance(thrown)) return ofCall(thrown, options);
  if (codeOf(thrown) !== null) return transport(thrown, options.redact);
  const what = options.redact(messageOf(thrown));
  if (AISDKError.isInstance(thrown)) {
    if (/InvalidPrompt|InvalidArgument|UnsupportedFunctionality|LoadAPIKey|LoadSetting/.test(thrown.name)) {
      const todo = 'use the other dialect, or another model';
      return {
        kind: 'final',
        code: 'bad-request',
        side: 'host',
        scope: 'request',
        what: `it cannot be asked: ${what}`,
        todo,
      };
    }
    return { kind: 'lost', code: 'half-response', what: `the answer could not be read: ${what}` };
  }
  const todo = 'report it: this is a defect';
  return { kind: 'final', code: 'host-error', side: 'host', scope: 'request', what: `unexpected: ${what}`, todo };
};
