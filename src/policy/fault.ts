import { type ErrorFields, inputError } from '../base/errors.ts';
import type { Side } from '../record/fault.ts';
import type { Usage } from '../record/rollout.ts';
import { PolicyFault } from './policy.ts';

/**
 * Stable names of what can go wrong with a completion. Scope `model`: `bad-key`, `no-credit`, `unknown-model`,
 * `refused-temperature`, `unreachable`. Scope `request`: all others.
 */
export type PolicyFaultCode =
  | 'bad-key'
  | 'no-credit'
  | 'unknown-model'
  /** The model takes no temperature, or not this one. */
  | 'refused-temperature'
  | 'unreachable'
  | 'bad-request'
  /** The transcript is longer than the model can read: the guest can cause it, so the side is `policy`. */
  | 'context-full'
  /** The provider refuses to read this transcript: the side is `policy`, as for `context-full`. */
  | 'content-filter'
  | 'rate-limited'
  | 'provider-error'
  | 'timed-out'
  | 'half-response'
  /** The caller's signal. */
  | 'aborted'
  | 'disposed'
  | 'not-recorded'
  | 'diverged'
  /** A defect or a failure of this process. */
  | 'host-error';

export interface FaultFields extends ErrorFields {
  readonly code: PolicyFaultCode;
  readonly side: Side;
  readonly scope: 'request' | 'model';
  /** What the failed attempts may have cost. */
  readonly spent?: Usage;
}

/** A fault whose message has the four parts that every error has: what, given, allowed, to do. */
export const policyFault = (fields: FaultFields): PolicyFault => {
  const { side, scope, spent, ...error } = fields;
  const { message } = inputError(error);
  return new PolicyFault({ side, code: fields.code, message }, scope, fields.cause, spent);
};

export const abortedFault = (subject: string): PolicyFault =>
  policyFault({
    code: 'aborted',
    side: 'host',
    scope: 'request',
    what: 'the completion was called off by the caller',
    given: subject,
    todo: 'nothing: the run was stopped, or a limit of the episode was reached',
  });

/** A transcript that leaves no room: the guest can cause it, so the side is `policy`. `contextLength`: prompt and completion together. */
export const contextFault = (subject: string, length: number, contextLength: number, todo: string): PolicyFault =>
  policyFault({
    code: 'context-full',
    side: 'policy',
    scope: 'request',
    what: `the transcript has ${length} tokens and leaves no room for a completion`,
    given: subject,
    allowed: `fewer than ${contextLength} tokens (the context of the model)`,
    todo,
  });

export const disposedFault = (subject: string): PolicyFault =>
  policyFault({
    code: 'disposed',
    side: 'host',
    scope: 'model',
    what: 'a completion was asked of a model that was disposed',
    given: subject,
    todo: 'keep the model open until the last episode has ended',
  });
