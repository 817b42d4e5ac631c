import { messageOf, SubterfugeError } from '../../base/errors.ts';

/** What a host and its thread say to each other, whatever the work is. */

export type ToThread<Job> =
  | { readonly kind: 'ask'; readonly id: number; readonly job: Job }
  /** The host no longer waits for that answer. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** End what runs, close every session, leave. */
  | { readonly kind: 'close' };

export type FromThread<Value> =
  | { readonly id: number; readonly value: Value }
  | { readonly id: number; readonly failure: SentError };

/** An error as it travels: the fields of a SubterfugeError. */
export interface SentError {
  readonly exitCode: 2 | 3;
  readonly code: string;
  readonly what: string;
  readonly given: string | null;
  readonly allowed: string | null;
  readonly todo: string | null;
  /** Where it was thrown, if it was none of ours. */
  readonly stack: string | null;
}

export const sentError = (error: unknown): SentError => {
  if (error instanceof SubterfugeError) {
    const { exitCode, code, what, given, allowed, todo } = error;
    return { exitCode: exitCode === 2 ? 2 : 3, code, what, given, allowed, todo, stack: null };
  }
  return {
    exitCode: 3,
    code: 'engine-failed',
    what: 'A computation of the engine failed.',
    given: messageOf(error),
    allowed: null,
    todo: 'Go on from the last checkpoint; if it fails again, report it with this message.',
    stack: error instanceof Error ? (error.stack ?? null) : null,
  };
};

/** The error as it was before it travelled. */
export const receivedError = ({ exitCode, code, what, given, allowed, todo, stack }: SentError): Error =>
  new SubterfugeError(exitCode, {
    code,
    what,
    ...(given === null ? {} : { given }),
    ...(allowed === null ? {} : { allowed }),
    ...(todo === null ? {} : { todo }),
    ...(stack === null ? {} : { cause: stack }),
  });
